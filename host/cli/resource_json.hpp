// One resource as the runtime or a server writes it, ready to be read.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <tuple>

namespace pf::host::cli {

// The resource with its data as an object, also where it came as text (json_data); an empty object
// when the text is none.
nlohmann::ordered_json parse_resource(std::string_view text);

// What tells one resource from another: CloudForet matches rows by these.
struct Identity {
    std::string provider;
    std::string group;
    std::string type;
    std::string account;
    std::string id;  // reference.resource_id; empty when the resource cannot be matched

    bool operator==(const Identity&) const = default;
    bool operator<(const Identity& other) const {
        return std::tie(provider, group, type, account, id) <
               std::tie(other.provider, other.group, other.type, other.account, other.id);
    }
};
Identity identity_of(const nlohmann::ordered_json& resource);

}  // namespace pf::host::cli
