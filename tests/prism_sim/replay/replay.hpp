#pragma once
// Answers requests with what a capture has for them.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

/// All members may be called from any thread.
class Replay {
  public:
    /// Throws CaptureError. `target` picks one of several targets in the file; negative: the only
    /// one.
    Replay(const std::string& path, int target);
    ~Replay();
    Replay(const Replay&) = delete;
    Replay& operator=(const Replay&) = delete;

    /// Fills `response`: the recorded answer, or 410 with the reason why there is none.
    void answer(const Request& request, Response& response);

    /// Different requests it can answer.
    [[nodiscard]] std::size_t size() const;
    /// "capture=FILE requests=80", with a warning when the file was cut off.
    [[nodiscard]] std::string description() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pf::sim
