// cost model check: whether a cost model can be used, and what it comes to.
#include <CLI/CLI.hpp>
#include <memory>

#include "host/app/cost_source.hpp"
#include "host/cli/cost/cost_commands.hpp"
#include "host/cli/cost/cost_run.hpp"
#include "host/cli/cost/lines_text.hpp"
#include "host/cli/cost_model_text.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"
#include "host/cli/row_flags.hpp"
#include "host/cloudforet/grpc_log.hpp"

namespace pf::host::cli {
namespace {

struct ModelFlags {
    CostFlags cost;
    std::string form = "table";
    bool shows_values = false;
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

Result<cost::CostModel> load_model(const Session& session, app::Config& config,
                                   const std::string& place) {
    if (!place.empty()) {
        config.cost.model = place;
    }
    cloudforet::quiet_grpc();
    auto model = app::load_cost_model(config, "");
    if (model) {
        for (const std::string& warning : model->warnings) {
            session.warn(warning);
        }
    }
    return model;
}

int print_lines(Session& session, const ModelFlags& flags, const CostLines& lines,
                const std::string& currency) {
    return print(session, flags.form == "json"
                              ? lines_json(lines, currency)
                              : lines_table(lines, currency, look_of(session, "")));
}

std::shared_ptr<CostReceiver> keep_in(CostLines& lines) {
    return std::make_shared<CostReceiver>(nullptr, [&lines](const runtime::CostLine& line) {
        lines.add(line);
        return Status();
    });
}

// The model as it is, without any Prism Central: every value that counts.
int print_values(Session& session, const ModelFlags& flags, app::Config& config) {
    auto model = load_model(session, config, flags.cost.model);
    if (!model) {
        return session.fail(model.status());
    }
    return print(session,
                 flags.form == "json" ? cost_model_json(*model) : cost_model_table(*model));
}

int check(Session& session, const ModelFlags& flags) {
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    const bool has_target = !loaded->config.targets.empty() ||
                            !flags.cost.scope.target.host.empty() ||
                            !flags.cost.scope.target.secret_file.empty();
    if (flags.shows_values || !has_target) {
        return print_values(session, flags, loaded->config);
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
        return run.work_out(stock, question, keep_in(lines));
    });
    if (!done.ok()) {
        return session.fail(done);
    }
    const int code = print_lines(session, flags, lines, run.tariff().model.currency);
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
        "check",
        "Check a cost model and print the rates it comes to and what is unsold; where no Prism "
        "Central is configured, every value that counts");
    auto flags = std::make_shared<ModelFlags>();
    command
        ->add_option("PLACE", flags->cost.model,
                     "A file, - for standard input, or config://NAME for what CloudForet keeps "
                     "(default: cost.model of the configuration)")
        ->type_name("");
    add_scope_flags(*command, flags->cost.scope);
    command
        ->add_option("--month", flags->cost.month,
                     "2026-02, or 2026-01..2026-03 (default: the current month)")
        ->type_name("MONTH");
    command->add_flag("--values", flags->shows_values,
                      "Print every value that counts, defaults among them, and ask nobody");
    command->add_option("-o,--output", flags->form, "table or json")
        ->check(CLI::IsMember({"table", "json"}).description(""))
        ->type_name("FORM");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return check(session, *flags); };
    });
}

}  // namespace pf::host::cli
