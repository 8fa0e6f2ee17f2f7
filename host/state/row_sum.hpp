// The sums by which a row of the ledger tells that its bytes are those that were written: SQLite
// itself notices damage to its pages, not to what stands in them.
#pragma once

#include <cstdint>
#include <string_view>

struct sqlite3;

namespace pf::host::state {

// Adds the SQL function row_sum(...): 32 bits over its arguments. Returns SQLite's result code.
int add_row_sum(sqlite3* handle);

// 63 bits over a text; the same as row_hash(text) in SQL.
std::int64_t row_hash(std::string_view text) noexcept;

}  // namespace pf::host::state
