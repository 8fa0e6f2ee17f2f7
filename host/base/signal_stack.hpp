// SignalStack: a stack of its own for the calling thread's signal handlers, so that a crash report
// can be written when the thread's stack is what ran out.
#pragma once

namespace pf::host {

class SignalStack {
  public:
    // Leaves a stack alone that the thread already has, e.g. a sanitizer's.
    SignalStack() noexcept;
    ~SignalStack();
    SignalStack(const SignalStack&) = delete;
    SignalStack& operator=(const SignalStack&) = delete;

  private:
    void* memory_ = nullptr;
};

}  // namespace pf::host
