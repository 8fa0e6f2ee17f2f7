#include "tests/prism_sim/v3/account.hpp"

#include <optional>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/v3/envelope.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kPolicies = 1000;  // apart from the protection policies
constexpr std::uint64_t kRoles = 2000;

Uuid policy_id(const World& world, std::size_t i) {
    return make_uuid(world.seed(), Kind::policy, kPolicies + i);
}
Uuid role_id(const World& world, std::size_t i) {
    return make_uuid(world.seed(), Kind::policy, kRoles + i);
}

void close_entity(JsonWriter& out, std::string_view kind, const Uuid& id) {
    out.open("metadata");
    out.plain("kind", kind);
    out.uuid("uuid", id);
    out.close();
    out.plain("api_version", kApiVersion);
    out.close();
}

void answer_me(const Config& config, const World& world, Response& response) {
    const auto& roles = config.access.account_roles;
    JsonWriter out(response.body);
    out.open_item();
    out.open("status");
    out.plain("state", "COMPLETE");
    out.text("name", config.user);
    out.open("resources");
    out.text("display_name", config.user);
    if (!roles.empty()) {
        out.open_list("access_control_policy_reference_list");
        for (std::size_t i = 0; i < roles.size(); ++i)
            reference_item(out, "access_control_policy", policy_id(world, i));
        out.close_list();
    }
    out.close();
    out.close();
    close_entity(out, "user", world.users[0].id);
}

// Every second policy names its role; the others give its id only.
void answer_policy(const Config& config, const World& world, std::size_t i, Response& response) {
    JsonWriter out(response.body);
    out.open_item();
    out.open("status");
    out.plain("state", "COMPLETE");
    out.open("resources");
    reference(out, "role_reference", "role", role_id(world, i),
              i % 2 == 0 ? std::string_view(config.access.account_roles[i]) : std::string_view());
    out.close();
    out.close();
    close_entity(out, "access_control_policy", policy_id(world, i));
}

void answer_role(const Config& config, const World& world, std::size_t i, Response& response) {
    JsonWriter out(response.body);
    out.open_item();
    out.open("status");
    out.plain("state", "COMPLETE");
    out.text("name", config.access.account_roles[i]);
    out.close();
    close_entity(out, "role", role_id(world, i));
}

}  // namespace

bool answer_account(const Config& config, const World& world, std::string_view path,
                    Response& response) {
    if (path == "users/me") {
        answer_me(config, world, response);
        return true;
    }
    const std::size_t slash = path.find('/');
    const auto id = slash == path.npos ? std::nullopt : parse_uuid(path.substr(slash + 1));
    for (std::size_t i = 0; id && i < config.access.account_roles.size(); ++i) {
        if (path.starts_with("access_control_policies/") && *id == policy_id(world, i)) {
            answer_policy(config, world, i, response);
            return true;
        }
        if (path.starts_with("roles/") && *id == role_id(world, i)) {
            answer_role(config, world, i, response);
            return true;
        }
    }
    return false;
}

}  // namespace pf::sim::v3
