// Table: rows and columns for people. Never wraps; what does not fit is cut with … or left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pf::host::cli {

// The colours of a cell; a word or sign always says the same.
enum class Tint : std::uint8_t { none, red, green, yellow, blue, gray };

// One text of a table.
struct Cell {
    std::string text;  // clean
    Tint tint = Tint::none;
};

// A column's title and kind.
struct TableColumn {
    std::string title;
    bool is_number = false;  // aligned to the right, and never cut
};

// Where and how a table is shown.
struct TableLook {
    std::size_t width = 0;  // columns of the terminal; 0 = no limit
    bool has_colour = false;
    bool has_heading = true;
};

class Table {
  public:
    explicit Table(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

    // Missing cells are empty, superfluous ones are dropped.
    void add(std::vector<Cell> row);
    // Rows added.
    std::size_t rows() const { return rows_.size(); }
    // Titles of columns that do not fit into `look.width` and are left out, from the right.
    std::vector<std::string> hidden(const TableLook& look) const;
    // The whole table, every line with its line break and without blanks at its end.
    std::string text(const TableLook& look) const;

  private:
    std::vector<std::size_t> layout(std::size_t width) const;
    void put_line(std::string& out, const std::vector<Cell>& cells,
                  const std::vector<std::size_t>& widths, bool has_colour) const;

    std::vector<TableColumn> columns_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace pf::host::cli
