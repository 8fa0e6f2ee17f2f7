#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/app/installation.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cloudforet/registration/plugin_roles.hpp"
#include "prismforet/abi.h"

namespace pf::host::cli {
namespace {

std::string abi_version() {
    return std::to_string(PF_ABI_MAJOR) + "." + std::to_string(PF_ABI_MINOR);
}

int print_version(bool is_json) {
    if (!is_json) {
        std::printf("%s\n", app_version_line().c_str());
        return exit_ok;
    }
    nlohmann::ordered_json roles = nlohmann::ordered_json::array();
    for (const cloudforet::PluginRole& role : cloudforet::plugin_roles()) {
        roles.push_back(role.role);
    }
    const nlohmann::ordered_json version = {
        {"schema", "prismforet/v1"},   {"name", "prismforet"}, {"version", app::version()},
        {"module_abi", abi_version()}, {"roles", roles},       {"compiler", __VERSION__}};
    std::printf("%s\n", version.dump(2).c_str());
    return exit_ok;
}

}  // namespace

std::string app_version_line() {
    return "prismforet " + std::string(app::version()) + " (module ABI " + abi_version() + ")";
}

void add_version(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand("version", "Print the version");
    auto is_json = std::make_shared<bool>(false);
    command->add_flag("--json", *is_json, "As JSON");
    command->callback(
        [&session, is_json] { session.action = [is_json] { return print_version(*is_json); }; });
}

}  // namespace pf::host::cli
