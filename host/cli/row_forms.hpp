// The forms of rows, one RowWriter each; row_writer.hpp chooses among them.
#pragma once

#include <memory>
#include <vector>

#include "host/cli/row_writer.hpp"

namespace pf::host::cli {

// The columns `wishes` wants of a kind that has `all`. Where several kinds are shown, a column this
// kind does not have is left out; else INVALID_ARGUMENT (ERROR_USAGE).
Result<std::vector<Field>> pick_columns(const std::vector<Field>& all, const RowWishes& wishes);

// For people: a table for each kind of resource, as the columns differ.
std::unique_ptr<RowWriter> make_table_rows(const RowWishes& wishes, Output& output,
                                           const ColumnCatalogue& catalogue);
// One heading: of the kind's columns, or, for several kinds, of those that all resources have.
std::unique_ptr<RowWriter> make_csv_rows(const RowWishes& wishes, Output& output,
                                         const ColumnCatalogue& catalogue);
// One document: {"schema":..,"items":[..],"summary":{..}}
std::unique_ptr<RowWriter> make_json_rows(Output& output);
// The same in YAML.
std::unique_ptr<RowWriter> make_yaml_rows(Output& output);
// A resource on each line, the summary on the last.
std::unique_ptr<RowWriter> make_ndjson_rows(Output& output);
// The name of a resource on each line, and nothing else.
std::unique_ptr<RowWriter> make_name_rows(Output& output);
// Keeps everything until the end, then hands it to `next` ordered by a column.
std::unique_ptr<RowWriter> make_sorted_rows(std::unique_ptr<RowWriter> next,
                                            const RowWishes& wishes,
                                            const ColumnCatalogue& catalogue);

}  // namespace pf::host::cli
