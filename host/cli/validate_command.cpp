#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "host/app/config_references.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/human.hpp"
#include "host/cli/run_setup.hpp"
#include "host/doctor/doctor.hpp"

namespace pf::host::cli {
namespace {

struct ValidateFlags {
    std::string file;
    bool is_offline = false;
    bool is_strict = false;
};

// What the steps found together.
struct Tally {
    int code = exit_ok;  // of the first failure
    std::size_t warnings = 0;

    void fail(int with) { code = code == exit_ok ? with : code; }
};

void check_here(Session& session, const app::LoadedConfig& loaded, Tally& tally) {
    const auto modules = loader::load_modules(app::loader_config(loaded.config.modules));
    const app::ReferenceFindings findings = app::check_references(loaded, modules);
    for (const std::string& odd : findings.odd) {
        session.warn(odd);
    }
    tally.warnings += findings.odd.size();
    for (const Status& wrong : findings.wrong) {
        tally.fail(session.fail(wrong));
    }
}

// Can every target be reached, and does it let the account in?
void check_there(Session& session, const app::LoadedConfig& loaded, Tally& tally) {
    auto request = collect_request(session, loaded.config, TargetFlags());
    if (!request) {
        return tally.fail(session.fail(request.status()));
    }
    const runtime::Modules none;
    doctor::Plan plan{*request, none};
    plan.depth = doctor::Depth::login;
    plan.proxies = loaded.config.proxies;
    const SignalStop signals;
    for (const doctor::TargetReport& target : doctor::examine(plan, signals.stop()).targets) {
        const std::string place = "target " + target.name;
        bool is_good = true;
        std::string who;
        for (const doctor::Finding& finding : target.findings) {
            if (finding.verdict == doctor::Verdict::fail) {
                is_good = false;
                tally.fail(session.fail(finding.problem.within(place)));
            } else if (finding.verdict == doctor::Verdict::warn) {
                ++tally.warnings;
                session.warn(place + ": " + finding.text + "; " + finding.advice);
            }
            who = finding.check == "identity" ? finding.text : who;
        }
        if (is_good) {
            session.say(place + ": " + who);
        }
    }
    if (signals.received() != 0) {
        tally.code = exit_code_of_signal(signals.received());
    }
}

int validate(Session& session, const ValidateFlags& flags) {
    app::protect_memory();
    if (!flags.file.empty()) {
        session.flags.config_file = flags.file;
    }
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    Tally tally;
    tally.warnings = loaded->warnings.size();
    check_here(session, *loaded, tally);
    if (tally.code == exit_ok) {
        for (const std::string& path : loaded->files) {
            session.say(path + ": good");
        }
        if (loaded->files.empty()) {
            session.say("no configuration file; defaults and environment are good");
        }
        if (!flags.is_offline && !loaded->config.targets.empty()) {
            check_there(session, *loaded, tally);
        }
    }
    if (tally.code == exit_ok && flags.is_strict && tally.warnings > 0) {
        session.say(counted(tally.warnings, "warning") + ", and --strict is given");
        return exit_condition;
    }
    return tally.code;
}

}  // namespace

void add_validate(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "validate", "Check the configuration and what it refers to, then log in to its targets");
    auto flags = std::make_shared<ValidateFlags>();
    command->add_option("FILE", flags->file, "Configuration file instead of the usual places");
    command->add_flag("--offline", flags->is_offline, "Ask no Prism Central");
    command->add_flag("--strict", flags->is_strict, "Warnings give exit code 4");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return validate(session, *flags); };
    });
}

}  // namespace pf::host::cli
