#include "host/document/nearest.hpp"

#include <algorithm>
#include <numeric>

namespace pf::host::document {

std::string enumerate(const std::vector<std::string>& texts, std::size_t shown) {
    std::string line;
    for (std::size_t i = 0; i < std::min(shown, texts.size()); ++i) {
        line.append(i == 0 ? "" : ", ").append(texts[i]);
    }
    if (texts.size() > shown) {
        line.append(" and ").append(std::to_string(texts.size() - shown)).append(" more");
    }
    return line;
}

namespace {

// Levenshtein's distance; the texts are short names.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[to.size()];
}

}  // namespace

std::string nearest_name(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t longest = 64;
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 2);
    for (const std::string& name : known) {
        if (word.size() > longest || name.size() > longest) {
            continue;
        }
        const std::size_t distance = edit_distance(word, name);
        if (distance < best_distance || (distance == best_distance && best.empty())) {
            best_distance = distance;
            best = name;
        }
    }
    return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    const std::string nearest = nearest_name(word, known);
    return nearest.empty() ? "" : "; did you mean '" + nearest + "'?";
}

}  // namespace pf::host::document
