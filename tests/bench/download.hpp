// Download: the yardstick. The pages of the same list, over as many TLS sessions, only read: what
// the machine and the simulator give when nothing is done with the bytes.
#pragma once

#include <cstdint>
#include <string>

namespace pf::bench {

struct DownloadOrder {
    std::uint16_t prism_port = 0;
    std::string ca_file;
    std::uint32_t sessions = 8;
    std::uint32_t vms = 0;
};

struct Downloaded {
    std::uint64_t pages = 0;
    std::uint64_t bytes = 0;
    double seconds = 0;
    double cpu_seconds = 0;  // of the sessions' threads
    double first_page = 0;   // connecting, TLS, login and the first page, seconds
};

// Throws std::runtime_error when an answer is not what it should be.
Downloaded download(const DownloadOrder& order);

// The body of one GET of `target`. Throws std::runtime_error.
std::string fetch_text(const DownloadOrder& order, const std::string& target);

}  // namespace pf::bench
