#include "largest_remainder.hpp"

#include <array>

#include "decimal.hpp"

namespace cost {
namespace {

// Gives `left` units, one each, to the parts with the largest remainders; takes them, where more
// was given than there is, from those with the smallest. A handful of parts: one look per unit is
// quicker than sorting, and needs no memory.
void give_rest(std::int64_t left, std::span<Wide> remainders, std::span<std::int64_t> parts) {
    for (; left > 0; --left) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < remainders.size(); ++i)
            if (remainders[i] > remainders[best]) best = i;
        ++parts[best];
        remainders[best] = -1;
    }
    for (; left < 0; ++left) {
        std::size_t best = remainders.size();
        for (std::size_t i = 0; i < remainders.size(); ++i) {
            if (parts[i] == 0) continue;
            if (best == remainders.size() || remainders[i] < remainders[best]) best = i;
        }
        if (best == remainders.size()) too_large();
        --parts[best];
    }
}

void check_count(std::size_t count) {
    if (count > max_parts) too_large();
}

}  // namespace

void split_by_weight(std::int64_t total, std::span<const Wide> weights,
                     std::span<std::int64_t> parts) {
    if (weights.empty()) return;
    check_count(weights.size());
    Wide all = 0;
    for (const Wide weight : weights) all = sum(all, weight);
    std::array<Wide, max_parts> remainders;
    std::int64_t left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        parts[i] = 0;
        if (all == 0) continue;
        const Quotient due = divide(product(total, weights[i]), all);
        parts[i] = static_cast<std::int64_t>(due.whole);
        remainders[i] = due.rest;
        left -= parts[i];
    }
    if (all == 0) {
        parts[0] = total;
        return;
    }
    give_rest(left, std::span(remainders).first(weights.size()), parts);
}

void round_to_total(std::int64_t total_micros, std::span<const Wide> billionths,
                    std::span<std::int64_t> micros) {
    if (billionths.empty()) return;
    check_count(billionths.size());
    std::array<Wide, max_parts> remainders;
    std::int64_t left = total_micros;
    for (std::size_t i = 0; i < billionths.size(); ++i) {
        const Quotient down = divide(billionths[i], nano_per_micro);
        micros[i] = narrow(down.whole);
        remainders[i] = down.rest;
        left -= micros[i];
    }
    give_rest(left, std::span(remainders).first(billionths.size()), micros);
}

}  // namespace cost
