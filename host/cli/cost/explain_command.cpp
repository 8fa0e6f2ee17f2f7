// cost explain: how the costs of one resource come about, line by line.
#include <CLI/CLI.hpp>
#include <memory>

#include "host/cli/cost/cost_commands.hpp"
#include "host/cli/cost/cost_run.hpp"
#include "host/cli/cost/lines_text.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/human.hpp"
#include "host/cli/output.hpp"
#include "host/cli/row_flags.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

struct ExplainFlags {
    CostFlags cost;
    std::string resource;
    std::string date;
    std::string form = "table";
};

// The ids of what is called so, or has this id.
Result<std::vector<std::string>> find_ids(cost::Shapes& shapes, const std::string& wanted) {
    std::vector<std::string> ids;
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
            return ids;
        }
        const bool is_meant = shape.id == wanted || shape.name == wanted;
        if (is_meant && (ids.empty() || ids.back() != shape.id)) {
            ids.push_back(shape.id);
        }
    }
}

Status several(const std::string& name, const std::vector<std::string>& ids) {
    std::string list;
    for (std::size_t i = 0; i < ids.size() && i < 5; ++i) {
        list += (i == 0 ? "" : ", ") + ids[i];
    }
    return usage_error(counted(ids.size(), "resource") + " are called '" + clean(name) +
                       "'; give the id of one: " + list + (ids.size() > 5 ? ", ..." : ""));
}

// The lines of a resource, and what its records come to: the one is held against the other.
struct Working {
    CostLines lines;
    std::int64_t records_micros = 0;
};

Status work_out_one(CostRun& run, const app::Stock& stock, const std::string& id,
                    Working& working) {
    const auto add_record = [&](const cost::Charge& charge) {
        working.records_micros += charge.resource == id ? charge.cost_micros : 0;
        return Status();
    };
    const auto add_line = [&](const runtime::CostLine& line) {
        working.lines.add(line);
        return Status();
    };
    const Status charged =
        run.work_out(stock, {}, std::make_shared<CostReceiver>(add_record, nullptr));
    if (!charged.ok()) {
        return charged;
    }
    app::Question question;
    question.what = runtime::CostWork::What::explain;
    question.resource = id;
    return run.work_out(stock, question, std::make_shared<CostReceiver>(nullptr, add_line));
}

Result<Working> work_out(CostRun& run, const std::string& wanted) {
    Working working;
    const Status done = run.each([&](const app::Stock& stock) {
        auto ids = find_ids(*stock.shapes, wanted);
        if (!ids) {
            return ids.status();
        }
        if (ids->size() > 1) {
            return several(wanted, *ids);
        }
        return ids->empty() ? Status() : work_out_one(run, stock, ids->front(), working);
    });
    if (!done.ok()) {
        return done;
    }
    if (working.lines.empty() && run.missing().empty()) {
        return Status(Code::not_found, "ERROR_COST_RESOURCE",
                      "'" + clean(wanted) +
                          "' was not charged in this time; give the id or the name as the "
                          "inventory has it");
    }
    return working;
}

int print(Session& session, const ExplainFlags& flags, const CostRun& run, const Working& working) {
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    const std::string& currency = run.tariff().model.currency;
    (*output)->write(flags.form == "json"
                         ? lines_json(working.lines, currency)
                         : lines_table(working.lines, currency, look_of(session, "")));
    if (const Status written = (*output)->commit(); !written.ok()) {
        return session.fail(written);
    }
    const std::int64_t sum = working.lines.sum("resource");
    if (sum != working.records_micros) {
        return session.fail(Status(Code::internal, "ERROR_COST_EXPLANATION",
                                   "the lines add up to " + exact_amount(sum) +
                                       " but the records to " +
                                       exact_amount(working.records_micros) +
                                       "; report it to the author of the cost module"));
    }
    session.say(run.days().front().date + " to " + run.days().back().date + ": " +
                exact_amount(sum) + " " + currency);
    return run.exit_code();
}

int explain(Session& session, const ExplainFlags& flags) {
    auto made = CostRun::make(session, flags.cost);
    if (!made) {
        return session.fail(made.status());
    }
    CostRun& run = **made;
    if (!flags.date.empty()) {
        if (const Status kept = run.keep_day(flags.date); !kept.ok()) {
            return session.fail(kept);
        }
    }
    auto working = work_out(run, flags.resource);
    return working ? print(session, flags, run, *working) : session.fail(working.status());
}

}  // namespace

void add_cost_explain(CLI::App& parent, Session& session) {
    CLI::App* const command = parent.add_subcommand(
        "explain", "How the costs of a resource come about: formula, inputs, rates, rounding");
    auto flags = std::make_shared<ExplainFlags>();
    command->add_option("RESOURCE", flags->resource, "Its name or id")->required();
    add_cost_flags(*command, flags->cost);
    command->add_option("--date", flags->date, "Only this day (default: all days of the months)")
        ->type_name("YYYY-MM-DD");
    command->add_option("-o,--output", flags->form, "table or json")
        ->check(CLI::IsMember({"table", "json"}).description(""))
        ->type_name("FORM");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return explain(session, *flags); };
    });
}

}  // namespace pf::host::cli
