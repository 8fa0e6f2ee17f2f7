// PageQueue: pages on their way from the thread that makes records to the one that sends them.
//
// What makes records must see a stop at once, also while a receiver is slow: here it waits for room
// and never in the receiver's own write.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

#include "host/base/stop.hpp"
#include "host/cost/charge_pages.hpp"

namespace pf::host::cost {

// For one maker and one taker. Shared by both: a maker that was given up may still come back.
class PageQueue final : public PageSink {
  public:
    // Pages that wait at most; a full queue holds the maker back.
    static constexpr std::size_t capacity = 2;

    struct Page {
        encoding::Block bytes;
        std::uint32_t records = 0;
    };

    // `stop` ends every wait for room.
    explicit PageQueue(Stop stop) : stop_(std::move(stop)) {}

    // Waits for room. False when there will be none: stopped, or abandoned. [maker]
    bool write(encoding::Block page, std::uint32_t records) override;
    bool is_gone() override;
    // There will be no more pages. Safe from any thread; later pages are refused.
    void close();

    // The next page; waits for it. Nothing after close() and the last one. [taker]
    std::optional<Page> pop();
    // Nobody takes pages any more; those that wait are dropped. Safe from any thread.
    void abandon();

  private:
    const Stop stop_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Page> pages_;  // guarded by mutex_, as what follows
    bool is_closed_ = false;
    bool is_abandoned_ = false;
};

}  // namespace pf::host::cost
