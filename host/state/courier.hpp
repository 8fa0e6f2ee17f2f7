// Courier: delivers what an outbox holds, until it is delivered or given up.
//
//     Courier courier(*outbox, deliver, {});
//     std::thread thread([&] { courier.run(stop); });
//     outbox->put(...); courier.wake();
//
// One parcel at a time. A channel that fails rests, longer with each failure in a row, so that a
// receiver that is down is asked now and then instead of once per parcel.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/state/outbox.hpp"

namespace pf::host::state {

struct CourierRules {
    std::chrono::milliseconds first_pause{10'000};  // after the first failure; then doubled
    std::chrono::milliseconds longest_pause{15 * 60'000};
    std::chrono::milliseconds longest_life{24 * 3'600'000};  // of a parcel; then it is given up
    // True: another attempt would not help, the parcel is given up at once.
    std::function<bool(const Status&)> is_final = [](const Status& why) {
        return why.code() == Code::invalid_argument;
    };
};

class Courier {
  public:
    // Delivers one; OK: the receiver has it. Called from the thread of run() or step().
    using Deliver = std::function<Status(const Parcel& parcel, const Stop& stop)>;

    // `outbox` outlives this object.
    Courier(Outbox& outbox, Deliver deliver, CourierRules rules);
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;

    // Delivers all that is due at `now` (UTC milliseconds since 1970), then says when something is
    // due next; nothing when nothing waits. Fails as the outbox does. For one thread at a time.
    Result<std::optional<std::int64_t>> step(std::int64_t now, const Stop& stop);
    // Steps until it is asked to stop, and whenever it is woken. A failure of the outbox is logged
    // and tried again.
    void run(const Stop& stop);
    // Something was put in. From any thread.
    void wake();

  private:
    Status handle(const Parcel& parcel, std::int64_t now, const Stop& stop);
    std::vector<std::string> resting(std::int64_t now) const;

    Outbox& outbox_;
    const Deliver deliver_;
    const CourierRules rules_;
    // A channel that failed. Of the thread that steps.
    struct Rest {
        std::uint32_t failures = 0;  // in a row, of whichever parcels
        std::int64_t until = 0;
    };
    std::map<std::string, Rest> rests_;  // by channel
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool is_woken_ = false;  // guarded by mutex_
};

}  // namespace pf::host::state
