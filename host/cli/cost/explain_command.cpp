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
    CostLines lines;
    std::int64_t records = 0;
    const Status done = run.each([&](const app::Stock& stock) {
        auto ids = find_ids(*stock.shapes, flags.resource);
        if (!ids) {
            return ids.status();
        }
        if (ids->size() > 1) {
            return several(flags.resource, *ids);
        }
        if (ids->empty()) {
            return Status();
        }
        // What the lines add up to is held against the records themselves.
        const Status charged = run.work_out(
            stock, {},
            std::make_shared<CostReceiver>(
                [&](const cost::Charge& charge) {
                    records += charge.resource == ids->front() ? charge.cost_micros : 0;
                    return Status();
                },
                nullptr));
        if (!charged.ok()) {
            return charged;
        }
        app::Question question;
        question.what = runtime::CostWork::What::explain;
        question.resource = ids->front();
        return run.work_out(
            stock, question,
            std::make_shared<CostReceiver>(nullptr, [&](const runtime::CostLine& line) {
                lines.add(line);
                return Status();
            }));
    });
    if (!done.ok()) {
        return session.fail(done);
    }
    if (lines.empty() && run.missing().empty()) {
        return session.fail(Status(Code::not_found, "ERROR_COST_RESOURCE",
                                   "'" + clean(flags.resource) +
                                       "' was not charged in this time; give the id or the name "
                                       "as the inventory has it"));
    }
    const std::int64_t sum = lines.sum("resource");
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    const cost::CostModel& model = run.tariff().model;
    (*output)->write(flags.form == "json"
                         ? lines_json(lines, model.currency)
                         : lines_table(lines, model.currency, look_of(session, "")));
    if (const Status written = (*output)->commit(); !written.ok()) {
        return session.fail(written);
    }
    if (sum != records) {
        return session.fail(Status(Code::internal, "ERROR_COST_EXPLANATION",
                                   "the lines add up to " + exact_amount(sum) +
                                       " but the records to " + exact_amount(records) +
                                       "; report it to the author of the cost module"));
    }
    session.say(run.days().front().date + " to " + run.days().back().date + ": " +
                exact_amount(sum) + " " + model.currency);
    return run.exit_code();
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
