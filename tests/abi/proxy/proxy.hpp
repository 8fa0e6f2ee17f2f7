// Proxy: stands between a host and a module and lets nothing but bytes through.
//
// To the host it is a module, to the module it is a host. Every call of the ABI becomes a frame:
// pages and options travel as JSON text and are read by a reader of the module's side, a record
// is a tape of tokens that is played into the real writer at its end. What works through it can
// run in another process.
//
// Look-up tables stay on the host's side, since the ABI cannot enumerate them: each get() is a
// frame, its answer is kept for the call.
#pragma once

#include <memory>

#include "prismforet/abi.h"

namespace pf::test {

class Proxy {
  public:
    // Stands before `behind`. One at a time per process: pf_module.create has no self.
    explicit Proxy(const pf_module* behind);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    // The module as the host sees it; lives as long as the proxy.
    const pf_module* module() const noexcept;

    // How many frames have crossed, both ways.
    std::uint64_t frames() const noexcept;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace pf::test
