#include "host/app/process.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <thread>

namespace pf::host::app {

void ignore_broken_pipes() noexcept { std::signal(SIGPIPE, SIG_IGN); }

void protect_memory() noexcept {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
    // The leak check of sanitized builds has to look into the process.
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

struct SignalWatch::State {
    OnSignal on_signal;
    sigset_t before{};
    int signals = -1;
    int over = -1;
    std::atomic<int> received{0};
    std::thread thread;

    void run() {
        pollfd waiting[2] = {{signals, POLLIN, 0}, {over, POLLIN, 0}};
        while (true) {
            if (::poll(waiting, 2, -1) < 0) {
                continue;
            }
            if ((waiting[1].revents & POLLIN) != 0) {
                return;
            }
            signalfd_siginfo info{};
            if (::read(signals, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) {
                continue;
            }
            const int number = static_cast<int>(info.ssi_signo);
            if (received.exchange(number) != 0) {
                ::_exit(128 + number);
            }
            on_signal(number);
        }
    }
};

SignalWatch::SignalWatch(OnSignal on_signal) : state_(std::make_unique<State>()) {
    state_->on_signal = std::move(on_signal);
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGINT);
    ::sigaddset(&set, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &set, &state_->before);
    state_->signals = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    state_->over = ::eventfd(0, EFD_CLOEXEC);
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

SignalWatch::~SignalWatch() {
    const std::uint64_t one = 1;
    // An eventfd takes eight bytes at once unless its counter is full, which 1 does not fill.
    [[maybe_unused]] const ssize_t written = ::write(state_->over, &one, sizeof one);
    state_->thread.join();
    ::close(state_->signals);
    ::close(state_->over);
    ::pthread_sigmask(SIG_SETMASK, &state_->before, nullptr);
}

int SignalWatch::received() const noexcept { return state_->received.load(); }

}  // namespace pf::host::app
