// What this process asks of the system: signals as events, and no dumps of memory with secrets.
#pragma once

#include <functional>
#include <memory>

namespace pf::host::app {

// Writing to a reader that has gone is an error of that write, not the end of the process.
void ignore_broken_pipes() noexcept;

// Refuses core dumps and being traced by others: memory holds passwords.
void protect_memory() noexcept;

// Turns SIGINT and SIGTERM into calls of a function. Make it before any other thread is started,
// as threads inherit who takes signals. The second signal ends the process at once with 128 + its
// number.
class SignalWatch {
  public:
    // Called once, from a thread of its own, with the first signal's number.
    using OnSignal = std::function<void(int signal)>;

    explicit SignalWatch(OnSignal on_signal);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    // The first signal's number; 0 while there was none.
    int received() const noexcept;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::app
