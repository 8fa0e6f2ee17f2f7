// cost model check: whether a cost model can be used, and what it comes to.
#include <CLI/CLI.hpp>
#include <memory>

#include "host/app/cost_source.hpp"
#include "host/cli/cost/cost_commands.hpp"
#include "host/cli/cost/cost_run.hpp"
#include "host/cli/cost/lines_text.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"
#include "host/cli/row_flags.hpp"

namespace pf::host::cli {
namespace {

struct ModelFlags {
    CostFlags cost;
    std::string form = "table";
    bool is_filled_in = false;
};

int print(Session& session, const std::string& text) {
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    (*output)->write(text);
    const Status written = (*output)->commit();
    return written.ok() ? static_cast<int>(exit_ok) : session.fail(written);
}

// The model alone, without asking anybody: what every default was filled in as.
int print_filled_in(Session& session, const ModelFlags& flags) {
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    loaded->config.cost.model = flags.cost.model;
    auto model = app::load_cost_model(loaded->config, "");
    if (!model) {
        return session.fail(model.status());
    }
    for (const std::string& warning : model->warnings) {
        session.warn(warning);
    }
    return print(session, model->json + "\n");
}

int check(Session& session, const ModelFlags& flags) {
    if (flags.is_filled_in) {
        return print_filled_in(session, flags);
    }
    auto made = CostRun::make(session, flags.cost);
    if (!made) {
        return session.fail(made.status());
    }
    CostRun& run = **made;
    CostLines lines;
    const Status done = run.each([&](const app::Stock& stock) {
        app::Question question;
        question.what = runtime::CostWork::What::rates;
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
    const std::string& currency = run.tariff().model.currency;
    const int code =
        print(session, flags.form == "json" ? lines_json(lines, currency)
                                            : lines_table(lines, currency, look_of(session, "")));
    for (const std::string& note : run.notes()) {
        session.say(note);
    }
    return code == exit_ok ? run.exit_code() : code;
}

}  // namespace

void add_cost_model(CLI::App& parent, Session& session) {
    CLI::App* const model = parent.add_subcommand("model", "Cost models");
    model->require_subcommand(1);
    CLI::App* const command = model->add_subcommand(
        "check", "Check a cost model and print the rates it comes to, and what is unsold");
    auto flags = std::make_shared<ModelFlags>();
    command->add_option("FILE", flags->cost.model, "The cost model: a file or config://NAME")
        ->required();
    add_scope_flags(*command, flags->cost.scope);
    command
        ->add_option("--month", flags->cost.month,
                     "2026-02, or 2026-01..2026-03 (default: the current month)")
        ->type_name("MONTH");
    command->add_flag("--filled-in", flags->is_filled_in,
                      "Print the model with every default instead, and ask no Prism Central");
    command->add_option("-o,--output", flags->form, "table or json")
        ->check(CLI::IsMember({"table", "json"}).description(""))
        ->type_name("FORM");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return check(session, *flags); };
    });
}

}  // namespace pf::host::cli
