#include "host/cli/run_setup.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "host/cli/target_flags.hpp"

namespace pf::host::cli {

void add_scope_flags(CLI::App& command, ScopeFlags& flags) {
    add_target_flags(command, flags.target);
    command.add_option("--cluster", flags.clusters, "Only this cluster, by name or UUID")
        ->allow_extra_args(false)
        ->type_name("CLUSTER");
    command
        .add_option("--option", flags.options,
                    "An option of the collector, e.g. page_size=50; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
}

SignalStop::SignalStop()
    : watch_([this](int) {
          source_.request(Status(Code::cancelled, "ERROR_INTERRUPTED", "interrupted by a signal"));
      }) {}

Result<std::unique_ptr<RunSetup>> RunSetup::make(Session& session, const ScopeFlags& scope,
                                                 MakeRequest make_request) {
    app::protect_memory();
    auto overrides = collect_overrides(scope.kinds, scope.clusters, scope.options);
    if (!overrides) {
        return overrides.status();
    }
    auto loaded = session.load(std::move(*overrides));
    if (!loaded) {
        return loaded.status();
    }
    auto request = make_request(session, loaded->config, scope.target);
    if (!request) {
        return request.status();
    }
    return std::unique_ptr<RunSetup>(
        new RunSetup(std::move(*loaded), std::move(*request), scope, make_request));
}

Result<runtime::Request> RunSetup::request_again(Session& session) const {
    if (!scope_.target.host.empty() || !scope_.target.secret_file.empty()) {
        return request;
    }
    auto overrides = collect_overrides(scope_.kinds, scope_.clusters, scope_.options);
    if (!overrides) {
        return overrides.status();
    }
    const auto now = session.load(std::move(*overrides), true);
    return now ? make_request_(session, now->config, scope_.target)
               : Result<runtime::Request>(now.status());
}

Result<std::unique_ptr<RunSetup>> RunSetup::make(Session& session, const ScopeFlags& scope) {
    auto setup = make(session, scope, collect_request);
    if (!setup) {
        return setup;
    }
    const Status known = check_kinds((*setup)->application.modules(), scope.kinds);
    return known.ok() ? std::move(setup) : Result<std::unique_ptr<RunSetup>>(known);
}

std::vector<runtime::Modules::Kind> RunSetup::wanted_kinds() {
    const runtime::Options& options = request.options;
    const auto has = [](const std::vector<std::string>& list, const std::string& kind) {
        return std::find(list.begin(), list.end(), kind) != list.end();
    };
    std::vector<runtime::Modules::Kind> kinds = application.modules().kinds();
    std::erase_if(kinds, [&](const runtime::Modules::Kind& one) {
        const services::Output& known = one.description();
        const bool is_wanted =
            options.kinds.empty() ? known.is_default : has(options.kinds, known.kind);
        return !is_wanted || has(options.exclude_kinds, known.kind);
    });
    return kinds;
}

}  // namespace pf::host::cli
