// What is charged, from a collection to the shape ledger: every charged kind of the simulator has
// what it is charged by, and `collect` keeps the history that the configuration asks for.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "host/cost/shapes/row_shapes.hpp"
#include "host/state/shape_ledger.hpp"
#include "tests/integration/built_modules.hpp"
#include "tests/integration/local_run.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::sim::Simulator;
namespace cost = pf::host::cost;
namespace services = pf::host::services;
namespace state = pf::host::state;

namespace {

constexpr std::uint32_t vms = 60;

pf::sim::Config world() {
    pf::sim::Config config;
    config.vms = vms;
    config.clusters = 4;
    config.esxi_vms = 20;
    return config;
}

// A folder with a configuration of one target and a ledger.
class Installation {
  public:
    explicit Installation(const Simulator& prism)
        : folder_(std::filesystem::temp_directory_path() /
                  ("prismforet-history-" + std::to_string(prism.port()))) {
        std::filesystem::create_directory(folder_);
        write("ca.pem", prism.ca_pem());
        write("password", "nutanix/4u\n");
        std::filesystem::permissions(folder_ / "password", std::filesystem::perms::owner_read);
        write("prismforet.yaml",
              "modules: {dir: " + std::string(PF_MODULE_DIRECTORY) +
                  "}\ncost: {ledger: " + ledger() +
                  ", ledger_months: 12}\ntargets:\n  - name: pc\n    url: "
                  "https://127.0.0.1:" +
                  std::to_string(prism.port()) + "\n    auth: {username: admin, password_file: " +
                  file("password") + "}\n    tls: {ca_file: " + file("ca.pem") + "}\n");
    }
    ~Installation() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Installation(const Installation&) = delete;
    Installation& operator=(const Installation&) = delete;

    std::string ledger() const { return file("shapes.ledger"); }
    Ended collect(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"collect", "--config", file("prismforet.yaml")});
        return run_program(arguments);
    }
    // How many of each kind the ledger has at the end.
    std::map<std::string, std::size_t> counts() const {
        const auto extent = state::read_extent({.path = ledger()});
        REQUIRE(extent.status().text() == "OK");
        REQUIRE(extent->has_value());
        const std::int64_t end = (*extent)->to;
        auto shapes = state::read_segments({.path = ledger()}, {end, end + 1}, end + 1);
        REQUIRE(shapes.status().text() == "OK");
        std::map<std::string, std::size_t> counts;
        for (cost::Shape shape; *(*shapes)->next(shape);) {
            ++counts[shape.kind];
        }
        return counts;
    }

  private:
    std::string file(const char* name) const { return (folder_ / name).string(); }
    void write(const char* name, const std::string& text) const {
        std::ofstream out(file(name));
        out << text;
        REQUIRE(out.flush().good());
    }

    std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("each resource that is charged has what it is charged by, in either generation") {
    const Simulator prism(world());
    static BuiltModules modules;
    std::vector<std::shared_ptr<const services::Descriptor>> owned;
    std::vector<const services::Descriptor*> descriptors;
    for (const auto& entry : modules.modules().entries()) {
        REQUIRE(entry.descriptor != nullptr);
        owned.push_back(entry.descriptor);
        descriptors.push_back(entry.descriptor.get());
    }
    for (const char* api : {"v4", "v3"}) {
        CAPTURE(api);
        const LocalRun run = run_locally(
            modules.modules(), json{{"requests_per_second", 0}, {"api_version", api}}.dump(),
            secret_for(prism.port(), prism.ca_pem()));
        cost::RowShapes rows(descriptors);
        std::map<std::string, std::size_t> charged;
        for (const auto& [id, resource] : run.resources) {
            const json row{{"state", "SUCCESS"},
                           {"resource_type", "inventory.CloudService"},
                           {"resource", resource}};
            const auto shape = rows.read(row.dump());
            CAPTURE(id, resource.dump());
            REQUIRE(shape.status().text() == "OK");
            if (*shape) {
                ++charged[(*shape)->kind];
                const auto* missing = cost::missing_field(**shape);
                CHECK((missing == nullptr ? "" : std::string(missing->name)) == "");
                CHECK((*shape)->id == id);
                CHECK_FALSE((*shape)->account.empty());
                CHECK_FALSE((*shape)->product.empty());
            }
        }
        CHECK(charged["vm"] == vms);
        CHECK(charged["esxi_vm"] == 20);
        for (const auto& [kind, product] : rows.kinds()) {
            CAPTURE(kind);
            CHECK(charged[kind] > 0);
        }
    }
}

TEST_CASE("collect feeds the ledger, and only what shows everything ends anything") {
    const Simulator prism(world());
    const Installation here(prism);
    const Ended first = here.collect({"vm", "host", "image", "-o", "name"});
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    const auto counts = here.counts();
    CHECK(counts.size() == 2);
    CHECK(counts.at("vm") == vms);
    CHECK(counts.at("host") > 0);
    // Cut, narrowed and of another kind.
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"vm", "--limit", "1", "-o", "name"},
          {"vm", "--option", "power_state=OFF", "-o", "name"},
          {"floating_ip", "-o", "name"}}) {
        const Ended ended = here.collect(arguments);
        INFO(ended.err);
        CHECK(ended.exit_code == 0);
        auto now = here.counts();
        now.erase("floating_ip");
        CHECK(now == counts);
    }
}

TEST_CASE("a ledger that cannot be used is told before anything is collected") {
    const Simulator prism(world());
    const Installation here(prism);
    {
        std::ofstream out(here.ledger());
        out << std::string(8192, 'x');
    }
    const Ended ended = here.collect({"vm", "-o", "name"});
    CHECK(ended.exit_code != 0);
    CHECK(ended.out.empty());
    CHECK(ended.err.find("ERROR_LEDGER_CORRUPT") != std::string::npos);
    CHECK(ended.err.find(here.ledger()) != std::string::npos);
}
