// RowWriter: rows of a run in the form a person or a program asked for.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/columns.hpp"
#include "host/cli/output.hpp"
#include "host/cli/table.hpp"

namespace pf::host::cli {

// The parts of a row as the runtime writes it in JSON. Valid as long as the line.
struct RowText {
    std::string_view state;          // SUCCESS or FAILURE
    std::string_view resource_type;  // inventory.CloudService, ...
    std::string_view resource;       // JSON text of an object
};

// Takes {"state":..,"resource_type":..,"resource":{..}} apart without parsing the resource; nothing
// when the line is not of this form.
std::optional<RowText> split_row(std::string_view line);

// What --output may say.
enum class RowForm { table, wide, json, yaml, ndjson, csv, name };

// How somebody wants rows to be shown.
struct RowWishes {
    RowForm form = RowForm::table;
    std::vector<std::string> columns;  // empty = those of the console
    std::string sort_by;               // a column; empty = as they arrive
    bool is_descending = false;        // largest first
    bool is_mixed = false;             // rows of several kinds may come
    bool has_heading = true;
    bool is_utc = false;
    TableLook look;
};

class RowWriter {
  public:
    virtual ~RowWriter() = default;
    // Takes one resource, JSON text of an object. INVALID_ARGUMENT for a column nobody knows.
    virtual Status put(std::string_view resource) = 0;
    // Writes what comes behind the rows; `summary` is JSON text of an object.
    virtual Status finish(std::string_view summary) = 0;
    // What to tell people about the form, e.g. columns that did not fit. After finish().
    virtual std::string remark() const { return {}; }
};

// OK when each column that `wishes` names is one of some kind of `catalogue`; else INVALID_ARGUMENT
// (ERROR_USAGE) with the nearest.
Status check_columns(const RowWishes& wishes, const ColumnCatalogue& catalogue);

// The writer of a form. `output` and `catalogue` outlive it.
std::unique_ptr<RowWriter> make_row_writer(const RowWishes& wishes, Output& output,
                                           const ColumnCatalogue& catalogue);

}  // namespace pf::host::cli
