#include "host/cli/metrics/sparkline.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace pf::host::cli {
namespace {

std::optional<double> mean(const std::vector<std::optional<double>>& values, std::size_t from,
                           std::size_t to) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = from; i < to; ++i) {
        if (values[i]) {
            sum += *values[i];
            ++count;
        }
    }
    return count == 0 ? std::nullopt : std::optional(sum / static_cast<double>(count));
}

}  // namespace

std::string sparkline(const std::vector<std::optional<double>>& values, std::size_t width) {
    constexpr std::array<const char*, 8> blocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const std::size_t columns = std::min(width, values.size());
    std::vector<std::optional<double>> shown;
    for (std::size_t i = 0; i < columns; ++i) {
        shown.push_back(
            mean(values, i * values.size() / columns, (i + 1) * values.size() / columns));
    }
    std::optional<double> least;
    std::optional<double> greatest;
    for (const auto& one : shown) {
        if (one) {
            least = std::min(least.value_or(*one), *one);
            greatest = std::max(greatest.value_or(*one), *one);
        }
    }
    std::string line;
    for (const auto& one : shown) {
        if (!one) {
            line += ' ';
            continue;
        }
        const double range = *greatest - *least;
        const double part = range > 0 ? (*one - *least) / range : 0.5;
        line += blocks[std::min<std::size_t>(7, static_cast<std::size_t>(part * 8))];
    }
    return line;
}

std::string short_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

}  // namespace pf::host::cli
