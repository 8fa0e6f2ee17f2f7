// Figures as people read them, always with the same rounding: a figure that does not change is
// written the same in every run and by every generation of Prism's API.
#pragma once

#include <cmath>
#include <cstdint>

namespace cluster {

// Bytes in GiB, to a hundredth.
inline double gib_of(std::int64_t bytes) noexcept {
    constexpr double gib = 1024.0 * 1024.0 * 1024.0;
    return std::round(static_cast<double>(bytes) / gib * 100.0) / 100.0;
}

// Hertz in GHz, to a hundredth.
inline double ghz_of(std::int64_t hertz) noexcept {
    return std::round(static_cast<double>(hertz) / 1e7) / 100.0;
}

}  // namespace cluster
