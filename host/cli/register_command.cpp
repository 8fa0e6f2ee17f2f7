#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>

#include "host/app/application.hpp"
#include "host/app/process.hpp"
#include "host/app/secret_fetch.hpp"
#include "host/app/secret_source.hpp"
#include "host/cli/activation.hpp"
#include "host/cli/cloudforet_flags.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"
#include "host/cli/register_text.hpp"
#include "host/cli/run_setup.hpp"
#include "host/cli/text.hpp"
#include "host/cloudforet/client/service_client.hpp"
#include "host/cloudforet/grpc_log.hpp"
#include "host/cost/model/cost_model.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::cli {
namespace {

struct RegisterFlags {
    CloudforetFlags cloudforet;
    std::string image_prefix;
    std::string registry_type = "DOCKER_HUB";
    std::string icon_url;
    std::string form = "table";
    std::string export_directory;
    bool is_dry = false;
    bool no_dashboards = false;
    bool replaces = false;
    bool are_dashboards_private = false;
    bool rotates = false;
    std::string role;
    bool activates = false;
    ActivationFlags activation;
    std::string cost_model;  // path
    std::string cost_model_name{cloudforet::cost_model_name};
    bool in_domain_config = false;
};

// What the modules of this installation make. A module that is refused would leave its dashboards
// out without a word, so it is told.
std::vector<services::Output> installed_outputs(const Session& session,
                                                app::Application& application) {
    for (const runtime::Modules::Entry& entry : application.modules().entries()) {
        if (!entry.refusal.ok()) {
            session.warn("module " + entry.name +
                         " is not in service, so there is no dashboard "
                         "of it: " +
                         entry.refusal.message());
        }
    }
    std::vector<services::Output> outputs;
    for (const runtime::Modules::Kind& kind : application.modules().kinds()) {
        outputs.push_back(kind.description());
    }
    if (outputs.empty()) {
        session.warn(
            "no module is in service, so there are no dashboards; modules.dir in the "
            "configuration names their directory");
    }
    return outputs;
}

int show(Session& session, const RegisterFlags& flags, const std::vector<cloudforet::Step>& steps,
         bool is_done) {
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    TableLook look;
    look.width = output_width(STDOUT_FILENO, session.environment());
    look.has_colour = has_colour(STDOUT_FILENO, session.colour(), session.environment());
    const std::string text = flags.form == "json"   ? cli::register_json(steps, is_done)
                             : flags.form == "yaml" ? cli::register_yaml(steps, is_done)
                                                    : register_table(steps, is_done, look);
    (*output)->write(observe::redact(text));
    const Status written = (*output)->commit();
    return written.ok() ? static_cast<int>(exit_ok) : session.fail(written);
}

int carry_out(Session& session, const RegisterFlags& flags, const app::Config& config,
              std::vector<cloudforet::Item> items, const Stop& stop) {
    const app::CloudforetConfig& where = config.cloudforet;
    const Secret& domain_token = where.token.empty() ? where.workspace_token : where.token;
    const Secret& workspace_token =
        where.workspace_token.empty() ? where.token : where.workspace_token;
    cloudforet::ServiceClient domain(app::service_access(where, domain_token));
    cloudforet::ServiceClient workspace(app::service_access(where, workspace_token));
    cloudforet::ServiceClient user(app::service_access(where, where.user_token));
    const cloudforet::Registrar registrar(
        {.domain = cloudforet::access_with(domain, domain_token.reveal()),
         .workspace = cloudforet::access_with(workspace, workspace_token.reveal()),
         .user = cloudforet::access_with(user, where.user_token.reveal()),
         .replaces = flags.replaces,
         .rotates = flags.rotates});
    auto steps = registrar.examine(std::move(items), stop);
    if (!steps) {
        return session.fail(steps.status());
    }
    if (flags.is_dry) {
        return show(session, flags, *steps, false);
    }
    const Status done = registrar.apply(
        *steps,
        [&session](const cloudforet::Step& step) {
            session.say(clean(std::string(cloudforet::action_name(step.action)) + " " +
                              step.item.kind + " " + step.item.name));
        },
        stop);
    if (!done.ok()) {
        return session.fail(done);
    }
    return show(session, flags, *steps, true);
}

Result<cloudforet::Item> cost_model_of(const RegisterFlags& flags) {
    const auto text = app::read_file(flags.cost_model, cost::largest_cost_model);
    if (!text) {
        return text.status();
    }
    const auto document = cost::portable_cost_model(*text, flags.cost_model);
    if (!document) {
        return document.status();
    }
    return cloudforet::cost_model_item({flags.cost_model_name, *document, flags.in_domain_config});
}

Result<std::vector<cloudforet::Item>> items_of(Session& session, const RegisterFlags& flags,
                                               app::Config& config, const Stop& stop) {
    cloudforet::RegistrationWish wish;
    wish.image_prefix = flags.image_prefix;
    while (wish.image_prefix.ends_with('/')) {
        wish.image_prefix.pop_back();
    }
    if (wish.image_prefix.empty()) {
        return usage_error(
            "it is not known where the images are; --image-prefix ORGANISATION, what stands before "
            "/plugin-nutanix-inven-collector in the registry");
    }
    wish.registry_type = flags.registry_type;
    wish.icon_url = flags.icon_url;
    wish.has_dashboards = !flags.no_dashboards;
    wish.has_private_dashboards = flags.are_dashboards_private;
    wish.role = flags.role;
    if (wish.has_private_dashboards && flags.export_directory.empty() &&
        config.cloudforet.user_token.empty()) {
        return usage_error(
            "--private-dashboards are of one user, and there is no token of one; "
            "--user-token-file FILE, or cloudforet.user_token_file");
    }
    std::vector<cloudforet::Item> more;
    if (!flags.cost_model.empty()) {
        auto model = cost_model_of(flags);
        if (!model) {
            return model.status();
        }
        more.push_back(std::move(*model));
    }
    if (flags.activates) {
        auto complete = app::fetch_secrets(config, flags.activation.targets, stop);
        if (!complete) {
            return complete.status();
        }
        config.targets = std::move(*complete);
        auto activation = activation_of(flags.activation, config);
        if (!activation) {
            return activation.status();
        }
        for (cloudforet::Item& item : cloudforet::activation_items(*activation)) {
            more.push_back(std::move(item));
        }
    }
    if (wish.has_dashboards) {
        app::Application application(config);
        wish.outputs = installed_outputs(session, application);
    }
    std::vector<cloudforet::Item> items = cloudforet::basic_items(wish);
    std::move(more.begin(), more.end(), std::back_inserter(items));
    return items;
}

int run_register(Session& session, const RegisterFlags& flags) {
    app::protect_memory();
    auto loaded = session.load(cloudforet_overrides(flags.cloudforet));
    if (!loaded) {
        return session.fail(loaded.status());
    }
    const SignalStop signals;
    cloudforet::quiet_grpc();
    auto items = items_of(session, flags, loaded->config, signals.stop());
    if (!items) {
        return session.fail(items.status());
    }
    if (!flags.export_directory.empty()) {
        const Status written = export_items(*items, flags.export_directory);
        if (!written.ok()) {
            return session.fail(written);
        }
        session.say(std::to_string(items->size()) + " files and tasks.yaml are in " +
                    clean(flags.export_directory) + "; CloudForet was not asked");
        return exit_ok;
    }
    const int code = carry_out(session, flags, loaded->config, std::move(*items), signals.stop());
    return signals.received() != 0 ? exit_code_of_signal(signals.received()) : code;
}

void add_activation_flags(CLI::App& command, RegisterFlags& flags) {
    const char* const group = "To collect at once";
    CLI::Option* const activate =
        command
            .add_flag("--activate", flags.activates,
                      "Also make a service account with its credential for each configured target, "
                      "and a collector with a schedule")
            ->group(group);
    command
        .add_flag("--rotate-secret", flags.rotates,
                  "Give the secrets of service accounts that are there the credentials of now")
        ->group(group)
        ->needs(activate);
    command.add_option("--project", flags.activation.project, "Project of the service accounts")
        ->type_name("ID")
        ->group(group)
        ->needs(activate);
    command
        .add_option("-t,--target", flags.activation.targets, "Only this target; may be repeated")
        ->allow_extra_args(false)
        ->type_name("NAME")
        ->group(group)
        ->needs(activate);
    command.add_option("--collector", flags.activation.collector, "Name of the collector")
        ->capture_default_str()
        ->type_name("NAME")
        ->group(group)
        ->needs(activate);
    command
        .add_option("--hours", flags.activation.hours,
                    "When it starts, in UTC; CloudForet allows two hours a day (default: 0,12)")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("HOURS")
        ->group(group)
        ->needs(activate);
}

void add_cost_flags(CLI::App& command, RegisterFlags& flags) {
    const char* const group = "What things cost";
    CLI::Option* const model =
        command
            .add_option("--cost-model", flags.cost_model,
                        "Check this cost model and keep it in CloudForet, for config://NAME")
            ->type_name("FILE")
            ->group(group);
    command.add_option("--cost-model-name", flags.cost_model_name, "Name of that configuration")
        ->capture_default_str()
        ->type_name("NAME")
        ->group(group)
        ->needs(model);
    command
        .add_flag("--domain-config", flags.in_domain_config,
                  "Make it a DomainConfig, which only administrators of the domain can read, "
                  "instead of a SharedConfig")
        ->group(group)
        ->needs(model);
}

}  // namespace

