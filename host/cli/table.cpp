#include "host/cli/table.hpp"

#include <algorithm>
#include <numeric>

#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

constexpr std::size_t gap = 2;
// A text column is not made narrower than this; the first one, a name, keeps more.
constexpr std::size_t narrowest = 10;
constexpr std::size_t narrowest_first = 20;

const char* escape_of(Tint tint) {
    switch (tint) {
        case Tint::red:
            return "\x1b[31m";
        case Tint::green:
            return "\x1b[32m";
        case Tint::yellow:
            return "\x1b[33m";
        case Tint::blue:
            return "\x1b[34m";
        case Tint::gray:
            return "\x1b[90m";
        case Tint::none:
            break;
    }
    return "";
}

std::size_t total(const std::vector<std::size_t>& widths) {
    const std::size_t sum = std::accumulate(widths.begin(), widths.end(), std::size_t{0});
    return sum + (widths.empty() ? 0 : gap * (widths.size() - 1));
}

// Takes columns from the widest text column until the line fits; false when it cannot.
bool shrink(std::vector<std::size_t>& widths, const std::vector<std::size_t>& least,
            std::size_t width) {
    while (total(widths) > width) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (widths[i] > least[i] && (widest == widths.size() || widths[i] >= widths[widest])) {
                widest = i;
            }
        }
        if (widest == widths.size()) {
            return false;
        }
        --widths[widest];
    }
    return true;
}

}  // namespace

void Table::add(std::vector<Cell> row) {
    row.resize(columns_.size());
    rows_.push_back(std::move(row));
}

// The widths of the columns that are shown; those missing at the end are hidden.
std::vector<std::size_t> Table::layout(std::size_t width) const {
    std::vector<std::size_t> natural;
    std::vector<std::size_t> least;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t widest = display_width(columns_[i].title);
        for (const auto& row : rows_) {
            widest = std::max(widest, display_width(row[i].text));
        }
        natural.push_back(widest);
        least.push_back(columns_[i].is_number
                            ? widest
                            : std::min(widest, i == 0 ? narrowest_first : narrowest));
    }
    if (width == 0) {
        return natural;
    }
    for (std::size_t count = columns_.size(); count > 1; --count) {
        std::vector<std::size_t> widths(natural.begin(),
                                        natural.begin() + static_cast<std::ptrdiff_t>(count));
        if (shrink(widths, least, width)) {
            return widths;
        }
    }
    if (natural.empty()) {
        return {};
    }
    return {std::min(natural.front(), width)};
}

std::vector<std::string> Table::hidden(const TableLook& look) const {
    std::vector<std::string> titles;
    for (std::size_t i = layout(look.width).size(); i < columns_.size(); ++i) {
        titles.push_back(columns_[i].title);
    }
    return titles;
}

void Table::put_line(std::string& out, const std::vector<Cell>& cells,
                     const std::vector<std::size_t>& widths, bool has_colour) const {
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (i > 0) {
            line.append(gap, ' ');
        }
        std::string text = clip(cells[i].text, widths[i]);
        const bool is_last = i + 1 == widths.size();
        const bool is_number = columns_[i].is_number;
        const std::size_t blanks = widths[i] - display_width(text);
        if (has_colour && cells[i].tint != Tint::none && !text.empty()) {
            text = escape_of(cells[i].tint) + text + "\x1b[0m";
        }
        line += is_number ? std::string(blanks, ' ') + text : text;
        if (!is_number && !is_last) {
            line.append(blanks, ' ');
        }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
}

std::string Table::text(const TableLook& look) const {
    const std::vector<std::size_t> widths = layout(look.width);
    std::string out;
    if (look.has_heading) {
        std::vector<Cell> titles;
        for (const TableColumn& column : columns_) {
            titles.push_back({column.title, Tint::none});
        }
        put_line(out, titles, widths, false);
    }
    for (const auto& row : rows_) {
        put_line(out, row, widths, look.has_colour);
    }
    return out;
}

}  // namespace pf::host::cli
