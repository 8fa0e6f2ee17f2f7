// A thing that loses a part of itself: what CloudForet keeps of it afterwards is what a first
// collection of the changed thing gives. Tags aside, of which CloudForet never takes one away, and
// fields beside data that a row has or leaves unknown: there absent means unchanged.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/integration/cloudforet_site.hpp"
#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::cloudforet_sim::Collection;

namespace {

// One page of VMs, so that an entry's place in the list is all there is to know.
pf::sim::Config world() {
    pf::sim::Config config;
    config.vms = 95;
    config.esxi_vms = 12;
    return config;
}

// The first page of a kind's list as the host asks for it.
json first_page(pf::sim::SimFixture& prism, const KnownKind& kind) {
    const std::string order = kind.order_v4.empty() ? "" : "&$orderby=" + kind.order_v4;
    for (const char* version : {"v4.4", "v4.3", "v4.2", "v4.1", "v4.0", "v4.4.b1", "v4.3.b1"}) {
        const std::string target =
            "/api/" + kind.api + "/" + version + kind.list_v4 + "?$page=0&$limit=100" + order;
        const pf::sim::Response& answer = prism.ask(target);
        if (answer.status != 200) continue;
        return json::parse(answer.body.view()).value("data", json::array());
    }
    return json::array();
}

// Every member at any depth of an entry, in the fault's form.
void add_paths(const json& value, const std::string& at, std::vector<std::string>& paths) {
    const std::string before = at.empty() ? "" : at + ".";
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            if (key.starts_with("$")) continue;
            paths.push_back(before + key);
            add_paths(member, before + key, paths);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            add_paths(value[i], before + std::to_string(i), paths);
        }
    }
}

// Whether the resource's identity hangs on the member: without it there is no row.
bool identifies(const KnownKind& kind, const std::string& path) {
    const bool is_pair = kind.kind == "category" && (path == "key" || path == "value");
    // A recovery point of v4 holds one resource for each of its machines.
    const bool is_part = kind.kind == "recovery_point" && path.starts_with("vmRecoveryPoints") &&
                         (path.ends_with(".extId") || path.find('.') == std::string::npos);
    return is_pair || is_part || kind.id_v4 == path || kind.id_v4.starts_with(path + ".");
}

// Without the machine of a template nothing is known of it: what CloudForet has stays.
bool hides_the_rest(const KnownKind& kind, const std::string& path) {
    return kind.kind == "template" &&
           (path == "templateVersionSpec" || path == "templateVersionSpec.vmSpec");
}

// Faults that each take one member away: every path of every entry is lost by one of the entries
// that have it, each time by the one that has lost least so far.
std::vector<std::string> losses(const json& entries, const KnownKind& kind) {
    std::map<std::string, std::vector<std::size_t>> owners;
    for (std::size_t item = 0; item < entries.size(); ++item) {
        std::vector<std::string> paths;
        add_paths(entries[item], "", paths);
        for (const std::string& path : paths) {
            if (!identifies(kind, path) && !hides_the_rest(kind, path))
                owners[path].push_back(item);
        }
    }
    std::vector<std::size_t> losses_of(entries.size());
    std::vector<std::string> faults;
    // From the end: inner members come before the outer one that takes them along.
    for (auto each = owners.rbegin(); each != owners.rend(); ++each) {
        const auto& items = each->second;
        const std::size_t item = *std::min_element(
            items.begin(), items.end(),
            [&](std::size_t a, std::size_t b) { return losses_of[a] < losses_of[b]; });
        ++losses_of[item];
        faults.push_back("drop-field@0:path=" + kind.list_v4 + ":item=" + std::to_string(item) +
                         ":field=" + each->first);
    }
    return faults;
}

void collect_at_once(CloudForetSite& site, const json& options) {
    const Collection collection = site.collect(options, false);
    INFO(collection.report.describe());
    CHECK(site.job(collection).failed == 0);
}

std::map<std::string, json> what_can_go(CloudForetSite& site) {
    auto documents = documents_of(site.inventory());
    for (auto& [name, document] : documents) {
        for (const char* key : {"tags", "region_code", "instance_type", "instance_size"}) {
            document.erase(key);
        }
    }
    return documents;
}

// Collects, lets the faults happen and collects again; what is kept must be what a site that knows
// nothing but the faults has.
std::string stale_after(const std::vector<std::string>& faults, const json& options) {
    CloudForetSite site(world());
    collect_at_once(site, options);
    site.prism().set_faults(faults);
    site.wait(std::chrono::hours(2));
    collect_at_once(site, options);
    CloudForetSite fresh(world());
    fresh.prism().set_faults(faults);
    collect_at_once(fresh, options);
    return differences_of(what_can_go(fresh), what_can_go(site));
}

}  // namespace

TEST_CASE("whatever a thing of any kind loses is lost in CloudForet") {
    pf::sim::SimFixture prism(world());
    for (const KnownKind& kind : CloudForetSite(world()).kinds()) {
        if (kind.api.empty()) continue;
        const json entries = first_page(prism, kind);
        INFO(kind.kind << ": " << entries.size() << " entries");
        REQUIRE_FALSE(entries.empty());
        const std::vector<std::string> faults = losses(entries, kind);
        CHECK(faults.size() > 2);
        // Only this kind: names of others may be a minute old, by what the process remembers.
        CHECK(stale_after(faults, {{"kinds", {kind.kind}}}) == "");
    }
}
