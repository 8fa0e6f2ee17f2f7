#include "host/base/stop.hpp"

namespace pf::host {

struct Stop::Reason {
    std::mutex mutex;
    Status status;
};

Status Stop::why() const {
    if (token_.stop_requested() && reason_) {
        std::lock_guard lock(reason_->mutex);
        return reason_->status;
    }
    if (Clock::now() >= deadline_) {
        return Status(Code::deadline_exceeded, "ERROR_DEADLINE",
                      "the time allowed for this work is over");
    }
    return Status();
}

Stop Stop::until(Clock::time_point deadline) const {
    Stop earlier = *this;
    earlier.deadline_ = std::min(deadline_, deadline);
    return earlier;
}

StopSource::StopSource() : reason_(std::make_shared<Stop::Reason>()) {}

StopSource::StopSource(Clock::time_point deadline)
    : deadline_(deadline), reason_(std::make_shared<Stop::Reason>()) {}

bool StopSource::request(Status why) {
    {
        std::lock_guard lock(reason_->mutex);
        if (!reason_->status.ok()) {
            return false;
        }
        reason_->status = why.ok() ? Status(Code::cancelled, "ERROR_CANCELLED", "cancelled") : why;
    }
    source_.request_stop();
    return true;
}

Stop StopSource::stop() const {
    Stop stop;
    stop.token_ = source_.get_token();
    stop.deadline_ = deadline_;
    stop.reason_ = reason_;
    return stop;
}

}  // namespace pf::host