void add_register(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "register", "Make this plugin known to CloudForet: provider, schemas, plugin, dashboards");
    auto flags = std::make_shared<RegisterFlags>();
    command
        ->add_option("--image-prefix", flags->image_prefix,
                     "What stands before /plugin-nutanix-inven-collector in the registry")
        ->type_name("TEXT");
    command
        ->add_option("--registry-type", flags->registry_type,
                     "DOCKER_HUB, HARBOR, GITHUB, AWS_PRIVATE_ECR or GCP_PRIVATE_GCR")
        ->capture_default_str()
        ->check(
            CLI::IsMember({"DOCKER_HUB", "HARBOR", "GITHUB", "AWS_PRIVATE_ECR", "GCP_PRIVATE_GCR"})
                .description(""))
        ->type_name("TYPE");
    command
        ->add_option("--icon-url", flags->icon_url,
                     "Icon of the provider, instead of one inside this program")
        ->type_name("URL");
    command->add_flag("--no-dashboards", flags->no_dashboards, "Make no dashboards");
    command
        ->add_flag("--private-dashboards", flags->are_dashboards_private,
                   "Make the dashboards for one user alone, with that user's own token")
        ->excludes("--no-dashboards");
    command->add_flag("--replace-dashboards", flags->replaces,
                      "Make dashboards anew that were made from other metrics");
    command
        ->add_option("--role", flags->role,
                     "Also make a role of this name for people who look at Nutanix resources")
        ->type_name("NAME");
    command->add_flag("--dry-run", flags->is_dry, "Only show what would be done");
    command
        ->add_option("-o,--output", flags->form, "table, or json or yaml with the whole documents")
        ->check(CLI::IsMember({"table", "json", "yaml"}).description(""))
        ->type_name("FORM");
    command
        ->add_option("--export", flags->export_directory,
                     "Ask nobody; write files for spacectl and cfctl into this directory instead")
        ->type_name("DIR");
    add_activation_flags(*command, *flags);
    add_cost_flags(*command, *flags);
    add_cloudforet_flags(*command, flags->cloudforet);
    add_workspace_flag(*command, flags->cloudforet);
    add_user_flag(*command, flags->cloudforet);
    command->callback([&session, flags] {
        session.action = [&session, flags] { return run_register(session, *flags); };
    });
}

}  // namespace pf::host::cli
