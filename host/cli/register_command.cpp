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
    std::vector<std::string> roles;
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

// Where the webhooks that were made take events. Nothing keeps it for later.
Status tell_addresses(const Session& session, const RegisterFlags& flags,
                      const std::vector<cloudforet::Step>& steps) {
    const std::string text = webhook_text(steps, flags.activation.webhook_address);
    if (text.empty()) {
        return {};
    }
    if (flags.form != "table") {
        session.say(
            "the addresses of the new webhooks are not in this form; CloudForet's console shows "
            "them to those who may see the webhooks");
        return {};
    }
    auto output = Output::open("");
    if (!output) {
        return output.status();
    }
    (*output)->write(text);
    return (*output)->commit();
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
    const int code = done.ok() ? show(session, flags, *steps, true) : session.fail(done);
    // Also when it broke off behind them: no later run tells.
    const Status told = tell_addresses(session, flags, *steps);
    return told.ok() ? code : session.fail(told);
}

// A cost model as CloudForet keeps it.
struct CostModelText {
    std::string document;  // JSON text of an object; empty: there is none
    std::string currency;
};

Result<CostModelText> cost_model_of(const RegisterFlags& flags) {
    const auto text = app::read_file(flags.cost_model, cost::largest_cost_model);
    if (!text) {
        return text.status();
    }
    const auto document = cost::portable_cost_model(*text, flags.cost_model);
    if (!document) {
        return document.status();
    }
    const auto model = cost::read_cost_model(*document, flags.cost_model);
    if (!model) {
        return model.status();
    }
    return CostModelText{*document, model->currency};
}

// What the flags say of the plugins, or ERROR_USAGE.
Result<cloudforet::RegistrationWish> wish_of(const RegisterFlags& flags,
                                             const app::Config& config) {
    cloudforet::RegistrationWish wish;
    auto roles = roles_of(flags.roles);
    if (!roles) {
        return roles.status();
    }
    wish.roles = std::move(*roles);
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
    return wish;
}

// The dashboard of costs, which needs the data source among `items`.
void add_cost_dashboard(const cloudforet::RegistrationWish& wish, const std::string& currency,
                        std::vector<cloudforet::Item>& items) {
    const auto source = std::find_if(items.begin(), items.end(), [](const auto& item) {
        return item.task == cloudforet::cost_source_task;
    });
    const auto role = std::find_if(wish.roles.begin(), wish.roles.end(), [](const auto& one) {
        return one.resource_type == "cost_analysis.DataSource";
    });
    if (!wish.has_dashboards || source == items.end() || role == wish.roles.end()) {
        return;
    }
    const cloudforet::Item dashboard = cloudforet::cost_dashboard_item(
        {cloudforet::reference_to(cloudforet::cost_source_task, "data_source_id"),
         std::string(role->plugin_id), currency});
    items.push_back(wish.has_private_dashboards ? cloudforet::private_dashboard(dashboard)
                                                : dashboard);
}

// What --activate adds.
Result<std::vector<cloudforet::Item>> items_to_activate(
    Session& session, const RegisterFlags& flags, const cloudforet::RegistrationWish& wish,
    app::Config& config, const std::string& cost_model, const Stop& stop) {
    auto complete = app::fetch_secrets(config, flags.activation.targets, stop);
    if (!complete) {
        return complete.status();
    }
    config.targets = std::move(*complete);
    auto activation = activation_of(flags.activation, config);
    if (!activation) {
        return activation.status();
    }
    activation->roles = wish.roles;
    activation->sources.are_asked_for = !flags.roles.empty();
    activation->sources.cost_model = cost_model;
    for (const cloudforet::UnusedRole& unused : cloudforet::unused_roles(*activation)) {
        const std::string role(unused.role.role);
        if (activation->sources.are_asked_for) {
            return usage_error("--roles " + role + " with --activate lacks something; " +
                               unused.lacks);
        }
        session.say("nothing is made that uses the role " + role + ": " + unused.lacks);
    }
    return cloudforet::activation_items(*activation);
}

Result<std::vector<cloudforet::Item>> items_of(Session& session, const RegisterFlags& flags,
                                               app::Config& config, const Stop& stop) {
    auto wish = wish_of(flags, config);
    if (!wish) {
        return wish.status();
    }
    std::vector<cloudforet::Item> more;
    CostModelText model;
    if (!flags.cost_model.empty()) {
        auto read = cost_model_of(flags);
        if (!read) {
            return read.status();
        }
        model = std::move(*read);
        more.push_back(cloudforet::cost_model_item(
            {flags.cost_model_name, model.document, flags.in_domain_config}));
    }
    if (flags.activates) {
        auto activated = items_to_activate(session, flags, *wish, config, model.document, stop);
        if (!activated) {
            return activated.status();
        }
        std::move(activated->begin(), activated->end(), std::back_inserter(more));
        add_cost_dashboard(*wish, model.currency, more);
    }
    if (wish->has_dashboards) {
        app::Application application(config);
        wish->outputs = installed_outputs(session, application);
    }
    std::vector<cloudforet::Item> items = cloudforet::basic_items(*wish);
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

void add_source_flags(CLI::App& command, RegisterFlags& flags, CLI::Option& activate) {
    const char* const group = "Data sources and webhooks";
    command
        .add_option("--cost-hour", flags.activation.cost_hour,
                    "When CloudForet fetches costs, hour of the day in UTC")
        ->capture_default_str()
        ->check(CLI::Range(0, 23).description(""))
        ->type_name("HOUR")
        ->group(group)
        ->needs(&activate);
    command
        .add_flag("--cost-of-targets", flags.activation.only_these_accounts,
                  "Costs of the service accounts of these targets only, instead of all of Nutanix")
        ->group(group)
        ->needs(&activate);
    command
        .add_option("--alert-service", flags.activation.alert_service,
                    "Service of CloudForet's alert manager that gets a webhook")
        ->type_name("ID")
        ->group(group)
        ->needs(&activate);
    command
        .add_option(
            "--webhook-address", flags.activation.webhook_address,
            "What stands before the path of a new webhook: https://HOST of CloudForet's REST "
            "service for webhooks")
        ->type_name("URL")
        ->group(group)
        ->needs(&activate);
}

void add_activation_flags(CLI::App& command, RegisterFlags& flags) {
    const char* const group = "To collect at once";
    CLI::Option* const activate =
        command
            .add_flag("--activate", flags.activates,
                      "Also make a service account with its credential for each configured target, "
                      "a collector with a schedule, and what uses the other roles")
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
    add_source_flags(command, flags, *activate);
}

void add_cost_flags(CLI::App& command, RegisterFlags& flags) {
    const char* const group = "What things cost";
    CLI::Option* const model =
        command
            .add_option("--cost-model", flags.cost_model,
                        "Check this cost model and keep it in CloudForet, for config://NAME; with "
                        "--activate the cost data source gets it")
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
    command
        ->add_option("--roles", flags->roles,
                     "Only the plugins of these roles, and with --activate what uses them, each of "
                     "which must be possible (default: all that are served)")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("ROLES");
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
