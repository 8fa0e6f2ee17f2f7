#pragma once
// RFC 3339 text of a moment, always UTC.

#include <cstdint>
#include <string_view>

namespace pf::sim {

class TimeText {
  public:
    /// `since_epoch_us`: microseconds since 1970-01-01, before the year 10000.
    explicit TimeText(std::uint64_t since_epoch_us);
    /// "2026-03-02T09:15:46.269181Z"
    [[nodiscard]] std::string_view micros() const { return {micros_, sizeof micros_}; }
    /// "2026-03-02T09:15:46Z"
    [[nodiscard]] std::string_view seconds() const { return {seconds_, sizeof seconds_}; }

  private:
    char micros_[27];
    char seconds_[20];
};

}  // namespace pf::sim
