// The roles of the account, as far as Prism tells them to the account itself.
#pragma once

#include <string>
#include <vector>

#include "host/doctor/examination.hpp"

namespace pf::host::doctor {

// What a role may do with what it sees, by its name.
enum class Reach : std::uint8_t { reads, writes, unknown };

// "Prism Viewer" reads; "Super Admin" writes; a name of an operator's own says nothing.
Reach reach_of(std::string_view role);

// Names of the roles, by API v3: the account's own entry and the policies it names. Empty when this
// Prism does not show them. At most a handful of requests.
std::vector<std::string> roles_of_account(Examination& examination);

}  // namespace pf::host::doctor
