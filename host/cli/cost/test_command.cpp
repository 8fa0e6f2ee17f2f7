// cost test: an operator's own examples, held against the cost module. Asks no Prism Central.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "host/app/process.hpp"
#include "host/cli/cost/amount.hpp"
#include "host/cli/cost/cost_commands.hpp"
#include "host/cli/cost/cost_run.hpp"
#include "host/cli/cost/test_scene.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/human.hpp"
#include "host/cli/output.hpp"
#include "host/cli/row_flags.hpp"

namespace pf::host::cli {
namespace {

std::string outcome_table(const std::vector<Expectations::Outcome>& outcomes,
                          const TableLook& look) {
    Table table({{"RESULT", false},
                 {"EXPECTED", true},
                 {"ACTUAL", true},
                 {"RECORDS", true},
                 {"WHAT", false}});
    for (const Expectations::Outcome& outcome : outcomes) {
        table.add({{outcome.is_met ? "ok" : "WRONG", outcome.is_met ? Tint::green : Tint::red},
                   {exact_amount(outcome.expected_micros), Tint::none},
                   {exact_amount(outcome.actual_micros), Tint::none},
                   {count_text(outcome.records), Tint::none},
                   {outcome.what, Tint::none}});
    }
    return table.text(look);
}

int test(Session& session, const std::string& path) {
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    auto scene = read_test_scene(path);
    if (!scene) {
        return session.fail(scene.status());
    }
    const SignalStop signals;
    app::Application application(loaded->config);
    const runtime::CostOutcome outcome = app::work_out(
        application, scene->tariff, scene->days, std::make_shared<TextShapes>(scene->shapes), {},
        std::make_shared<CostReceiver>(
            [&](const cost::Charge& charge) {
                scene->expectations.add(charge);
                return Status();
            },
            nullptr),
        signals.stop());
    if (!outcome.end.ok()) {
        return session.fail(outcome.end);
    }
    const auto outcomes = scene->expectations.outcomes();
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    (*output)->write(outcome_table(outcomes, look_of(session, "")));
    if (const Status written = (*output)->commit(); !written.ok()) {
        return session.fail(written);
    }
    for (const services::Finding& note : outcome.notes) {
        session.say(note.code + ": " + note.text);
    }
    const auto met = static_cast<std::size_t>(std::count_if(
        outcomes.begin(), outcomes.end(), [](const auto& one) { return one.is_met; }));
    session.say(std::to_string(met) + " of " + counted(outcomes.size(), "figure") + " as expected");
    return met == outcomes.size() ? exit_ok : exit_failed;
}

}  // namespace

void add_cost_test(CLI::App& parent, Session& session) {
    CLI::App* const command = parent.add_subcommand(
        "test", "Hold your own expected figures against a cost model; 0 all met, 1 not");
    auto path = std::make_shared<std::string>();
    command->add_option("FILE", *path, "Model, resources and expected costs; see docs/cost.md")
        ->required();
    command->callback(
        [&session, path] { session.action = [&session, path] { return test(session, *path); }; });
}

}  // namespace pf::host::cli
