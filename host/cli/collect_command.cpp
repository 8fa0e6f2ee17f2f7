#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>
#include <set>

#include "host/app/application.hpp"
#include "host/app/process.hpp"
#include "host/cli/collect_request.hpp"
#include "host/cli/collect_sink.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/ledger_text.hpp"
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

Result<std::vector<app::Override>> overrides_of(const CollectFlags& flags) {
    const auto joined = [](const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words) {
            text += (text.empty() ? "" : ",") + word;
        }
        return text;
    };
    std::vector<app::Override> overrides;
    for (const std::string& option : flags.options) {
        const std::size_t equals = option.find('=');
        if (equals == option.npos || equals == 0) {
            return usage_error("--option " + option + " has no value; --option page_size=50");
        }
        overrides.push_back(
            {"collect." + option.substr(0, equals), option.substr(equals + 1), "--option"});
    }
    if (!flags.clusters.empty()) {
        overrides.push_back({"collect.clusters", joined(flags.clusters), "--cluster"});
    }
    if (!flags.kinds.empty()) {
        overrides.push_back({"collect.kinds", joined(flags.kinds), "KIND"});
    }
    return overrides;
}

Progress make_progress(const Session& session, bool draws_on_stdout) {
    const app::Environment& environment = session.environment();
    const bool is_ci = environment.count("CI") > 0;
    Progress::Style style = Progress::Style::lines;
    if (session.flags.is_quiet || session.flags.no_progress || is_ci) {
        style = Progress::Style::off;
    } else if (can_redraw(STDERR_FILENO, environment)) {
        // A line that is drawn over would be mixed with data on the same terminal.
        style = draws_on_stdout ? Progress::Style::off : Progress::Style::redraw;
    }
    return Progress(style, "rows", output_width(STDERR_FILENO, environment),
                    [](std::string_view text) {
                        std::fwrite(text.data(), 1, text.size(), stderr);
                        std::fflush(stderr);
                    });
}

// The text of a reason behind its target, which the text may name already.
std::string placed(const runtime::Reason& reason) {
    const std::string place = reason.target.empty() ? "" : reason.target + ": ";
    return reason.text.starts_with(place) ? reason.text : place + reason.text;
}

// Each reason once: a wrong password concerns every kind, but is one thing to mend.
void tell_reasons(Session& session, const runtime::RunReport& report, Outcome outcome) {
    std::set<std::pair<std::string, std::string>> told;
    for (const runtime::Reason& reason : report.missing) {
        const std::string text = placed(reason);
        if (!told.insert({reason.code, text}).second) {
            continue;
        }
        const std::string count =
            reason.count > 1 ? " (" + std::to_string(reason.count) + " times)" : "";
        if (outcome == Outcome::failed) {
            static_cast<void>(
                session.fail(Status(Code::failed_precondition, reason.code, text + count)));
        } else {
            session.warn("missing " + (reason.kind.empty() ? "rows" : reason.kind) + ": " +
                         reason.code + ": " + text + count);
        }
    }
    if (outcome == Outcome::failed && report.missing.empty()) {
        static_cast<void>(session.fail(report.end));
    }
    for (const runtime::Reason& note : report.notes) {
        session.say("note: " + note.code + ": " + placed(note));
    }
}

int exit_of(Outcome outcome, const runtime::RunReport& report, int signal) {
    switch (outcome) {
        case Outcome::complete:
        case Outcome::limited:
            return exit_ok;
        case Outcome::interrupted:
            return exit_code_of_signal(signal);
        case Outcome::partial:
        case Outcome::failed:
            break;
    }
    return exit_code(report);
}

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
    auto overrides = overrides_of(flags);
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

void add_target_flags(CLI::App& command, TargetFlags& flags) {
    const char* const group = "Where from (default: all targets of the configuration)";
    const auto option = [&](const char* name, auto& value, const char* help, const char* type) {
        return command.add_option(name, value, help)->type_name(type)->group(group);
    };
    CLI::Option* const target =
        option("-t,--target", flags.targets, "A configured target; may be repeated", "NAME")
            ->allow_extra_args(false);
    CLI::Option* const secret =
        option("--secret-file", flags.secret_file,
               "JSON as CloudForet's secret_data; - is standard input", "FILE");
    CLI::Option* const host =
        option("--host", flags.host, "A Prism Central: host, host:port or URL", "HOST");
    secret->excludes(target);
    host->excludes(target)->excludes(secret);
    option("-u,--username", flags.username, "A Prism user with the role Prism Viewer", "NAME")
        ->needs(host);
    option("--password-file", flags.password_file, "File with the password; - is standard input",
           "FILE")
        ->needs(host);
    option("--api-key-file", flags.api_key_file, "File with an API key instead", "FILE")
        ->needs(host);
    option("--ca-file", flags.ca_file, "PEM file of the CA that signed Prism's certificate", "FILE")
        ->needs(host);
    option("--pin-sha256", flags.pin_sha256, "SHA-256 digest of Prism's certificate", "HEX")
        ->needs(host);
    option("--account-id", flags.account_id, "Account of the rows instead of Prism's UUID", "ID")
        ->needs(host);
    command.add_flag("--insecure", flags.is_insecure, "Accept any certificate")
        ->needs(host)
        ->group(group);
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
