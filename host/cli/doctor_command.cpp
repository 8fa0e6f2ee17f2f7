#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "host/app/production_setup.hpp"
#include "host/app/units.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/doctor_text.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"
#include "host/cli/run_setup.hpp"
#include "host/cli/target_flags.hpp"
#include "host/doctor/doctor.hpp"
#include "host/doctor/report_json.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::cli {
namespace {

struct DoctorFlags {
    TargetFlags target;
    std::string timeout = "60s";
    bool is_json = false;
    bool is_for_production = false;
};

// The targets to examine; none when nobody named one, as a plugin server needs none.
Result<runtime::Request> doctor_request(Session& session, const app::Config& config,
                                        const TargetFlags& flags) {
    const bool is_named =
        !flags.targets.empty() || !flags.host.empty() || !flags.secret_file.empty();
    if (is_named || !config.targets.empty()) {
        return collect_request(session, config, flags);
    }
    session.say("no Prism Central is configured: only this installation is examined");
    auto options = runtime::parse_options(config.collect_options);
    if (!options) {
        return options.status();
    }
    runtime::Request request;
    request.options = std::move(*options);
    return request;
}

int examine(Session& session, const DoctorFlags& flags) {
    const auto timeout = app::parse_duration(flags.timeout);
    if (!timeout || timeout->count() < 1000) {
        return session.fail(usage_error("--timeout " + flags.timeout +
                                        " is no time of at least one second; --timeout 60s"));
    }
    ScopeFlags scope;
    scope.target = flags.target;
    auto setup = RunSetup::make(session, scope, doctor_request);
    if (!setup) {
        return session.fail(setup.status());
    }
    RunSetup& run = **setup;
    doctor::Plan plan{run.request, run.application.modules()};
    plan.listen = run.loaded.config.serve.grpc;
    plan.is_listen_configured = run.loaded.layers->origin("serve.grpc").source != "default";
    plan.proxies = run.loaded.config.proxies;
    if (flags.is_for_production) {
        plan.production = app::production_setup(run.loaded, session.environment());
    }
    plan.time = std::chrono::duration_cast<std::chrono::seconds>(*timeout);
    const doctor::Report report = doctor::examine(plan, run.signals.stop());
    const int signal = run.signals.received();
    const int code = signal != 0 ? exit_code_of_signal(signal)
                                 : static_cast<int>(exit_code(report.first_failure()));
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    const std::string text = flags.is_json
                                 ? doctor::report_json(report, code) + "\n"
                                 : doctor_text(report, has_colour(STDOUT_FILENO, session.colour(),
                                                                  session.environment()));
    (*output)->write(observe::redact(text));
    const Status written = (*output)->commit();
    return written.ok() ? code : session.fail(written);
}

}  // namespace

void add_doctor(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "doctor", "Examine Prism Centrals and this installation; the last line says what to do");
    auto flags = std::make_shared<DoctorFlags>();
    add_target_flags(*command, flags->target);
    command->add_option("--timeout", flags->timeout, "Longest time for one Prism Central")
        ->capture_default_str()
        ->type_name("DURATION");
    command->add_flag("--json", flags->is_json, "As JSON; `prismforet schema doctor` describes it");
    command->add_flag("--production", flags->is_for_production,
                      "Also what a lasting installation needs: credentials, rights, limits, logs; "
                      "and what is left to do by hand");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return examine(session, *flags); };
    });
}

}  // namespace pf::host::cli
