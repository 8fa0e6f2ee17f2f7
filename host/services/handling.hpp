// Handling: ties a call to the thread that runs its handler, for as long as the handler runs.
//
// What a module holds as pf_call, pf_list or pf_table is a number that is never used twice: the
// call's, and the place of the list or table in it. The services look it up among what the calling
// thread runs and never follow it, so a module that keeps one after its handler returned, or gives
// it to a thread of its own, is refused and blamed, and meets no other call.
#pragma once

#include <cstddef>
#include <cstdint>

#include "host/base/running_module.hpp"
#include "prismforet/abi/types.h"

namespace pf::host::services {

class Call;

class Handling {
  public:
    // Lists and tables of one call, at most.
    static constexpr std::size_t most_places = 0xFFFF;

    // From now on the calling thread runs the handler of `call`, which outlives this object.
    explicit Handling(Call& call);
    // The handler is over: its handles are nobody's any more.
    ~Handling();
    Handling(const Handling&) = delete;
    Handling& operator=(const Handling&) = delete;

    // What the handler gets as its pf_call.
    pf_call* handle() const noexcept { return reinterpret_cast<pf_call*>(number_ << place_bits); }

    // The call that the calling thread runs, when `handle` is one of its; else null, and the module
    // that uses the handle is blamed.
    static Call* find(const void* handle) noexcept {
        const std::uintptr_t number = reinterpret_cast<std::uintptr_t>(handle) >> place_bits;
        return number != 0 && number == current.number ? current.call : blame(number);
    }
    // The place a list's or table's handle names; most_places when it names none.
    static std::size_t place_of(const void* handle) noexcept {
        const std::uintptr_t place = reinterpret_cast<std::uintptr_t>(handle) & most_places;
        return place == 0 ? most_places : static_cast<std::size_t>(place - 1);
    }
    // The handle of the list or table at `place` of the call that the calling thread runs.
    template <class Handle>
    static Handle* handle_of(std::size_t place) noexcept {
        return reinterpret_cast<Handle*>((current.number << place_bits) + place + 1);
    }
    // From any thread: must the handler end? True, too, when it has.
    static bool must_end(const pf_call* handle) noexcept;
    // How many handlers run in this process, those that were left behind included.
    static std::size_t count() noexcept;

  private:
    static constexpr unsigned place_bits = 16;
    struct Here {
        std::uintptr_t number = 0;
        Call* call = nullptr;
    };
    [[gnu::cold]] static Call* blame(std::uintptr_t number) noexcept;

    static thread_local constinit Here current;
    std::uintptr_t number_;
    RunningModule running_;
};

}  // namespace pf::host::services
