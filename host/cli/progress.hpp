// Progress of a run, on standard error: a line that is drawn over, or a line now and then.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "host/base/stop.hpp"

namespace pf::host::cli {

// How far a run is.
struct ProgressState {
    std::string_view what = "rows";  // "VMs"
    std::uint64_t done = 0;
    std::uint64_t total = 0;  // 0 = unknown
    std::chrono::milliseconds elapsed{0};
    std::uint64_t retries = 0;
};

// One line of at most `width` columns (0 = no limit), with a bar when the total is known:
// "VMs 3,400/10,000 ▕███▏ 1,850/s 4 s left · 2 retries"
std::string progress_line(const ProgressState& state, std::size_t width);

// Decides when a line is due. One thread.
class Progress {
  public:
    // Nothing, one line drawn over and over, or a line every ten seconds.
    enum class Style { off, redraw, lines };
    // Shows bytes.
    using Write = std::function<void(std::string_view)>;

    // `write` gets the bytes to show.
    Progress(Style style, std::string what, std::size_t width, Write write);
    // Tells how much is done; shows it when it is time.
    void update(std::uint64_t done, Clock::time_point now = Clock::now());
    // Removes the line that is drawn over.
    void clear();

  private:
    Style style_;
    std::string what_;
    std::size_t width_;
    Write write_;
    Clock::time_point begun_ = Clock::now();
    Clock::time_point next_;
    bool is_shown_ = false;
};

}  // namespace pf::host::cli
