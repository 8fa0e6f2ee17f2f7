#include "host/runtime/nearest.hpp"

#include <algorithm>
#include <numeric>

namespace pf::host::runtime {

namespace {

// Longer words are no misspelling of a name; the bound keeps the table small.
constexpr std::size_t longest_word = 200;

// Levenshtein's distance, a swap of neighbours counting as one.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before(to.size() + 1);
    std::vector<std::size_t> last(to.size() + 1);
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (std::size_t k = 1; k <= to.size(); ++k) {
            const std::size_t change = last[k - 1] + (from[i - 1] == to[k - 1] ? 0 : 1);
            row[k] = std::min({last[k] + 1, row[k - 1] + 1, change});
            if (i > 1 && k > 1 && from[i - 1] == to[k - 2] && from[i - 2] == to[k - 1]) {
                row[k] = std::min(row[k], before[k - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[to.size()];
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    const std::string* nearest = nullptr;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    if (word.size() <= longest_word) {
        for (const std::string& name : known) {
            const std::size_t found = distance(word, name);
            if (found < least && found < name.size()) {
                least = found;
                nearest = &name;
            }
        }
    }
    return nearest == nullptr ? "" : "; did you mean '" + *nearest + "'?";
}

}  // namespace pf::host::runtime
