#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/app/process.hpp"
#include "host/app/secret_fetch.hpp"
#include "host/app/secret_source.hpp"
#include "host/cli/bounded_json.hpp"
#include "host/cli/cloudforet_flags.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"
#include "host/cli/run_setup.hpp"
#include "host/cli/text.hpp"
#include "host/cloudforet/client/service_client.hpp"
#include "host/cloudforet/grpc_log.hpp"
#include "host/cloudforet/registration/items.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::cli {
namespace {

struct SecretFlags {
    CloudforetFlags cloudforet;
    std::string name;
    std::string host;
    std::string username;
    std::string schema;
    std::string group = "DOMAIN";
    std::string project;
    bool is_of_user = false;
};

using Json = nlohmann::ordered_json;

// From standard input, or from a person who sees nothing of what is typed.
Result<Secret> read_input(const std::string& prompt) {
    if (is_terminal(STDIN_FILENO)) {
        return Secret(ask_secret(prompt));
    }
    std::vector<std::string> warnings;
    return app::read_secret("-", warnings);
}

// Name and password from flag and input, or a whole object from input.
Result<Secret> secret_text(const SecretFlags& flags) {
    if (!flags.host.empty() && flags.username.empty()) {
        return usage_error("--host needs a user; --username NAME, the password is asked for");
    }
    if (flags.host.empty() && is_terminal(STDIN_FILENO)) {
        return usage_error(
            "there is no secret; --host and --username to be asked for the password, or a JSON "
            "object on standard input");
    }
    auto input = read_input("Password of " + flags.username + ": ");
    if (!input) {
        return input.status();
    }
    if (input->empty()) {
        return usage_error("there is no secret on standard input; a password, or a JSON object");
    }
    if (!flags.host.empty()) {
        observe::register_login(flags.username, input->reveal());
        const Json data = {{"host", flags.host},
                           {"username", flags.username},
                           {"password", std::string(input->reveal())}};
        return Secret(data.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    const Json data = parse_bounded(input->reveal());
    if (!data.is_object() || data.empty()) {
        return usage_error(
            "what is on standard input is no JSON object; {\"host\": ..., \"username\": ..., "
            "\"password\": ...}, or give --host and --username");
    }
    app::register_secret_data(input->reveal());
    return input;
}

cloudforet::ServiceCall call_of(const SecretFlags& flags, const Secret& data) {
    Json request = {{"name", flags.name}, {"data", parse_bounded(data.reveal())}};
    if (!flags.schema.empty()) {
        request["schema_id"] = flags.schema;
    }
    if (flags.is_of_user) {
        return {"spaceone.api.user_secret.v1.UserSecret", "create", request.dump(),
                "a user's own token, which the console or Token.issue gives, in "
                "cloudforet.user_token_file or --user-token-file; an app's does not do"};
    }
    request["resource_group"] = flags.group;
    if (!flags.project.empty()) {
        request["project_id"] = flags.project;
    }
    const char* const needs =
        flags.group == "DOMAIN"
            ? "the token of a domain administrator in cloudforet.token_file or --token-file"
            : "the token of a workspace in cloudforet.workspace_token_file or "
              "--workspace-token-file";
    return {"spaceone.api.secret.v1.Secret", "create", request.dump(), needs};
}

const Secret& token_of(const SecretFlags& flags, const app::CloudforetConfig& config) {
    if (flags.is_of_user) {
        return config.user_token;
    }
    return flags.group == "DOMAIN" || config.workspace_token.empty() ? config.token
                                                                     : config.workspace_token;
}

int create_secret(Session& session, const SecretFlags& flags) {
    app::protect_memory();
    auto loaded = session.load(cloudforet_overrides(flags.cloudforet));
    if (!loaded) {
        return session.fail(loaded.status());
    }
    if (flags.group == "PROJECT" && flags.project.empty()) {
        return session.fail(usage_error("--resource-group PROJECT needs a project; --project ID"));
    }
    auto data = secret_text(flags);
    if (!data) {
        return session.fail(data.status());
    }
    const SignalStop signals;
    cloudforet::quiet_grpc();
    const app::CloudforetConfig& config = loaded->config.cloudforet;
    cloudforet::ServiceClient client(app::service_access(config, token_of(flags, config)));
    const auto answer = client.call(call_of(flags, *data), signals.stop());
    if (!answer) {
        return session.fail(answer.status());
    }
    const Json made = parse_bounded(*answer);
    const std::string id = made.value(flags.is_of_user ? "user_secret_id" : "secret_id", "");
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    (*output)->write(clean(id) + "\n");
    session.say(flags.is_of_user
                    ? "the secret is made; it is only for its user"
                    : "the secret is made; a target uses it by auth.secret: secret://" + clean(id));
    const Status written = (*output)->commit();
    return written.ok() ? static_cast<int>(exit_ok) : session.fail(written);
}

void add_create(CLI::App& parent, Session& session) {
    CLI::App* const command = parent.add_subcommand(
        "create", "Put a credential into CloudForet; it comes from standard input or is asked for");
    auto flags = std::make_shared<SecretFlags>();
    command->add_option("NAME", flags->name, "Name of the secret")->required();
    command->add_option("--host", flags->host, "The Prism Central it is for")->type_name("HOST");
    command
        ->add_option("-u,--username", flags->username, "A Prism user; only the password is secret")
        ->type_name("NAME");
    command
        ->add_option("--schema", flags->schema,
                     "Schema of the secret, e.g. " + std::string(cloudforet::secret_schema))
        ->type_name("ID");
    command->add_option("--resource-group", flags->group, "DOMAIN, WORKSPACE or PROJECT")
        ->capture_default_str()
        ->check(CLI::IsMember({"DOMAIN", "WORKSPACE", "PROJECT"}).description(""))
        ->type_name("GROUP");
    command->add_option("--project", flags->project, "Project that it belongs to")->type_name("ID");
    command->add_flag("--user", flags->is_of_user,
                      "A secret of one user (UserSecret), e.g. for a notification channel");
    add_cloudforet_flags(*command, flags->cloudforet);
    add_workspace_flag(*command, flags->cloudforet);
    add_user_flag(*command, flags->cloudforet);
    command->callback([&session, flags] {
        session.action = [&session, flags] { return create_secret(session, *flags); };
    });
}

}  // namespace

void add_secret(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand("secret", "Secrets that CloudForet keeps");
    command->require_subcommand(1);
    add_create(*command, session);
}

}  // namespace pf::host::cli
