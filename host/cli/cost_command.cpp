#include <CLI/CLI.hpp>
#include <memory>

#include "host/app/cost_source.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/cost_model_text.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"
#include "host/cli/run_setup.hpp"
#include "host/cloudforet/grpc_log.hpp"

namespace pf::host::cli {
namespace {

struct CheckFlags {
    std::string place;  // empty: what the configuration names
    std::string form = "table";
};

int check_model(Session& session, const CheckFlags& flags) {
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    if (!flags.place.empty()) {
        loaded->config.cost.model = flags.place;
    }
    const SignalStop signals;
    cloudforet::quiet_grpc();
    const auto model = app::load_cost_model(loaded->config, "", signals.stop());
    if (!model) {
        return session.fail(model.status());
    }
    for (const std::string& warning : model->warnings) {
        session.warn(warning);
    }
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    (*output)->write(flags.form == "json" ? cost_model_json(*model) : cost_model_table(*model));
    const Status written = (*output)->commit();
    return written.ok() ? static_cast<int>(exit_ok) : session.fail(written);
}

}  // namespace

void add_cost(CLI::App& root, Session& session) {
    CLI::App* const cost = root.add_subcommand("cost", "What things cost");
    cost->require_subcommand(1);
    CLI::App* const model = cost->add_subcommand("model", "Cost models");
    model->require_subcommand(1);
    CLI::App* const check = model->add_subcommand(
        "check", "Check a cost model and show every value that counts, defaults among them");
    auto flags = std::make_shared<CheckFlags>();
    check
        ->add_option("PLACE", flags->place,
                     "A file, - for standard input, or config://NAME for what CloudForet keeps; "
                     "left out: cost.model of the configuration")
        ->type_name("");
    check->add_option("-o,--output", flags->form, "table or json")
        ->check(CLI::IsMember({"table", "json"}).description(""))
        ->type_name("FORM");
    check->callback([&session, flags] {
        session.action = [&session, flags] { return check_model(session, *flags); };
    });
}

}  // namespace pf::host::cli
