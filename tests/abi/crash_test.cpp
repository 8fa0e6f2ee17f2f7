// A module that ends the whole process: the stream breaks and never ends OK, the process says who
// it was, and the next process works.
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/abi/stage.hpp"
#include "tests/acceptance/inventory_job.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/integration/program.hpp"

using namespace pf::test;
namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t vms = 300;

struct Installation {
    Installation() : prism({.vms = vms}) { install_module("vm", shipped(), modules); }

    // A configuration file that expects `enable`.
    std::string config(const std::vector<std::string>& enable) const {
        // JSON is YAML.
        const nlohmann::json text = {{"modules",
                                      {{"dir", modules.string()},
                                       {"enable", enable},
                                       {"state_dir", (root.path() / "state").string()}}}};
        const fs::path file = root.path() / "prismforet.yaml";
        write_bytes(file, text.dump());
        return file.string();
    }
    JobReport collect(const std::string& address, const std::string& kind) const {
        InventoryJob job;
        job.options_json = R"({"requests_per_second": 0,
            "exclude_kinds": ["esxi_vm", "image", "recovery_point", "template"]})";
        job.secret_data_json = secret_for(prism.port(), prism.ca_pem());
        if (!kind.empty()) {
            job.task_options_json = nlohmann::json{
                {"target", "127.0.0.1:" + std::to_string(prism.port())},
                {"kind", kind}}.dump();
        }
        return run_inventory_job(*ReflectionClient::connect(address), job);
    }

    TestDirectory root;
    fs::path modules = root.path() / "modules";
    pf::sim::Simulator prism;
};

struct Death {
    std::string module;
    std::string report;  // on standard error
};

const std::vector<Death>& deaths() {
    static const std::vector<Death> all = {
        {"raises", "crashed in module raises (signal 11, SIGSEGV) during collect; "},
        {"faults", "crashed in module faults (signal 11, SIGSEGV) during collect; "},
        {"overflows", "crashed in module overflows (signal 11, SIGSEGV) during collect; "},
        {"aborts", "crashed in module aborts (signal 6, SIGABRT) during collect; "},
        {"throws_noexcept", "crashed in module throws_noexcept (signal 6, SIGABRT) during "},
        {"exits", "module exits ended the process by exit() during collect; "},
    };
    return all;
}

}  // namespace

TEST_CASE("a module that ends the process never ends its stream OK, and is named") {
    for (const Death& death : deaths()) {
        INFO(death.module);
        Installation place;
        install_module(death.module, running_badly(), place.modules);
        const std::string config = place.config({});
        ServeProcess serve(config);
        const JobReport report = place.collect(serve.address(), death.module);
        REQUIRE(report.tasks.size() == 1);
        INFO(report.tasks[0].status.describe());
        CHECK(report.tasks[0].status.code_name() == "UNAVAILABLE");
        const Ended end = serve.wait();
        INFO(end.err);
        CHECK((end.signal != 0 || end.exit_code > 0));
        CHECK_THAT(end.err, Catch::Contains("prismforet: " + death.report));
        CHECK_THAT(end.err, Catch::Contains("start again without the module (modules.enable)"));
    }
}

TEST_CASE("after a crash the next process works, and what is missing does not look deleted") {
    Installation place;
    install_module("faults", running_badly(), place.modules);
    {
        ServeProcess serve(place.config({"vm", "faults"}));
        const JobReport report = place.collect(serve.address(), "");
        CHECK_FALSE(report.calls_ok());
        (void)serve.wait();
    }
    fs::remove(place.modules / "faults.so");
    fs::remove(place.modules / "faults.module.json");
    ServeProcess serve(place.config({"vm", "faults"}));
    const JobReport whole = place.collect(serve.address(), "");
    INFO(whole.describe());
    CHECK(whole.calls_ok());
    CHECK(whole.get_tasks.status.ok());
    CHECK(describe(whole.rows.finish()) == "");
    CHECK(whole.rows.unique_services() == vms);
    REQUIRE(whole.rows.failure_messages().size() == 1);
    CHECK_THAT(whole.rows.failure_messages()[0],
               Catch::StartsWith("ERROR_MODULE_UNAVAILABLE: ") &&
                   Catch::Contains("module faults is not in service"));
    serve.terminate();
    CHECK(serve.wait().exit_code == 0);
}
