// The file of the shape ledger: made, opened, checked, set aside.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "host/base/status.hpp"
#include "host/state/database.hpp"

namespace pf::host::state {

// The version of the tables this program knows. An older file would be brought up to it, a newer
// one is refused.
inline constexpr std::int64_t ledger_version = 1;

// Opens the file to write it, and makes it when there is none. Checks every page and every row:
// what is damaged is ERROR_LEDGER_CORRUPT, another program's file and a newer version are
// ERROR_LEDGER_VERSION.
Result<std::unique_ptr<Database>> open_to_feed(const Database::Settings& settings);

// Opens the file to read it; NOT_FOUND (ERROR_LEDGER_FILE) when there is none. Works on a disk that
// cannot be written.
Result<std::unique_ptr<Database>> open_to_read(const Database::Settings& settings);

// Renames the file, and what SQLite keeps beside it, to PATH.damaged-N; returns the new name. The
// next feed makes a new file.
Result<std::string> set_ledger_aside(const std::string& path);

}  // namespace pf::host::state
