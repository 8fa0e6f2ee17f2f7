// The ledger of a run as a line that fits into trailing metadata.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pf::host::cloudforet {

// `json` is RunReport::to_json(). The result is ASCII (metadata allows nothing else) and at most
// `limit` bytes: first "lists" is left out, then notes and reasons are cut, last of all dropped;
// "shortened": true tells of it. The counts always stay. Text that is no object becomes "{}".
std::string shorten_ledger(std::string_view json, std::size_t limit);

}  // namespace pf::host::cloudforet
