#include "host/cost/charge_pages.hpp"

#include <utility>

namespace pf::host::cost {
namespace {

// Pages under way at once: one being filled, one being sent, one that gRPC still holds.
constexpr std::size_t blocks_kept = 4;

bool is_digit(char letter) noexcept { return letter >= '0' && letter <= '9'; }

bool is_day_of(const ChargeFrame& frame, std::string_view date) noexcept {
    return date.size() == frame.first_day.size() &&
           date.starts_with(std::string_view(frame.first_day).substr(0, 8)) && is_digit(date[8]) &&
           is_digit(date[9]) && date >= frame.first_day && date <= frame.last_day;
}

}  // namespace

ChargePages::ChargePages(std::shared_ptr<PageSink> sink, ChargeFrame frame)
    : sink_(std::move(sink)),
      frame_(std::move(frame)),
      encoder_(frame_.provider, frame_.account),
      blocks_(std::make_shared<encoding::BlockPool>(blocks_kept)) {}

Status ChargePages::add(const Charge& charge) {
    if (!is_day_of(frame_, charge.billed_date)) {
        return fail({Code::internal, "ERROR_COST_RECORD",
                     "the record of " + std::string(charge.resource) + ", " +
                         std::string(charge.usage_type) + " is of " +
                         std::string(charge.billed_date) + ", and this task may bill " +
                         frame_.first_day + " to " + frame_.last_day +
                         "; nothing of it counts; please report this"});
    }
    encoder_.append(charge, page_);
    ++records_;
    if (++in_page_ < records_per_page && page_.size() < bytes_per_page) {
        return {};
    }
    return hand_over();
}

Status ChargePages::finish() { return in_page_ == 0 || !failure_.ok() ? failure_ : hand_over(); }

Status ChargePages::fail(Status why) {
    failure_ = failure_.ok() ? std::move(why) : failure_;
    return failure_;
}

Status ChargePages::hand_over() {
    const std::uint32_t records = std::exchange(in_page_, 0);
    if (!sink_->is_gone() && sink_->write(page_.take(blocks_->take()), records)) {
        return {};
    }
    return fail({Code::cancelled, "ERROR_CALL_CANCELLED", "the receiver went away"});
}

}  // namespace pf::host::cost
