#include "tests/prism_sim/v3/fiql.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace pf::sim::v3 {
namespace {

using Conjunction = std::vector<Condition>;
using Disjunction = std::vector<Conjunction>;

constexpr std::array<std::pair<std::string_view, Comparison>, 6> kOperators = {{
    {"==", Comparison::equal},
    {"!=", Comparison::unequal},
    {"=gt=", Comparison::greater},
    {"=ge=", Comparison::at_least},
    {"=lt=", Comparison::less},
    {"=le=", Comparison::at_most},
}};
// Deeper nesting is refused: a filter from the network must not exhaust the stack.
constexpr int kDeepest = 16;
constexpr std::size_t kMostAlternatives = 256;

bool is_same_text(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || at != end) return std::nullopt;
    return value;
}

int compare(std::string_view a, std::string_view b) {
    const auto x = whole_number(a), y = whole_number(b);
    if (x && y) return *x < *y ? -1 : static_cast<int>(*x > *y);
    return a.compare(b);
}

bool holds(const Condition& condition, const Attributes& attributes) {
    const auto actual = attributes(condition.name);
    const bool is_equal = actual && is_same_text(*actual, condition.value);
    if (condition.comparison == Comparison::equal) return is_equal;
    if (condition.comparison == Comparison::unequal) return !is_equal;
    if (!actual) return false;
    const int order = compare(*actual, condition.value);
    switch (condition.comparison) {
        case Comparison::greater:
            return order > 0;
        case Comparison::at_least:
            return order >= 0;
        case Comparison::less:
            return order < 0;
        default:
            return order <= 0;
    }
}

std::string decode(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        if (text[i] == '%' && text.size() - i > 2 &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr ==
                text.data() + i + 3) {
            decoded += static_cast<char>(byte);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

// Recursive descent; the text is consumed from the front.
class Parser {
  public:
    explicit Parser(std::string_view text) : rest_(text) {}

    std::optional<Disjunction> whole() {
        auto result = any_of(0);
        if (!result || !rest_.empty()) return std::nullopt;
        return result;
    }

  private:
    std::optional<Disjunction> any_of(int depth) {
        auto result = all_of(depth);
        while (result && take(',')) {
            auto next = all_of(depth);
            if (!next) return std::nullopt;
            result->insert(result->end(), next->begin(), next->end());
        }
        return result;
    }
    std::optional<Disjunction> all_of(int depth) {
        auto result = term(depth);
        while (result && take(';')) {
            const auto next = term(depth);
            if (!next || result->size() * next->size() > kMostAlternatives) return std::nullopt;
            result = both(*result, *next);
        }
        return result;
    }
    static Disjunction both(const Disjunction& left, const Disjunction& right) {
        Disjunction product;
        product.reserve(left.size() * right.size());
        for (const Conjunction& a : left) {
            for (const Conjunction& b : right) {
                product.push_back(a);
                product.back().insert(product.back().end(), b.begin(), b.end());
            }
        }
        return product;
    }
    std::optional<Disjunction> term(int depth) {
        if (!take('(')) return condition();
        if (depth == kDeepest) return std::nullopt;
        auto result = any_of(depth + 1);
        if (!take(')')) return std::nullopt;
        return result;
    }
    std::optional<Disjunction> condition() {
        const std::string_view name = rest_.substr(0, rest_.find_first_of("=!;,()"));
        rest_.remove_prefix(name.size());
        if (name.empty()) return std::nullopt;
        for (const auto& [text, comparison] : kOperators) {
            if (!rest_.starts_with(text)) continue;
            rest_.remove_prefix(text.size());
            const std::string_view value = rest_.substr(0, rest_.find_first_of(";,()"));
            rest_.remove_prefix(value.size());
            if (value.empty()) return std::nullopt;
            return Disjunction{{{std::string(name), comparison, decode(value)}}};
        }
        return std::nullopt;
    }
    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::string_view rest_;
};

}  // namespace

std::optional<Fiql> Fiql::parse(std::string_view text) {
    auto alternatives = Parser(text).whole();
    if (!alternatives) return std::nullopt;
    Fiql fiql;
    fiql.alternatives_ = std::move(*alternatives);
    return fiql;
}

bool Fiql::matches(const Attributes& attributes) const {
    return std::any_of(
        alternatives_.begin(), alternatives_.end(), [&](const Conjunction& conditions) {
            return std::all_of(conditions.begin(), conditions.end(),
                               [&](const Condition& c) { return holds(c, attributes); });
        });
}

void Fiql::keep(const std::function<bool(std::string_view)>& is_known) {
    for (Conjunction& conditions : alternatives_)
        std::erase_if(conditions, [&](const Condition& c) { return !is_known(c.name); });
}

std::optional<std::string> Fiql::first_unknown(
    const std::function<bool(std::string_view)>& is_known) const {
    for (const Conjunction& conditions : alternatives_)
        for (const Condition& condition : conditions)
            if (!is_known(condition.name)) return condition.name;
    return std::nullopt;
}

}  // namespace pf::sim::v3
