// The answer of a call as a person asked to see it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/columns.hpp"
#include "host/cli/output.hpp"
#include "host/cli/row_writer.hpp"

namespace pf::host::cli {

// Shows messages given as JSON text: as such, or, when they are rows of a collector, as a table
// with the run's ledger behind it.
class CallAnswer {
  public:
    // `output` and `catalogue` outlive this object; kinds the stream describes are added.
    CallAnswer(Output& output, ColumnCatalogue& catalogue, bool is_table, TableLook look);

    // Takes one message. False when nothing more can be shown.
    bool take(const std::string& json);
    // Writes what comes behind the messages. `ledger` is the text of x-prismforet-ledger, or empty.
    Status finish(std::string_view ledger);
    // True when rows say that something is missing.
    bool has_failures() const { return !failures_.empty(); }

  private:
    bool take_row(const std::string& json);

    Output& output_;
    ColumnCatalogue& catalogue_;
    bool is_table_;
    std::unique_ptr<RowWriter> writer_;
    std::map<std::string, std::uint64_t> rows_by_type_;
    std::vector<std::string> failures_;
};

// True when the ledger (JSON text) says that the run is complete; true as well without a ledger.
bool says_complete(std::string_view ledger);

}  // namespace pf::host::cli
