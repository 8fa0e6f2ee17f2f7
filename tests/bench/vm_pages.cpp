#include "tests/bench/vm_pages.hpp"

#include <stdexcept>
#include <string_view>

#include "host/services/document.hpp"
#include "host/services/json_path.hpp"
#include "tests/prism_sim/simulation.hpp"

namespace pf::bench {
namespace {

using host::services::Document;
using host::services::reader;
using host::services::Table;
using host::services::text_at;

constexpr std::string_view credential = "Basic YWRtaW46bnV0YW5peC80dQ==";

struct LookupSource {
    const char* path;
    const char* id;
    std::vector<std::vector<std::string>> fields;
};

host::prism::Body ask(sim::Simulation& prism, const std::string& target) {
    sim::Request request;
    sim::set_target(request, target);
    request.authorization = credential;
    sim::Response response;
    prism.answer(request, response);
    if (response.status != 200) {
        throw std::runtime_error("the simulation answers " + target + " with " +
                                 std::to_string(response.status));
    }
    host::prism::Body body;
    body.resize(response.body.size());
    response.body.view().copy(body.data(), body.size());
    return body;
}

std::unique_ptr<Table> fill(sim::Simulation& prism, const LookupSource& source) {
    const host::prism::Body body =
        ask(prism, std::string("/api/") + source.path + "?%24page=0&%24limit=100");
    Document document;
    if (!document.parse_padded(body.text()).ok()) {
        throw std::runtime_error(std::string("no JSON at ") + source.path);
    }
    auto table = std::make_unique<Table>(source.fields.size());
    std::vector<std::string_view> values(source.fields.size());
    const pf_val items = reader().get(document.root(), host::services::to_pf("data"));
    for (pf_val item = reader().first(items); item.doc != 0; item = reader().next(items, item)) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = text_at(item, source.fields[i]);
        }
        table->add(text_at(item, {source.id}), values);
    }
    return table;
}

}  // namespace

VmPages make_vm_pages(std::uint32_t count) {
    sim::Config config;
    config.vms = count * 100;
    sim::Simulation prism(config);
    VmPages made;
    for (std::uint32_t page = 0; page < count; ++page) {
        made.pages.push_back(
            ask(prism, "/api/vmm/v4.3/ahv/config/vms?%24page=" + std::to_string(page) +
                           "&%24limit=100&%24orderby=extId"));
    }
    const std::vector<LookupSource> sources = {
        {"clustermgmt/v4.3/config/clusters", "extId", {{"name"}}},
        {"clustermgmt/v4.3/config/hosts", "extId", {{"hostName"}}},
        {"networking/v4.3/config/subnets",
         "extId",
         {{"name"}, {"ipPrefix"}, {"subnetType"}, {"networkId"}, {"vpcReference"}}},
        {"prism/v4.3/config/categories", "extId", {{"key"}, {"value"}}},
        {"clustermgmt/v4.3/config/storage-containers", "containerExtId", {{"name"}}},
    };
    for (const LookupSource& source : sources) {
        made.lookups.push_back(fill(prism, source));
    }
    made.lookups.push_back(std::make_unique<Table>(1));  // projects: a beta API, often not there
    made.lookups.push_back(std::make_unique<Table>(1));  // images: the simulator has none
    return made;
}

}  // namespace pf::bench
