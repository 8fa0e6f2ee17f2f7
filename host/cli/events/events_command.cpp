#include <CLI/CLI.hpp>
#include <memory>

#include "host/app/units.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/events/occurrence_rows.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/row_flags.hpp"
#include "host/cli/run_setup.hpp"

namespace pf::host::cli {
namespace {

struct EventsFlags {
    ScopeFlags scope;
    std::string last = "24h";
    std::string keyword;
    std::string form = "table";
    std::uint32_t limit = 1000;
    bool audits = false;
};

int events(Session& session, const EventsFlags& flags) {
    const auto last = app::parse_duration(flags.last);
    if (!last || last->count() < 1000) {
        return session.fail(usage_error("--last must be a time of a second or more, e.g. 24h"));
    }
    auto setup = RunSetup::make(session, flags.scope, collect_request);
    if (!setup) {
        return session.fail(setup.status());
    }
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    RunSetup& run = **setup;
    prism::Targets targets(run.application.proxies());
    runtime::EventsSource source(run.application.modules(), targets);
    const OccurrenceForm form = flags.form == "json"     ? OccurrenceForm::json
                                : flags.form == "ndjson" ? OccurrenceForm::ndjson
                                                         : OccurrenceForm::table;
    OccurrenceRows rows(form, look_of(session, ""), **output);
    runtime::LogWish wish;
    wish.events = !flags.audits;
    wish.audits = flags.audits;
    wish.keyword = flags.keyword;
    wish.limit = flags.limit;
    auto clusters = runtime::EventClusters::find(targets, run.request, run.signals.stop());
    if (!clusters) {
        return session.fail(clusters.status());
    }
    wish.clusters = std::move(*clusters);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    wish.from = std::chrono::duration_cast<std::chrono::seconds>(now - *last).count();
    const runtime::LogEnd log = source.log(
        run.request, wish, [&](const runtime::Occurrence& one) { return rows.put(one); },
        run.signals.stop());
    if (rows.count() > 0 || log.end.ok()) {
        rows.finish(log.end.ok() && !log.has_more);
    }
    if (const Status written = (*output)->commit(); !written.ok()) {
        return session.fail(written);
    }
    if (log.has_more) {
        session.warn("there is more than is shown; take a larger --limit or a shorter --last");
    }
    tell_placeless(session, log.placeless);
    if (log.end.ok() || (*output)->is_reader_gone()) {
        return exit_ok;
    }
    const int code = session.fail(log.end);
    return rows.count() > 0 ? exit_partial : code;
}

}  // namespace

void add_events(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("events", "Show what happened: events of Prism Central, or its audits");
    auto flags = std::make_shared<EventsFlags>();
    add_scope_flags(*command, flags->scope);
    command->add_option("--last", flags->last, "How far back (default: 24h)")->type_name("SPAN");
    command->add_flag("--audits", flags->audits, "Who did what, instead of events");
    command->add_option("--keyword", flags->keyword, "Only those that hold this text")
        ->type_name("TEXT");
    command->add_option("--limit", flags->limit, "The newest so many (default: 1000)")
        ->check(CLI::Range(1, 20'000).description(""))
        ->type_name("NUMBER");
    command->add_option("-o,--output", flags->form, "table, json or ndjson")
        ->check(CLI::IsMember({"table", "json", "ndjson"}).description(""))
        ->type_name("FORM");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return events(session, *flags); };
    });
}

}  // namespace pf::host::cli
