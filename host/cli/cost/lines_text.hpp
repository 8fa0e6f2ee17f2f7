// Lines of an explanation, kept and shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/cost/amount.hpp"
#include "host/cli/table.hpp"
#include "host/runtime/cost_handler.hpp"

namespace pf::host::cli {

class CostLines {
  public:
    struct Line {
        std::string section, what, formula, value, unit;
        std::int64_t amount_micros = 0;
        bool adds = false;
    };

    // Keeps a copy.
    void add(const runtime::CostLine& line);
    bool empty() const noexcept { return lines_.empty(); }
    const std::vector<Line>& all() const noexcept { return lines_; }
    // What the lines of a section that add come to.
    std::int64_t sum(std::string_view section) const;

  private:
    std::vector<Line> lines_;
};

// For people; a section is named on its first line.
std::string lines_table(const CostLines& lines, const std::string& currency, const TableLook& look);
// {"schema":"prismforet/v1","currency":..,"lines":[{"section":..,"what":..,"formula":..,"value":..,
// "unit":..,"amount":..,"adds":bool},..]}
std::string lines_json(const CostLines& lines, const std::string& currency);

}  // namespace pf::host::cli
