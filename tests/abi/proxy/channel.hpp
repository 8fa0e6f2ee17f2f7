// Channel: carries frames from one side of the proxy to the other and the answer back. It copies
// both, so that no pointer of one side can be of use to the other.
#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "tests/abi/proxy/frames.hpp"

namespace pf::test {

class Channel {
  public:
    // Who answers; set once, before the first ask().
    void serve(std::function<Bytes(FrameReader)> server) { server_ = std::move(server); }

    // Sends a frame and waits for the answer. Any thread.
    Bytes ask(const FrameWriter& frame) {
        ++frames_;
        const Bytes sent = frame.bytes();
        return Bytes(server_(FrameReader(sent)));
    }

    // How many frames went through.
    std::uint64_t frames() const noexcept { return frames_; }

  private:
    std::function<Bytes(FrameReader)> server_;
    std::atomic<std::uint64_t> frames_ = 0;
};

// Both directions.
struct Wire {
    Channel to_module;
    Channel to_host;
};

}  // namespace pf::test
