#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "host/app/installation.hpp"
#include "host/capture/capture_check.hpp"
#include "host/capture/recording.hpp"
#include "host/cli/capture_text.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/human.hpp"
#include "host/cli/run_setup.hpp"
#include "host/cli/run_story.hpp"
#include "host/doctor/doctor.hpp"

namespace pf::host::cli {
namespace {

struct RecordFlags {
    ScopeFlags scope;
    std::string out;
    std::string check;
    bool redact = false;
    bool no_redact = false;
};

// Rows are not wanted: what they are made of is.
class NoRows final : public runtime::RowSink {
  public:
    NoRows(const capture::Recording& recording, Progress& progress)
        : recording_(recording), progress_(progress) {}
    encoding::RowFormat format() const override { return encoding::RowFormat::json_line; }
    bool write(runtime::RowBatch&) override { return !is_gone(); }
    bool is_gone() override {
        progress_.update(recording_.exchanges());
        return !recording_.failure().ok();
    }

  private:
    const capture::Recording& recording_;
    Progress& progress_;
};

// Segments of the paths that the modules read: words of an API, whatever module brings them.
std::vector<std::string> path_words(const runtime::Modules& modules) {
    std::vector<std::string> words;
    const auto add = [&words](const std::string& path) {
        for (std::size_t at = 0; at <= path.size();) {
            const std::size_t end = std::min(path.find('/', at), path.size());
            words.push_back(path.substr(at, end - at));
            at = end + 1;
        }
    };
    for (const runtime::Modules::Entry& entry : modules.entries()) {
        if (!entry.descriptor) {
            continue;
        }
        for (const services::Endpoint& endpoint : entry.descriptor->endpoints) {
            if (endpoint.v4) {
                add(endpoint.v4->api_namespace + "/" + endpoint.v4->path);
            }
            if (endpoint.v3) {
                add(endpoint.v3->path);
            }
        }
    }
    return words;
}

// Doctor's questions first: they show what a collection need not ask.
runtime::RunReport ask_everything(Session& session, RunSetup& run,
                                  const capture::Recording& recording) {
    doctor::Plan plan{run.request, run.application.modules()};
    plan.proxies = run.application.proxies();
    static_cast<void>(doctor::examine(plan, run.signals.stop()));
    Progress progress = make_progress(session, false);
    NoRows sink(recording, progress);
    runtime::RunReport report;
    // How the run ended is in the report as well.
    static_cast<void>(
        run.application.inventory().collect(run.request, sink, run.signals.stop(), report));
    progress.clear();
    return report;
}

int record_into(Session& session, const RecordFlags& flags, RunSetup& run) {
    capture::RecordingSettings settings;
    settings.is_redacted = !flags.no_redact;
    settings.program = "prismforet " + std::string(app::version());
    settings.path_words = path_words(run.application.modules());
    auto recording = capture::Recording::start(flags.out, std::move(settings));
    if (!recording) {
        return session.fail(recording.status());
    }
    for (runtime::TargetRequest& target : run.request.targets) {
        target.spec.observer = (*recording)->observer(target.name);
    }
    const auto report = ask_everything(session, run, **recording);
    const Outcome outcome = outcome_of(report, false, run.signals.received() != 0);
    Status written = (*recording)->failure();
    if (written.ok() && (*recording)->answers() > 0) {
        written = (*recording)->finish(outcome == Outcome::complete);
    }
    if (!written.ok()) {
        return session.fail(written);
    }
    tell_reasons(session, report, outcome);
    session.say((*recording)->answers() == 0
                    ? "no Prism Central answered anything: there is no capture"
                    : recorded_line(flags.out, **recording, outcome));
    return exit_of(outcome, report, run.signals.received());
}

int record(Session& session, const RecordFlags& flags) {
    if (flags.no_redact) {
        session.warn(
            "the capture will hold names, addresses and everything else Prism says: keep it to "
            "yourself, or leave --no-redact out");
    }
    auto setup = RunSetup::make(session, flags.scope);
    return setup ? record_into(session, flags, **setup) : session.fail(setup.status());
}

int check(Session& session, const std::string& path) {
    const auto summary = capture::check_capture(path);
    if (!summary) {
        return session.fail(summary.status());
    }
    const std::string text = capture_text(path, *summary);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return summary->has_end && summary->is_complete ? exit_ok : exit_partial;
}

int run_record(Session& session, const RecordFlags& flags) {
    if (!flags.check.empty()) {
        return check(session, flags.check);
    }
    if (flags.out.empty()) {
        return session.fail(usage_error(
            "record needs a file to write; --out FILE, or --check FILE to look at one"));
    }
    return record(session, flags);
}

}  // namespace

void add_record(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "record", "Record what Prism Centrals are asked and say, for prism-sim --replay");
    auto flags = std::make_shared<RecordFlags>();
    command->add_option("KIND", flags->scope.kinds, "Kinds to collect, e.g. vm (default: all)");
    CLI::Option* const out = command->add_option(
        "--out", flags->out, "The capture; appears when it is whole, readable by its owner only");
    out->type_name("FILE");
    CLI::Option* const redact = command->add_flag(
        "--redact", flags->redact, "Replace names, addresses and ids by others (the default)");
    command
        ->add_flag("--no-redact", flags->no_redact,
                   "Keep everything Prism says as it is; credentials never get in")
        ->excludes(redact);
    command->add_option("--check", flags->check, "Tell what is in a capture, and record nothing")
        ->type_name("FILE")
        ->excludes(out);
    add_scope_flags(*command, flags->scope);
    command->callback([&session, flags] {
        session.action = [&session, flags] { return run_record(session, *flags); };
    });
}

}  // namespace pf::host::cli
