// Session: what the parts of one running call share. Authors see it as pf::Call.
#pragma once

#include "prismforet/abi/central.h"
#include "prismforet/abi/clock.h"
#include "prismforet/abi/host.h"
#include "prismforet/cpp/failure.hpp"

namespace pf::detail {

// What a host may have beside its tables; null where it does not.
struct Services {
    const pf_clock* clock = nullptr;
    const pf_central* central = nullptr;
};

// The call, its host, and the first status that must end it.
struct Session {
    const pf_host* host;
    pf_call* call;
    pf_status ended = PF_OK;

    // Keeps a status that ends the call. A record that was refused does not: the host has settled
    // its entity as skipped.
    void remember(pf_status status) noexcept {
        if (status != PF_OK && status != PF_INVALID_ARGUMENT && ended == PF_OK) ended = status;
    }

    // Throws what remember() kept.
    void check() const {
        if (ended != PF_OK) throw Failure(ended);
    }
};

}  // namespace pf::detail
