// cost report and cost idle: what it costs, by what, and how much of it nobody uses.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "host/cli/cost/cost_commands.hpp"
#include "host/cli/cost/cost_run.hpp"
#include "host/cli/cost/focus.hpp"
#include "host/cli/cost/report_text.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/human.hpp"
#include "host/cli/output.hpp"
#include "host/cli/row_flags.hpp"

namespace pf::host::cli {
namespace {

struct ReportFlags {
    CostFlags cost;
    std::vector<std::string> by;
    std::string form = "table";
    std::string out;
    bool is_focus = false;
    bool is_idle_only = false;
};

std::string instant(std::int64_t seconds) {
    return rfc3339(std::chrono::system_clock::time_point(std::chrono::seconds(seconds)));
}

std::map<std::string, FocusDay> focus_days(const CostRun& run) {
    std::map<std::string, FocusDay> days;
    for (const cost::Day& day : run.days()) {
        const std::string month = day.date.substr(0, 7);
        auto whole = run.tariff().calendar.days_of_months(month, month);
        days[day.date] = {instant(day.from), instant(day.to),
                          instant(whole && !whole->empty() ? whole->front().from : day.from),
                          instant(whole && !whole->empty() ? whole->back().to : day.to)};
    }
    return days;
}

// The names of what is in a stock.
Status add_names(cost::Shapes& shapes, std::map<std::string, std::string>& names) {
    cost::Shape shape;
    if (Status begun = shapes.rewind(); !begun.ok()) {
        return begun;
    }
    while (true) {
        auto has_next = shapes.next(shape);
        if (!has_next) {
            return has_next.status();
        }
        if (!*has_next) {
            return Status();
        }
        names[shape.id] = shape.name;
    }
}

bool needs_names(const ReportFlags& flags) {
    return flags.is_focus ||
           std::find(flags.by.begin(), flags.by.end(), "resource") != flags.by.end();
}

int tell_end(Session& session, const CostRun& run, Output& output) {
    if (const Status written = output.commit(); !written.ok()) {
        return session.fail(written);
    }
    for (const std::string& note : run.notes()) {
        session.say(note);
    }
    return run.exit_code();
}

int print_focus(Session& session, CostRun& run, Output& output) {
    FocusFrame frame;
    frame.currency = run.tariff().model.currency;
    frame.days = focus_days(run);
    output.write(focus_heading());
    Status cut;  // a target whose records broke off when some were written already
    const Status done = run.each([&](const app::Stock& stock) {
        frame.account = stock.account;
        if (Status named = add_names(*stock.shapes, frame.names); !named.ok()) {
            return named;
        }
        bool has_written = false;
        const auto write = [&](const cost::Charge& charge) {
            has_written = true;
            return output.write(focus_line(charge, frame))
                       ? Status()
                       : Status(Code::cancelled, "ERROR_RECEIVER_GONE", "the reader is gone");
        };
        Status worked = run.work_out(stock, {}, std::make_shared<CostReceiver>(write, nullptr));
        cut = has_written && !worked.ok() ? worked : cut;
        return worked;
    });
    if (output.is_reader_gone()) {
        return exit_ok;
    }
    if (!cut.ok()) {
        return session.fail(cut.within("the file is not whole"));
    }
    return done.ok() ? tell_end(session, run, output) : session.fail(done);
}

int print_report(Session& session, const ReportFlags& flags) {
    std::vector<CostDimension> dimensions;
    for (const std::string& word : flags.by) {
        auto dimension = parse_dimension(word);
        if (!dimension) {
            return session.fail(dimension.status());
        }
        dimensions.push_back(std::move(*dimension));
    }
    auto made = CostRun::make(session, flags.cost);
    if (!made) {
        return session.fail(made.status());
    }
    CostRun& run = **made;
    auto output = Output::open(flags.out);
    if (!output) {
        return session.fail(output.status());
    }
    if (flags.is_focus) {
        return print_focus(session, run, **output);
    }
    CostTotals totals(std::move(dimensions));
    CostReport report;
    const Status done = run.each([&](const app::Stock& stock) {
        CostTotals before = totals;  // what a target that fails midway had added goes away again
        Status worked = needs_names(flags) ? add_names(*stock.shapes, report.names) : Status();
        if (worked.ok()) {
            worked = run.work_out(
                stock, {},
                std::make_shared<CostReceiver>(
                    [&](const cost::Charge& charge) {
                        const bool is_wanted =
                            !flags.is_idle_only || charge.usage_type.starts_with("idle.");
                        return is_wanted ? totals.add(charge, stock.account) : Status();
                    },
                    nullptr));
        }
        if (!worked.ok()) {
            totals = std::move(before);
        }
        return worked;
    });
    if (!done.ok()) {
        return session.fail(done);
    }
    report.currency = run.tariff().model.currency;
    report.places = run.tariff().model.places;
    report.first_day = run.days().front().date;
    report.last_day = run.days().back().date;
    report.missing = run.missing();
    report.notes = run.notes();
    (*output)->write(flags.form == "csv"    ? cost_csv(report, totals)
                     : flags.form == "json" ? cost_json(report, totals)
                     : flags.form == "yaml"
                         ? cost_yaml(report, totals)
                         : cost_table(report, totals, look_of(session, flags.out)));
    session.say(report.first_day + " to " + report.last_day + " in " + report.currency + ", " +
                counted(totals.total().records, "record"));
    return tell_end(session, run, **output);
}

void add_form_flags(CLI::App& command, ReportFlags& flags) {
    add_cost_flags(command, flags.cost);
    command
        .add_option("--by", flags.by,
                    "Group by date, month, account, cluster, project, owner, product, "
                    "usage_type, resource, region, model, basis or category:KEY; may be repeated")
        ->allow_extra_args(false)
        ->delimiter(',')
        ->type_name("WHAT");
    command.add_option("-o,--output", flags.form, "table, csv, json or yaml")
        ->check(CLI::IsMember({"table", "csv", "json", "yaml"}).description(""))
        ->type_name("FORM");
    command.add_option("--out", flags.out, "Write into this file instead of standard output")
        ->type_name("FILE");
}

}  // namespace

void add_cost_report(CLI::App& parent, Session& session) {
    CLI::App* const command = parent.add_subcommand("report", "What it cost, by cluster or else");
    auto flags = std::make_shared<ReportFlags>();
    add_form_flags(*command, *flags);
    command->add_flag("--focus", flags->is_focus,
                      "Every record, as CSV with the columns of FOCUS 1.x");
    command->callback([&session, flags] {
        if (flags->by.empty()) {
            flags->by = {"cluster"};
        }
        session.action = [&session, flags] { return print_report(session, *flags); };
    });
}

void add_cost_idle(CLI::App& parent, Session& session) {
    CLI::App* const command = parent.add_subcommand("idle", "What is paid for and used by nobody");
    auto flags = std::make_shared<ReportFlags>();
    flags->is_idle_only = true;
    add_form_flags(*command, *flags);
    command->callback([&session, flags] {
        if (flags->by.empty()) {
            flags->by = {"cluster", "usage_type"};
        }
        session.action = [&session, flags] { return print_report(session, *flags); };
    });
}

}  // namespace pf::host::cli
