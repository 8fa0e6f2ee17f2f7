#include "host/document/units.hpp"

#include <array>
#include <charconv>
#include <string>

namespace pf::host::document {
namespace {

struct Unit {
    std::string_view name;
    double factor;
};

// Takes a decimal number without sign or exponent from the front of `text`; negative when there is
// none.
double take_number(std::string_view& text) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
    double number = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + end, number);
    if (end == 0 || error != std::errc() || at != text.data() + end) {
        return -1;
    }
    text.remove_prefix(end);
    return number;
}

template <std::size_t Count>
const Unit* take_unit(std::string_view& text, const std::array<Unit, Count>& units) {
    const std::size_t end = std::min(text.find_first_of("0123456789. "), text.size());
    for (const Unit& unit : units) {
        if (text.substr(0, end) == unit.name) {
            text.remove_prefix(end);
            return &unit;
        }
    }
    return nullptr;
}

Status wrong(std::string_view what, std::string_view example) {
    return Status(Code::invalid_argument, "ERROR_CONFIG",
                  "is not a " + std::string(what) + "; write it as " + std::string(example));
}

constexpr std::string_view duration_examples = "30s, 500ms, 5m or 1h30m";
constexpr std::string_view size_examples = "64MiB, 512KiB or 1GB";

}  // namespace

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
    static constexpr std::array<Unit, 5> units = {
        {{"ms", 1}, {"s", 1e3}, {"m", 60e3}, {"h", 3600e3}, {"d", 86400e3}}};
    constexpr double longest = 10 * 366 * 86400e3;
    if (text == "0") {
        return std::chrono::milliseconds(0);
    }
    double sum = 0;
    do {
        const double number = take_number(text);
        const Unit* const unit = number < 0 ? nullptr : take_unit(text, units);
        if (unit == nullptr) {
            return wrong("duration", duration_examples);
        }
        sum += number * unit->factor;
    } while (!text.empty() && sum <= longest);
    if (sum > longest) {
        return wrong("duration below ten years", duration_examples);
    }
    return std::chrono::milliseconds(static_cast<std::int64_t>(sum + 0.5));
}

Result<std::uint64_t> parse_size(std::string_view text) {
    static constexpr std::array<Unit, 9> units = {{{"B", 1},
                                                   {"KiB", 1024.0},
                                                   {"MiB", 1048576.0},
                                                   {"GiB", 1073741824.0},
                                                   {"TiB", 1099511627776.0},
                                                   {"kB", 1e3},
                                                   {"MB", 1e6},
                                                   {"GB", 1e9},
                                                   {"TB", 1e12}}};
    if (text == "0") {
        return std::uint64_t{0};
    }
    const double number = take_number(text);
    const Unit* const unit = number < 0 ? nullptr : take_unit(text, units);
    if (unit == nullptr || !text.empty() || number * unit->factor > 9007199254740992.0) {
        return wrong("size", size_examples);
    }
    return static_cast<std::uint64_t>(number * unit->factor + 0.5);
}

}  // namespace pf::host::document
