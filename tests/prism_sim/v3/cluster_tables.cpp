#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/table.hpp"

namespace pf::sim::v3 {
namespace {

Table cluster_table(const Config& config, const World& w) {
    const auto aos = size_of(w.clusters);
    const Paging paging = config.v3.pages_clusters ? Paging::pages : Paging::no_window;
    return {{"clusters", "cluster", paging},
            config.prism_element ? aos : aos + 1,
            [&w, aos](std::uint32_t i) { return i == aos ? w.pc_id : w.clusters[i].id; },
            [&w, aos](std::uint32_t i) {
                return i == aos ? std::string_view("Unnamed") : w.clusters[i].name;
            },
            nullptr,
            [&w](JsonWriter& out, std::uint32_t i) { write_cluster(out, w, i); }};
}

Table host_table(const Config& config, const World& w, const VmRoster& roster) {
    const auto real = size_of(w.hosts);
    return {{"hosts", "host", Paging::everything},
            real + (config.v3.shows_pseudo_hosts ? 1U : 0U),
            [&w, real](std::uint32_t i) { return i == real ? pseudo_host_id(w) : w.hosts[i].id; },
            [&w, real](std::uint32_t i) {
                return i == real ? std::string_view() : std::string_view(w.hosts[i].name);
            },
            [&w, real](std::uint32_t i) { return i == real ? kNone : w.hosts[i].cluster; },
            [&w, &roster](JsonWriter& out, std::uint32_t i) { write_host(out, w, roster, i); }};
}

}  // namespace

std::vector<Table> make_cluster_tables(const Config& config, const World& world,
                                       const VmRoster& roster) {
    return {cluster_table(config, world), host_table(config, world, roster)};
}

}  // namespace pf::sim::v3
