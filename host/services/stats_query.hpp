// The part of a request that asks Prism's API v4 for statistics of a span of time.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace pf::host::services {

// A text as a part of a URL: all but letters, digits and - . _ ~ as %XX.
std::string percent_encoded(std::string_view text);

// "%24startTime=..&%24endTime=..&%24samplingInterval=..&%24statType=..&%24select=..". `type` is one
// of SUM, MIN, MAX, AVG, COUNT, LAST. An unselected answer is a hundred times as large, so `select`
// is never empty.
std::string stats_query(std::chrono::sys_seconds from, std::chrono::sys_seconds to,
                        std::chrono::seconds step, std::string_view type,
                        const std::vector<std::string>& select);

}  // namespace pf::host::services
