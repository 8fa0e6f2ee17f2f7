#include "host/cli/collection.hpp"

#include "host/cli/exit_code.hpp"
#include "host/cli/human.hpp"
#include "host/cli/run_story.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::cli {
namespace {

// What is not there at all is a failure; what merely did not arrive may exist.
int tell_selection(Session& session, const Selection& selection, Outcome outcome, int code) {
    for (const std::string& line : selection.ambiguous()) {
        session.warn(line);
    }
    const Status missing = selection.missing();
    if (missing.ok()) {
        return code;
    }
    if (outcome == Outcome::complete) {
        return session.fail(missing);
    }
    session.warn(missing.message() + " in what arrived, and not all arrived");
    return code;
}

}  // namespace

int collect_rows(Session& session, RunSetup& run, Collection collection) {
    Selection selection(collection.names, std::move(collection.filter));
    Progress progress = make_progress(session, collection.draws_on_terminal);
    CollectSink sink(collection.writer, selection, collection.output, progress, collection.limit,
                     collection.on_region, collection.on_row);
    runtime::RunReport report;
    // How the run ended is in the report as well.
    static_cast<void>(
        run.application.inventory().collect(run.request, sink, run.signals.stop(), report));
    progress.clear();
    if (!sink.failure().ok()) {
        return session.fail(sink.failure());
    }
    if (collection.output.is_reader_gone()) {
        return exit_ok;
    }
    if (sink.unreadable() > 0) {
        report.missing.push_back({"ERROR_INTERNAL",
                                  "",
                                  "",
                                  counted(sink.unreadable(), "row") + " could not be read",
                                  1,
                                  {}});
    }
    const int signal = run.signals.received();
    const Outcome outcome = outcome_of(report, sink.is_limited() && !report.end.ok(), signal != 0);
    if (collection.on_report) {
        collection.on_report(report);
    }
    Status written = collection.writer.finish(
        observe::redact(summary_json(report, sink.items(), outcome, selection.texts())));
    // Nothing that was named exists: a file about nothing would look like an answer.
    const bool is_answer =
        sink.items() > 0 || outcome != Outcome::complete || selection.missing().ok();
    if (written.ok() && is_answer) {
        written = collection.output.commit();
    }
    if (!written.ok()) {
        return session.fail(written);
    }
    tell_reasons(session, report, outcome);
    if (const std::string remark = collection.writer.remark(); !remark.empty()) {
        session.say(remark);
    }
    const int code = tell_selection(session, selection, outcome, exit_of(outcome, report, signal));
    session.say(summary_line(report, sink.items(), outcome));
    return code;
}

}  // namespace pf::host::cli
