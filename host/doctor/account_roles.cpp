#include "host/doctor/account_roles.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace pf::host::doctor {
namespace {

using nlohmann::json;

constexpr std::size_t most_policies = 4;
constexpr std::size_t longest_name = 100;
const std::string base = "/api/nutanix/v3/";

json read(Examination& examination, const std::string& what) {
    auto answer = examination.target->send({prism::Method::get, base + what, {}}, examination.stop,
                                           examination.meter);
    return answer ? json::parse(answer->body.text(), nullptr, false) : json();
}

// The value at a path, or null.
const json& at(const json& document, std::initializer_list<const char*> path) {
    static const json nothing;
    const json* value = &document;
    for (const char* key : path) {
        const auto found = value->is_object() ? value->find(key) : value->end();
        if (!value->is_object() || found == value->end()) {
            return nothing;
        }
        value = &*found;
    }
    return *value;
}

std::string text_of(const json& value) {
    return value.is_string() ? value.get<std::string>().substr(0, longest_name) : std::string();
}

// Only what can stand in a path as an id.
std::string id_of(const json& reference) {
    const std::string id = text_of(at(reference, {"uuid"}));
    const bool is_plain = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
        return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
               (c >= 'A' && c <= 'F');
    });
    return is_plain ? id : std::string();
}

// A reference may name what it refers to, or only its id.
std::string role_of(Examination& examination, const json& policy) {
    const json& reference = at(policy, {"status", "resources", "role_reference"});
    const std::string name = text_of(at(reference, {"name"}));
    const std::string id = id_of(reference);
    return !name.empty() || id.empty()
               ? name
               : text_of(at(read(examination, "roles/" + id), {"status", "name"}));
}

}  // namespace

Reach reach_of(std::string_view role) {
    constexpr std::array<std::string_view, 2> readers = {"Viewer", "Auditor"};
    constexpr std::array<std::string_view, 6> writers = {"Admin",     "Manager", "Operator",
                                                         "Developer", "Owner",   "Consumer"};
    const auto ends = [role](std::string_view word) { return role.ends_with(word); };
    if (std::any_of(readers.begin(), readers.end(), ends)) {
        return Reach::reads;
    }
    return std::any_of(writers.begin(), writers.end(), ends) ? Reach::writes : Reach::unknown;
}

std::vector<std::string> roles_of_account(Examination& examination) {
    const json me = read(examination, "users/me");
    const json& policies = at(me, {"status", "resources", "access_control_policy_reference_list"});
    std::vector<std::string> roles;
    for (std::size_t i = 0; policies.is_array() && i < std::min(policies.size(), most_policies);
         ++i) {
        const std::string id = id_of(policies[i]);
        if (id.empty()) {
            continue;
        }
        std::string role = role_of(examination, read(examination, "access_control_policies/" + id));
        if (!role.empty() && std::find(roles.begin(), roles.end(), role) == roles.end()) {
            roles.push_back(std::move(role));
        }
    }
    return roles;
}

}  // namespace pf::host::doctor
