#include "host/cli/cli.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "host/app/crash_report.hpp"
#include "host/app/process.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/session.hpp"
#include "host/runtime/nearest.hpp"
#include "host/services/handling.hpp"

namespace pf::host::cli {
namespace {

void add_global_flags(CLI::App& root, Session& session) {
    GlobalFlags& flags = session.flags;
    root.add_option("--config", flags.config_file, "Configuration file instead of the usual places")
        ->type_name("FILE");
    root.add_option("--log-level", flags.log_level, "debug, info, warn, error or off")
        ->type_name("LEVEL");
    root.add_option("--log-format", flags.log_format, "logfmt or json")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"logfmt", "json"}));
    root.add_option("--color", flags.color, "When to use colours: auto, always or never")
        ->type_name("WHEN")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    root.add_flag("-q,--quiet", flags.is_quiet,
                  "Nothing on standard error but warnings and failures");
    root.add_flag("--no-progress", flags.no_progress, "No progress while collecting");
}

// The command that was being parsed, for the advice to look at its help.
std::string command_path(const CLI::App& root) {
    std::string path = "prismforet";
    const CLI::App* at = &root;
    while (true) {
        const auto chosen = at->get_subcommands();
        if (chosen.empty()) {
            return path;
        }
        at = chosen.front();
        path += " " + at->get_name();
    }
}

// "; did you mean ..." when the first word is no command.
std::string command_suggestion(const CLI::App& root, int argc, char** argv) {
    std::vector<std::string> names;
    for (const CLI::App* command : root.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    for (int i = 1; i < argc; ++i) {
        if (argv[i][0] != '-') {
            return runtime::suggestion(argv[i], names);
        }
    }
    return {};
}

int parse_and_run(int argc, char** argv, Session& session) {
    CLI::App root("Brings Nutanix Prism Central into CloudForet.", "prismforet");
    root.require_subcommand(1);
    root.fallthrough();
    root.set_version_flag("--version", [] { return std::string(app_version_line()); });
    add_global_flags(root, session);
    add_all(root, session);
    try {
        root.parse(argc, argv);
    } catch (const CLI::Success& wanted) {
        root.exit(wanted);  // help or version, on standard output
        return exit_ok;
    } catch (const CLI::ParseError& wrong) {
        if (argc < 2) {
            const std::string help = root.help();
            std::fwrite(help.data(), 1, help.size(), stderr);
            return exit_usage;
        }
        const bool has_command = !root.get_subcommands().empty();
        const std::string nearest =
            has_command ? std::string() : command_suggestion(root, argc, argv);
        return session.fail(usage_error(
            wrong.what() + (nearest.empty() ? "; " + command_path(root) + " --help" : nearest)));
    }
    return session.action ? session.action() : static_cast<int>(exit_usage);
}

}  // namespace

namespace {

int run_guarded(int argc, char** argv) noexcept {
    try {
        app::ignore_broken_pipes();
        app::report_crashes();
        Session session(app::process_environment());
        try {
            return parse_and_run(argc, argv, session);
        } catch (const std::exception& error) {
            return session.fail(Status(Code::internal, "ERROR_INTERNAL",
                                       std::string("prismforet failed unexpectedly: ") +
                                           error.what() + "; please report this"));
        }
    } catch (...) {
        return exit_failed;
    }
}

}  // namespace

int run(int argc, char** argv) noexcept {
    const int code = run_guarded(argc, argv);
    if (services::Handling::count() > 0) {
        // A handler that was left behind still runs: what it uses must not be destroyed.
        std::fflush(nullptr);
        std::_Exit(code);
    }
    return code;
}

void add_all(CLI::App& root, Session& session) {
    add_serve(root, session);
    add_collect(root, session);
    add_get(root, session);
    add_describe(root, session);
    add_render(root, session);
    add_overview(root, session);
    add_diff(root, session);
    add_metrics(root, session);
    add_alerts(root, session);
    add_events(root, session);
    add_notify(root, session);
    add_watch(root, session);
    add_queue(root, session);
    add_doctor(root, session);
    add_record(root, session);
    add_call(root, session);
    add_modules(root, session);
    add_register(root, session);
    add_secret(root, session);
    add_cost(root, session);
    add_config(root, session);
    add_validate(root, session);
    add_schema(root, session);
    add_explain(root, session);
    add_man(root, session);
    add_version(root, session);
}

}  // namespace pf::host::cli
