#include "host/services/live_documents.hpp"

#include <mutex>
#include <utility>
#include <vector>

namespace pf::host::services {

constinit std::array<LiveDocument::Slot, LiveDocument::slot_count> LiveDocument::slots{};
thread_local constinit std::uint64_t LiveDocument::own_number = 0;

namespace {

thread_local constinit std::uint64_t stale_reads = 0;

// Which slots are free. Taken and given once per document, so a lock does.
class FreeSlots {
  public:
    explicit FreeSlots(std::size_t most) : most_(most) { given_back_.reserve(most); }

    // A free slot's number, or `most` when there is none.
    std::size_t take() {
        const std::lock_guard lock(mutex_);
        if (given_back_.empty()) {
            return fresh_ < most_ ? fresh_++ : most_;
        }
        const std::size_t slot = given_back_.back();
        given_back_.pop_back();
        return slot;
    }
    // Never needs memory.
    void give_back(std::size_t slot) {
        const std::lock_guard lock(mutex_);
        given_back_.push_back(slot);
    }

  private:
    std::mutex mutex_;
    std::size_t most_;
    std::vector<std::size_t> given_back_;
    std::size_t fresh_ = 0;
};

FreeSlots& free_slots(std::size_t most) {
    // Never destroyed: a handler that was left behind may end after everything else.
    static auto& slots = *new FreeSlots(most);
    return slots;
}

std::uint64_t next_number() noexcept {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

}  // namespace

LiveDocument::~LiveDocument() {
    if (slot_ != nullptr) {
        slot_->stamp = unused;
        slot_->reader = 0;
        slot_->tape = nullptr;
        free_slots(slot_count).give_back(static_cast<std::size_t>(slot_ - slots.data()));
    }
}

bool LiveDocument::renew() noexcept {
    if (slot_ == nullptr) {
        const std::size_t number = free_slots(slot_count).take();
        if (number == slot_count) {
            return false;
        }
        slot_ = &slots[number];
        slot_->tape = tape_;
        slot_->was_read_elsewhere = false;
    }
    const auto number = static_cast<std::uint64_t>(slot_ - slots.data());
    tape_->generation = next_number() * slot_count + number;
    slot_->stamp = tape_->generation;
    adopt();
    return true;
}

void LiveDocument::adopt() noexcept {
    if (own_number == 0) {
        own_number = next_number();
    }
    if (slot_ != nullptr) {
        slot_->reader = own_number;
    }
}

bool LiveDocument::was_read_elsewhere() const noexcept {
    return slot_ != nullptr && slot_->was_read_elsewhere;
}

void LiveDocument::note_stray(std::uint64_t stamp) noexcept {
    Slot& slot = slots[stamp % slot_count];
    if (slot.stamp == stamp) {
        slot.was_read_elsewhere = true;
    } else {
        ++stale_reads;
    }
}

std::uint64_t LiveDocument::take_stale_reads() noexcept { return std::exchange(stale_reads, 0); }

}  // namespace pf::host::services
