#include "host/cli/cloudforet_flags.hpp"

#include <CLI/CLI.hpp>

namespace pf::host::cli {
namespace {

constexpr const char* group = "Which CloudForet (default: cloudforet of the configuration)";

void add(CLI::App& command, const char* name, std::string& value, const char* help,
         const char* type) {
    command.add_option(name, value, help)->type_name(type)->group(group);
}

}  // namespace

void add_cloudforet_flags(CLI::App& command, CloudforetFlags& flags) {
    add(command, "--identity", flags.identity,
        "Its identity service, which knows the others: grpc://host:port or grpc+ssl://host:port",
        "ADDRESS");
    add(command, "--token-file", flags.token_file, "File with a domain administrator's token",
        "FILE");
}

void add_workspace_flag(CLI::App& command, CloudforetFlags& flags) {
    add(command, "--workspace-token-file", flags.workspace_token_file,
        "File with the token of a workspace", "FILE");
}

void add_user_flag(CLI::App& command, CloudforetFlags& flags) {
    add(command, "--user-token-file", flags.user_token_file, "File with a user's own token",
        "FILE");
}

std::vector<app::Override> cloudforet_overrides(const CloudforetFlags& flags) {
    std::vector<app::Override> overrides;
    const auto put = [&overrides](const char* key, const std::string& value, const char* flag) {
        if (!value.empty()) {
            overrides.push_back({std::string("cloudforet.") + key, value, flag});
        }
    };
    put("identity", flags.identity, "--identity");
    put("token_file", flags.token_file, "--token-file");
    put("workspace_token_file", flags.workspace_token_file, "--workspace-token-file");
    put("user_token_file", flags.user_token_file, "--user-token-file");
    return overrides;
}

}  // namespace pf::host::cli
