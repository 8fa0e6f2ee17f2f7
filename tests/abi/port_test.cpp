// What happens to a module between get_tasks and collect, seen from the port: its task ends with a
// FAILURE row that names it, and the other tasks are whole.
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/abi/log_watch.hpp"
#include "tests/abi/stage.hpp"
#include "tests/acceptance/inventory_job.hpp"
#include "tests/integration/plugin.hpp"

using namespace pf::test;
namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t vms = 130;

struct Scene {
    Scene() : prism({.vms = vms}) {
        install_module("vm", shipped(), modules);
        config.modules = modules;
    }
    void install(const std::string& name) { install_module(name, running_badly(), modules); }
    InventoryJob job() const {
        InventoryJob job;
        job.options_json = R"({"requests_per_second": 0})";
        job.secret_data_json = secret_for(prism.port(), prism.ca_pem());
        return job;
    }
    // The task options get_tasks gives for `kind`.
    std::string task(const ReflectionClient& client, const std::string& kind) const {
        const nlohmann::json request = {
            {"options", nlohmann::json::parse(job().options_json)},
            {"secret_data", nlohmann::json::parse(job().secret_data_json)}};
        const CallReply reply = client.call("Job", "get_tasks", request.dump());
        REQUIRE(reply.status.ok());
        std::string found;
        const nlohmann::json tasks = nlohmann::json::parse(reply.json).at("tasks");
        for (const auto& each : tasks) {
            if (each.at("task_options").value("kind", "") == kind) {
                REQUIRE(found.empty());
                found = each.at("task_options").dump();
            }
        }
        REQUIRE_FALSE(found.empty());
        return found;
    }
    JobReport collect(const ReflectionClient& client, const std::string& task,
                      std::stop_token stop = {}) const {
        InventoryJob one = job();
        one.task_options_json = task;
        one.collect.stop = std::move(stop);
        return run_inventory_job(client, one);
    }
    void check_vms(const ReflectionClient& client, const std::string& vm_task) const {
        const JobReport report = collect(client, vm_task);
        INFO(report.describe());
        CHECK(report.describe() == "");
        CHECK(report.rows.unique_services() == vms);
    }

    TestDirectory root;
    fs::path modules = root.path() / "modules";
    pf::sim::Simulator prism;
    PluginConfig config;
};

void check_failure_row(const JobReport& report, const std::vector<std::string>& words) {
    INFO(report.describe());
    REQUIRE(report.tasks.size() == 1);
    CHECK(report.tasks[0].status.describe() == "OK");
    CHECK(describe(report.rows.finish()) == "");
    REQUIRE(report.rows.failure_messages().size() == 1);
    for (const std::string& word : words) {
        CHECK_THAT(report.rows.failure_messages()[0], Catch::Contains(word));
    }
}

struct Situation {
    std::string name;
    std::string module;
    std::function<void(Scene&)> change;
    std::vector<std::string> words;  // of the one FAILURE row
};

const std::vector<Situation>& situations() {
    static const auto remove = [](Scene& scene) {
        fs::remove(scene.modules / "list_left.so");
        fs::remove(scene.modules / "list_left.module.json");
    };
    static const std::vector<Situation> all = {
        {"removed, and nobody expects it",
         "list_left",
         remove,
         {"ERROR_MODULE_UNAVAILABLE", "no module of this process serves the kind list_left"}},
        {"removed, but enabled",
         "list_left",
         [](Scene& scene) {
             remove(scene);
             scene.config.enable = {"list_left", "vm"};
         },
         {"ERROR_MODULE_UNAVAILABLE: ", "module list_left is not in service",
          "there is no such module in ", "take it out of modules.enable"}},
        {"refused: its library is no library any more",
         "list_left",
         [](Scene& scene) { write_bytes(scene.modules / "list_left.so", "#!/bin/sh\n"); },
         {"ERROR_MODULE_UNAVAILABLE: ", "module list_left is not in service",
          "ERROR_MODULE_NOT_ELF"}},
        {"refused: it is another version's",
         "list_left",
         [](Scene& scene) {
             fs::copy_file(loading_badly() / "wrong_major.so", scene.modules / "list_left.so",
                           fs::copy_options::overwrite_existing);
         },
         {"module list_left is not in service", "ERROR_MODULE_ABI", "pf_module_entry_v7",
          "this host speaks ABI 0.9", "rebuild the module"}},
        {"its handler throws",
         "throws_number",
         [](Scene&) {},
         {"ERROR_MODULE_FAILED: ", "module throws_number failed", "let an exception out"}},
        {"its handler fails",
         "status_garbage",
         [](Scene&) {},
         {"ERROR_MODULE_FAILED: ", "module status_garbage failed with 4711"}},
        {"its handler leaves everything unsettled",
         "unsettled",
         [](Scene&) {},
         {"ERROR_MODULE_LOST: ", "module unsettled neither emitted", "(130 times)", "first: "}},
        {"its handler stops early",
         "list_left",
         [](Scene&) {},
         {"ERROR_MODULE_LIST_LEFT: ", "module list_left stopped reading vms"}},
    };
    return all;
}

}  // namespace

TEST_CASE("a module that fails between get_tasks and collect is named in a FAILURE row") {
    for (const Situation& situation : situations()) {
        INFO(situation.name);
        Scene scene;
        scene.install(situation.module);
        std::string task;
        std::string vm_task;
        {
            Plugin before(scene.config);
            const auto client = ReflectionClient::connect(before.address());
            task = scene.task(*client, situation.module);
            vm_task = scene.task(*client, "vm");
        }
        situation.change(scene);
        Plugin after(scene.config);
        const auto client = ReflectionClient::connect(after.address());
        check_failure_row(scene.collect(*client, task), situation.words);
        scene.check_vms(*client, vm_task);
    }
}

TEST_CASE("a handler that hangs is left behind, and the next collect says so") {
    LogWatch log;
    Scene scene;
    scene.install("never_returns");
    const fs::path release = scene.root.path() / "release";
    scene.config.configs["never_returns"] = nlohmann::json{{"release", release.string()}}.dump();
    {
        Plugin plugin(scene.config);
        const auto client = ReflectionClient::connect(plugin.address());
        const std::string task = scene.task(*client, "never_returns");
        const std::string vm_task = scene.task(*client, "vm");
        std::stop_source cancel;
        JobReport cut;
        std::jthread collect([&] { cut = scene.collect(*client, task, cancel.get_token()); });
        log.wait_for({"module=never_returns", "never ends"});
        scene.check_vms(*client, vm_task);
        cancel.request_stop();
        collect.join();
        REQUIRE(cut.tasks.size() == 1);
        CHECK_FALSE(cut.tasks[0].status.ok());

        log.wait_for({"event=module.hung", "module=never_returns"});
        for (int again = 0; again < 2; ++again) {
            check_failure_row(scene.collect(*client, task),
                              {"ERROR_MODULE_UNAVAILABLE: ", "module never_returns is not in",
                               "ERROR_MODULE_HUNG", "until the process is restarted"});
        }
        scene.check_vms(*client, vm_task);
        CHECK(scene.task(*client, "never_returns") == task);
        write_bytes(release, "");
    }
    log.wait_for({"module=never_returns", "it ends after all"});
}
