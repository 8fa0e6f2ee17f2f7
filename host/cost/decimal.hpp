// Decimal: an exact number of money, of a share or of a count, as people write it. No double is
// ever in between.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::host::cost {

// Zero or more; at most 12 digits before the point and 9 behind it.
class Decimal {
  public:
    __extension__ using Wide = unsigned __int128;

    constexpr Decimal() = default;
    explicit constexpr Decimal(std::uint32_t whole) : billionths_(Wide{whole} * one) {}

    // Reads digits with at most one point between them. Nothing on anything else; `why` then says
    // what is wrong with the text, without quoting it.
    static std::optional<Decimal> parse(std::string_view text, std::string& why);

    // The shortest text of the same number: "0.05", "12", "0".
    std::string text() const;

    bool is_zero() const noexcept { return billionths_ == 0; }
    bool operator==(const Decimal&) const = default;
    bool operator<(const Decimal& other) const noexcept { return billionths_ < other.billionths_; }
    // Sums of up to 2^30 numbers are exact; a sum may be larger than what parse takes.
    Decimal operator+(const Decimal& other) const {
        return of_billionths(billionths_ + other.billionths_);
    }
    // The exact product; nothing when it needs more digits than a Decimal has.
    std::optional<Decimal> times(const Decimal& other) const;

  private:
    static constexpr std::uint64_t one = 1'000'000'000;
    static constexpr Decimal of_billionths(Wide billionths) {
        Decimal made;
        made.billionths_ = billionths;
        return made;
    }

    Wide billionths_ = 0;
};

}  // namespace pf::host::cost
