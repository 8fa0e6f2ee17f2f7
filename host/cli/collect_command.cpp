#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>

#include "host/app/application.hpp"
#include "host/app/process.hpp"
#include "host/cli/collect_request.hpp"
#include "host/cli/collect_sink.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/ledger_text.hpp"
#include "host/cli/run_story.hpp"
#include "host/cli/target_flags.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::cli {
namespace {

struct CollectFlags {
    std::vector<std::string> kinds;
    TargetFlags target;
    std::vector<std::string> options;
    std::vector<std::string> clusters;
    RowWishes rows;
    std::string out;
    std::uint64_t limit = 0;
    bool no_headers = false;
};

// Runs and writes; everything that needs cleaning up is local.
int collect_into(Session& session, const CollectFlags& flags, app::Application& application,
                 const runtime::Request& request, Output& output, const StopSource& stop,
                 const app::SignalWatch& signals) {
    ColumnCatalogue catalogue;
    for (const runtime::Modules::Kind& kind : application.modules().kinds()) {
        const services::Output& known = kind.description();
        catalogue.learn(known.group, known.type, known.view_metadata);
    }
    RowWishes wishes = flags.rows;
    wishes.has_heading = !flags.no_headers;
    if (flags.out.empty()) {
        wishes.look.width = output_width(STDOUT_FILENO, session.environment());
        wishes.look.has_colour = has_colour(STDOUT_FILENO, session.colour(), session.environment());
    }
    if (wishes.form == RowForm::wide) {
        wishes.look.width = 0;
    }
    const bool is_streamed = wishes.form != RowForm::table && wishes.form != RowForm::wide;
    const auto writer = make_row_writer(wishes, output, catalogue);
    Progress progress =
        make_progress(session, is_streamed && flags.out.empty() && is_terminal(STDOUT_FILENO));
    CollectSink sink(*writer, output, progress, flags.limit);
    runtime::RunReport report;
    // How the run ended is in the report as well.
    static_cast<void>(application.inventory().collect(request, sink, stop.stop(), report));
    progress.clear();
    if (!sink.failure().ok()) {
        return session.fail(sink.failure());
    }
    if (output.is_reader_gone()) {
        return exit_ok;
    }
    const bool is_limited = sink.is_limited() && !report.end.ok();
    const Outcome outcome = outcome_of(report, is_limited, signals.received() != 0);
    Status written = writer->finish(observe::redact(summary_json(report, sink.items(), outcome)));
    if (written.ok()) {
        written = output.commit();
    }
    if (!written.ok()) {
        return session.fail(written);
    }
    tell_reasons(session, report, outcome);
    if (const std::string remark = writer->remark(); !remark.empty()) {
        session.say(remark);
    }
    session.say(summary_line(report, sink.items(), outcome));
    return exit_of(outcome, report, signals.received());
}

int collect(Session& session, const CollectFlags& flags) {
    auto overrides = collect_overrides(flags.kinds, flags.clusters, flags.options);
    if (!overrides) {
        return session.fail(overrides.status());
    }
    auto loaded = session.load(std::move(*overrides));
    if (!loaded) {
        return session.fail(loaded.status());
    }
    auto request = collect_request(session, loaded->config, flags.target);
    if (!request) {
        return session.fail(request.status());
    }
    StopSource stop;
    const app::SignalWatch signals([&stop](int) {
        stop.request(Status(Code::cancelled, "ERROR_INTERRUPTED", "interrupted by a signal"));
    });
    app::Application application(loaded->config);
    if (const Status known = check_kinds(application.modules(), flags.kinds); !known.ok()) {
        return session.fail(known);
    }
    auto output = Output::open(flags.out);
    if (!output) {
        return session.fail(output.status());
    }
    return collect_into(session, flags, application, *request, **output, stop, signals);
}

}  // namespace

void add_collect(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("collect", "Collect resources now and print them");
    auto flags = std::make_shared<CollectFlags>();
    static const std::map<std::string, RowForm> forms = {{"table", RowForm::table},
                                                         {"wide", RowForm::wide},
                                                         {"json", RowForm::json},
                                                         {"ndjson", RowForm::ndjson},
                                                         {"csv", RowForm::csv}};
    command->add_option("KIND", flags->kinds, "Kinds to collect, e.g. vm (default: all)");
    add_target_flags(*command, flags->target);
    command->add_option("--cluster", flags->clusters, "Only this cluster, by name or UUID")
        ->allow_extra_args(false)
        ->type_name("CLUSTER");
    command
        ->add_option("--option", flags->options,
                     "An option of the collector, e.g. page_size=50; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->add_option("-o,--output", flags->rows.form, "table, wide, json, ndjson or csv")
        ->transform(CLI::CheckedTransformer(forms, CLI::ignore_case).description(""))
        ->type_name("FORM");
    command->add_option("--out", flags->out, "Write to a file, which appears when it is whole")
        ->type_name("FILE");
    command->add_option("--limit", flags->limit, "Stop after this many rows")->type_name("N");
    command->add_option("--columns", flags->rows.columns, "Columns by title or path: name,vCPU")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("A,B");
    command->add_option("--sort-by", flags->rows.sort_by, "Order rows by a column")
        ->type_name("COLUMN");
    command->add_flag("--no-headers", flags->no_headers, "No line with titles");
    command->add_flag("--utc", flags->rows.is_utc, "Times in UTC instead of local time");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return collect(session, *flags); };
    });
}

}  // namespace pf::host::cli
