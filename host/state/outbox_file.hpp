// The file of an outbox: made, opened, checked, set aside.
#pragma once

#include <memory>
#include <string>

#include "host/base/status.hpp"
#include "host/state/database.hpp"

namespace pf::host::state {

// The version of the tables this program knows; a newer one is refused.
inline constexpr std::int64_t outbox_version = 1;

// Opens the file to write it, and makes it when there is none; its failures are ERROR_OUTBOX_...
// whatever settings.words says. What other tables it holds does not matter. ":memory:" keeps
// everything in the object. Does not check the rows: Outbox::in does.
Result<std::unique_ptr<Database>> open_outbox_file(Database::Settings settings);

// Makes the tables where there are none. Checks every page of the file and every row of an outbox:
// DATA_LOSS for what is damaged, FAILED_PRECONDITION (..._VERSION) for a newer version.
Status prepare_outbox(Database& database);

// Renames the file, and what SQLite keeps beside it, to PATH.corrupt-N; returns the new name, which
// the caller tells. The next open makes a new file, so that work goes on.
Result<std::string> set_outbox_aside(const std::string& path);

}  // namespace pf::host::state
