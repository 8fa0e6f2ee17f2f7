#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "host/app/serve.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cloudforet/registration/plugin_roles.hpp"

namespace pf::host::cli {
namespace {

struct ServeFlags {
    std::string listen;
    std::string status;
    std::string role;
    std::string drain;
    std::string ready_file;
};

// "inventory, cost, ..."
std::string role_names() {
    std::string names;
    for (const cloudforet::PluginRole& role : cloudforet::plugin_roles()) {
        names += (names.empty() ? "" : ", ") + std::string(role.role);
    }
    return names;
}

int serve(Session& session, const ServeFlags& flags) {
    std::vector<app::Override> overrides;
    const auto put = [&overrides](const char* path, const std::string& value, const char* flag) {
        if (!value.empty()) {
            overrides.push_back({path, value, flag});
        }
    };
    put("serve.grpc", flags.listen, "--listen");
    put("serve.status", flags.status, "--status");
    put("serve.roles", flags.role, "--role");
    put("serve.drain", flags.drain, "--drain");
    auto loaded = session.load(std::move(overrides), true);
    if (!loaded) {
        return session.fail(loaded.status());
    }
    app::ServeOptions options;
    options.ready_file = flags.ready_file;
    options.on_ready = [](const app::Listening& listening) {
        const std::string status =
            listening.status.empty() ? "" : " status=http://" + listening.status;
        std::fprintf(stderr, "prismforet ready %s grpc://%s%s\n", listening.role.c_str(),
                     listening.address.c_str(), status.c_str());
    };
    const Status served = app::serve(loaded->config, options);
    return served.ok() ? static_cast<int>(exit_ok) : session.fail(served);
}

}  // namespace

void add_serve(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "serve", "Serve CloudForet as a gRPC plugin until SIGTERM or SIGINT, then drain");
    auto flags = std::make_shared<ServeFlags>();
    command->add_option("--listen", flags->listen, "Address to listen on [0.0.0.0:50051]")
        ->type_name("ADDRESS");
    command
        ->add_option("--status", flags->status,
                     "Address of a port for probes and Prometheus, e.g. 127.0.0.1:8080 [none]")
        ->type_name("ADDRESS");
    command
        ->add_option("--role", flags->role,
                     "Role of this process: " + role_names() + " [inventory]")
        ->type_name("ROLE");
    command->add_option("--drain", flags->drain, "Time for running calls after a signal [25s]")
        ->type_name("DURATION");
    command
        ->add_option("--ready-file", flags->ready_file,
                     "File that gets \"ROLE ADDRESS grpc://ADDRESS\" once it is listening")
        ->type_name("FILE");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return serve(session, *flags); };
    });
}

}  // namespace pf::host::cli
