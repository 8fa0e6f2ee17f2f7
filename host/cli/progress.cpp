#include "host/cli/progress.hpp"

#include <algorithm>

#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using std::chrono::milliseconds;

// What is over sooner needs no progress.
constexpr milliseconds quiet{1000};
constexpr milliseconds redraw_every{100};
constexpr milliseconds line_every{10000};
constexpr std::size_t bar_width = 20;

std::string bar(std::uint64_t done, std::uint64_t total) {
    const std::uint64_t filled = std::min<std::uint64_t>(done, total) * bar_width / total;
    std::string text = "▕";
    for (std::size_t i = 0; i < bar_width; ++i) {
        text += i < filled ? "█" : " ";
    }
    return text + "▏";
}

// Whole seconds below a minute: tenths would flicker.
std::string seconds_text(std::int64_t seconds) {
    return seconds < 60 ? std::to_string(seconds) + " s" : span_text(std::chrono::seconds(seconds));
}

}  // namespace

std::string progress_line(const ProgressState& state, std::size_t width) {
    const double seconds = static_cast<double>(state.elapsed.count()) / 1000;
    const double rate = seconds > 0 ? static_cast<double>(state.done) / seconds : 0;
    std::string text = std::string(state.what) + " " + count_text(state.done);
    const std::string speed = " " + count_text(static_cast<std::uint64_t>(rate)) + "/s";
    if (state.total > 0) {
        text += "/" + count_text(state.total) + " " + bar(state.done, state.total) + speed;
        const std::uint64_t left = state.total - std::min(state.done, state.total);
        if (rate >= 1) {
            const auto wait = static_cast<std::int64_t>(static_cast<double>(left) / rate);
            text += " " + seconds_text(wait) + " left";
        }
    } else {
        text += speed + " " + seconds_text(state.elapsed.count() / 1000);
    }
    if (state.retries > 0) {
        text += " · " + count_text(state.retries) + (state.retries == 1 ? " retry" : " retries");
    }
    return width > 0 ? clip(text, width) : text;
}

Progress::Progress(Style style, std::string what, std::size_t width, Write write)
    : style_(style),
      what_(std::move(what)),
      width_(width),
      write_(std::move(write)),
      next_(begun_ + (style == Style::lines ? line_every : quiet)) {}

void Progress::update(std::uint64_t done, Clock::time_point now) {
    if (style_ == Style::off || now < next_) {
        return;
    }
    ProgressState state;
    state.what = what_;
    state.done = done;
    state.elapsed = std::chrono::duration_cast<milliseconds>(now - begun_);
    const std::string line = progress_line(state, width_ > 1 ? width_ - 1 : 0);
    if (style_ == Style::redraw) {
        write_("\r\x1b[K" + line);
        is_shown_ = true;
        next_ = now + redraw_every;
    } else {
        write_(line + "\n");
        next_ = now + line_every;
    }
}

void Progress::clear() {
    if (is_shown_) {
        write_("\r\x1b[K");
        is_shown_ = false;
    }
}

}  // namespace pf::host::cli
