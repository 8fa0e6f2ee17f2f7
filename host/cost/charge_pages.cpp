#include "host/cost/charge_pages.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "host/base/utf8.hpp"

namespace pf::host::cost {
namespace {

constexpr std::size_t longest_text = 255;  // CloudForet's limit, in characters
constexpr std::size_t most_tags = 100;
// Pages under way at once: one being filled, one being sent, one that gRPC still holds.
constexpr std::size_t blocks_kept = 4;

// Most texts are ASCII: eight bytes at a time.
bool is_ascii(std::string_view text) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        if ((word & high_bits) != 0) {
            return false;
        }
    }
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(),
                       [](char byte) { return (static_cast<unsigned char>(byte) & 0x80U) == 0; });
}

bool is_text(std::string_view text) noexcept { return is_ascii(text) || is_utf8(text); }

std::size_t characters(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

bool is_short(std::string_view text) noexcept {
    return text.size() <= longest_text || characters(text) <= longest_text;
}

bool is_digit(char letter) noexcept { return letter >= '0' && letter <= '9'; }

// Null when the texts can be taken.
const char* wrong_text(const Charge& charge) noexcept {
    if (charge.product.empty() || charge.usage_type.empty()) {
        return "it has no product or no usage type";
    }
    if (!is_text(charge.resource) || !is_text(charge.region_code) || !is_text(charge.product) ||
        !is_text(charge.usage_type) || !is_text(charge.usage_unit) || !is_text(charge.project) ||
        !is_text(charge.cluster) || !is_text(charge.owner) || !is_text(charge.model) ||
        !is_text(charge.basis)) {
        return "a text is no UTF-8";
    }
    if (!is_short(charge.region_code) || !is_short(charge.product) ||
        !is_short(charge.usage_type) || !is_short(charge.usage_unit)) {
        return "region, product, usage type or unit is longer than 255 characters";
    }
    return nullptr;
}

const char* wrong_tags(const Charge& charge) noexcept {
    if (charge.tags.size() > most_tags) {
        return "it has more than 100 tags";
    }
    for (const ChargeTag& tag : charge.tags) {
        if (tag.key.empty() || !is_text(tag.key) || !is_text(tag.value)) {
            return "a tag has no name or is no UTF-8";
        }
    }
    return nullptr;
}

bool is_day_of(const ChargeFrame& frame, std::string_view date) noexcept {
    return date.size() == frame.first_day.size() &&
           date.starts_with(std::string_view(frame.first_day).substr(0, 8)) && is_digit(date[8]) &&
           is_digit(date[9]) && date >= frame.first_day && date <= frame.last_day;
}

}  // namespace

ChargePages::ChargePages(PageSink& sink, ChargeFrame frame)
    : sink_(sink),
      frame_(std::move(frame)),
      encoder_(frame_.provider, frame_.account),
      blocks_(std::make_shared<encoding::BlockPool>(blocks_kept)) {}

Status ChargePages::check(const Charge& charge) const {
    const char* wrong = nullptr;
    if (!is_day_of(frame_, charge.billed_date)) {
        wrong = "its day is none that this task may bill";
    } else if (charge.cost_micros < 0 || charge.quantity_micros < 0) {
        wrong = "its cost or its quantity is negative";
    } else {
        wrong = wrong_text(charge);
    }
    if (wrong == nullptr) {
        wrong = wrong_tags(charge);
    }
    if (wrong == nullptr) {
        return {};
    }
    return {Code::internal, "ERROR_COST_RECORD",
            "the record of " + std::string(charge.resource) + ", " +
                std::string(charge.usage_type) + ", " + std::string(charge.billed_date) +
                " cannot be sent: " + wrong + "; nothing of this task counts; please report this"};
}

Status ChargePages::add(const Charge& charge) {
    if (Status wrong = check(charge); !wrong.ok()) {
        return wrong;
    }
    encoder_.append(charge, page_);
    ++records_;
    if (++in_page_ < records_per_page && page_.size() < bytes_per_page) {
        return {};
    }
    return hand_over();
}

Status ChargePages::finish() { return in_page_ == 0 ? Status() : hand_over(); }

Status ChargePages::hand_over() {
    const std::uint32_t records = std::exchange(in_page_, 0);
    if (!sink_.is_gone() && sink_.write(page_.take(blocks_->take()), records)) {
        return {};
    }
    return {Code::aborted, "ERROR_COLLECT_INTERRUPTED", "the receiver went away"};
}

}  // namespace pf::host::cost
