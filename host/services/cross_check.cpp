#include "host/services/cross_check.hpp"

#include <algorithm>
#include <charconv>

namespace pf::host::services {
namespace {

// Some counts include a controller VM per host, which no list shows: small numbers say nothing.
constexpr std::uint64_t least_difference = 10;

std::optional<std::uint64_t> number_in(const Table& table, std::string_view id,
                                       std::uint32_t field) {
    std::string_view text;
    std::uint64_t number = 0;
    if (!table.get(id, field, text)) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

std::optional<std::uint64_t> sum_of(const CountedBy& counted_by, const Table& table) {
    std::optional<std::uint64_t> sum;
    table.each([&](std::string_view id, std::string_view) {
        std::string_view word;
        if (counted_by.where &&
            (!table.get(id, *counted_by.where, word) || word != counted_by.is)) {
            return;
        }
        if (const auto number = number_in(table, id, counted_by.field)) {
            sum = sum.value_or(0) + *number;
        }
    });
    return sum;
}

}  // namespace

std::optional<std::uint64_t> counted_elsewhere(const std::vector<CountedBy>& counted_by,
                                               const OpenedTable& table) {
    std::optional<std::uint64_t> most;
    for (const CountedBy& one : counted_by) {
        if (const Table* opened = table(one.lookup)) {
            if (const auto sum = sum_of(one, *opened)) {
                most = std::max(most.value_or(0), *sum);
            }
        }
    }
    return most;
}

bool is_clearly_fewer(std::uint64_t listed, std::uint64_t counted) noexcept {
    return counted > listed && counted - listed >= least_difference &&
           listed < counted - counted / 4;
}

}  // namespace pf::host::services
