// Live documents: what a pf_val may point into, and who may read it.
//
// A pf_val carries a stamp instead of an address. The stamp names a slot, which never goes away,
// and the one text that was in it. A value whose text is gone, or that is read by another thread
// than the one its document belongs to, is absent, and that is remembered: so a module that keeps
// values too long, or leaks a thread, neither crashes the host nor loses data without a word.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "host/services/tape.hpp"

namespace pf::host::services {

// One document's place among the live ones.
class LiveDocument {
  public:
    // `tape` lives as long as this object, which keeps its generation.
    explicit LiveDocument(Tape& tape) noexcept : tape_(&tape) {}
    ~LiveDocument();
    LiveDocument(const LiveDocument&) = delete;
    LiveDocument& operator=(const LiveDocument&) = delete;

    // A new text comes: values of the one before are stale, the tape's generation is another, the
    // calling thread reads from now on. False: no slot is free.
    bool renew() noexcept;
    // The calling thread reads from now on.
    void adopt() noexcept;
    // True when another thread tried to read a value of a text of this document.
    bool was_read_elsewhere() const noexcept;

    // The tape of a value, when the calling thread may read it; else null, and it is remembered.
    static const Tape* find(pf_val value) noexcept;
    // How many values of texts that are gone the calling thread has read since the last time.
    static std::uint64_t take_stale_reads() noexcept;

  private:
    struct alignas(64) Slot {
        std::atomic<std::uint64_t> stamp{unused};
        std::atomic<std::uint64_t> reader{0};
        std::atomic<bool> was_read_elsewhere{false};
        const Tape* tape = nullptr;
    };
    static constexpr std::uint64_t unused = UINT64_MAX;
    // 32 runs of 4 calls that read 16 lists each stay well below.
    static constexpr std::size_t slot_count = std::size_t{1} << 14;

    [[gnu::cold]] static void note_stray(std::uint64_t stamp) noexcept;

    static std::array<Slot, slot_count> slots;
    // A number no other thread of the process ever has; 0 while the thread has no document.
    static thread_local constinit std::uint64_t own_number;

    Tape* tape_;
    Slot* slot_ = nullptr;
};

inline const Tape* LiveDocument::find(pf_val value) noexcept {
    const Slot& slot = slots[value.doc % slot_count];
    if (slot.stamp.load(std::memory_order_relaxed) != value.doc ||
        slot.reader.load(std::memory_order_relaxed) != own_number) [[unlikely]] {
        if (value.doc != 0) {
            note_stray(value.doc);
        }
        return nullptr;
    }
    return slot.tape;
}

}  // namespace pf::host::services
