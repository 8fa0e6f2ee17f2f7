#include "host/base/signal_stack.hpp"

#include <signal.h>

#include <cstdlib>

namespace pf::host {

namespace {

// The report needs little; the kernel puts the processor's whole state there as well.
constexpr std::size_t size = 64 * 1024;

}  // namespace

SignalStack::SignalStack() noexcept {
    stack_t present{};
    if (::sigaltstack(nullptr, &present) != 0 || (present.ss_flags & SS_DISABLE) == 0) {
        return;
    }
    memory_ = std::malloc(size);
    if (memory_ == nullptr) {
        return;
    }
    stack_t wanted{};
    wanted.ss_sp = memory_;
    wanted.ss_size = size;
    if (::sigaltstack(&wanted, nullptr) != 0) {
        std::free(memory_);
        memory_ = nullptr;
    }
}

SignalStack::~SignalStack() {
    if (memory_ == nullptr) {
        return;
    }
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
    std::free(memory_);
}

}  // namespace pf::host
