// Inventory and Setup: what a module that brings resources derives from, and is created with.
#pragma once

#include <string_view>

#include "prismforet/abi/host.h"
#include "prismforet/abi/inventory.h"
#include "prismforet/cpp/call.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf {

// What the constructor of a module may look at. It dies when the constructor returns.
class Setup {
  public:
    // Made by the SDK.
    Setup(const pf_host* host, Value config) noexcept : host_(host), config_(config) {}

    // The module's configuration, an object that the host has checked against config_schema.
    Value config() const noexcept { return config_; }

    // Writes a log line; `level` is one of PF_LOG_*.
    void log(std::int32_t level, std::string_view text) const noexcept {
        host_->log(host_, nullptr, level, to_str(text));
    }

  private:
    const pf_host* host_;
    Value config_;
};

// Concern pf.inventory/1.
class Inventory {
  public:
    virtual ~Inventory() = default;

    // Reads the entities of the descriptor's output number `output` and describes each. `options`
    // are the collector's options; `cluster` is the UUID to restrict to (pass it on to
    // Call::list), empty = all. Return when done; throw Failure when the call cannot go on. It is
    // const because calls run concurrently on one object.
    virtual void collect(Call& call, std::uint32_t output, Value options,
                         std::string_view cluster) const = 0;
};

}  // namespace pf
