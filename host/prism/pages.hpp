// Pages: the pages of one list, fetched ahead by several sessions and handed out in order.
//
// The reader of page 0 learns how many pages there are (from the parsed total) and says so with
// `expect`; until then only page 0 is fetched. One thread calls next/expect; fetchers are inside.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "host/prism/target.hpp"

namespace pf::host::prism {

class Pages {
  public:
    // Makes the request for page `index` (0-based). Called from fetcher threads: pure.
    using MakeRequest = std::function<Request(std::uint64_t index)>;

    // `target` and `meter` outlive this object. Nothing is sent before the first next().
    Pages(std::shared_ptr<Target> target, MakeRequest make, Stop stop, Meter& meter);
    ~Pages();  // stops the fetchers and drops what they hold; wakes blocked sockets
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    // There are `count` pages in all as far as is known now; it may grow or shrink. Fetchers
    // run ahead by at most sessions + 2 pages and Limits::prefetch_bytes.
    void expect(std::uint64_t count);

    // The next page's body in order. OUT_OF_RANGE (ERROR_NO_MORE_PAGES) after page count - 1.
    // A page that failed after its retries is that page's Status; the list ends there.
    // Blocks; wakes on stop. Time spent waiting is added to the meter.
    Result<Body> next();

    // Gives a body's memory back for reuse by the fetchers.
    void recycle(Body body);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace pf::host::prism
