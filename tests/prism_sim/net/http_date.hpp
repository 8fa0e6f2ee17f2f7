#pragma once
// The date form of HTTP headers: "Tue, 24 Nov 2026 20:26:14 GMT".

#include <ctime>
#include <string>

namespace pf::sim {

std::string http_date(std::time_t moment);

}  // namespace pf::sim
