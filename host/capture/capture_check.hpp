// Looking through a capture: is it whole, and what is in it?
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::capture {

// What a capture holds.
struct CaptureSummary {
    std::string program;  // that made it
    std::string began;
    bool is_redacted = false;
    bool has_end = false;      // its last line is there: nothing was cut off
    bool is_complete = false;  // the collection it shows went to its end
    std::vector<std::string> targets;
    std::uint64_t exchanges = 0;
    std::uint64_t left_out = 0;  // bodies
    std::uint64_t failures = 0;  // requests without an answer
    std::uint64_t bytes = 0;     // of bodies
    std::map<int, std::uint64_t> by_status;
    std::map<std::string, std::uint64_t> by_resource;  // "GET /api/vmm/v4.3/ahv/config/vms"
};

// Reads the file line by line. FAILED_PRECONDITION (ERROR_CAPTURE) names the line that is no part
// of a capture, or the format it is in; ERROR_CONFIG_FILE when it cannot be read.
Result<CaptureSummary> check_capture(const std::string& path);

}  // namespace pf::host::capture
