// What the kernel says of this process.
#pragma once

#include <cstdint>

namespace pf::host::observe {

struct ProcessFigures {
    std::uint64_t resident_bytes = 0;
    double cpu_seconds = 0;  // of all threads, user and system
    std::uint64_t open_files = 0;
    double start_seconds = 0;  // when it started, seconds since 1970
};

// What cannot be read is 0.
ProcessFigures process_figures() noexcept;

}  // namespace pf::host::observe
