#include "host/cli/cost/amount.hpp"

#include <array>
#include <cstdio>

#include "host/cli/human.hpp"

namespace pf::host::cli {
namespace {

constexpr std::uint64_t million = 1'000'000;
constexpr std::array<std::uint64_t, 7> powers{1, 10, 100, 1000, 10'000, 100'000, million};

std::uint64_t magnitude(std::int64_t number) {
    return number < 0 ? ~static_cast<std::uint64_t>(number) + 1
                      : static_cast<std::uint64_t>(number);
}

std::string padded(std::uint64_t number, int digits) {
    std::string text = std::to_string(number);
    const auto wanted = static_cast<std::size_t>(digits);
    return text.size() < wanted ? std::string(wanted - text.size(), '0') + text : text;
}

}  // namespace

std::string exact_amount(std::int64_t micros) {
    const std::uint64_t size = magnitude(micros);
    return (micros < 0 ? "-" : "") + std::to_string(size / million) + "." +
           padded(size % million, 6);
}

std::string rounded_amount(std::int64_t micros, int places) {
    const std::uint64_t step = powers.at(static_cast<std::size_t>(6 - places));
    const std::uint64_t size = magnitude(micros);
    std::uint64_t units = size / step;
    const std::uint64_t rest = size % step;
    if (2 * rest > step || (2 * rest == step && units % 2 == 1)) {
        ++units;
    }
    const std::uint64_t scale = powers.at(static_cast<std::size_t>(places));
    std::string text = (micros < 0 && units > 0 ? "-" : "") + count_text(units / scale);
    return places == 0 ? text : text + "." + padded(units % scale, places);
}

std::string percent_of(std::int64_t part, std::int64_t whole) {
    if (whole == 0) {
        return {};
    }
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    std::array<char, 48> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.1f", percent);
    return std::string(text.data(), static_cast<std::size_t>(length));
}

}  // namespace pf::host::cli
