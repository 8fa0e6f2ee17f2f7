// The file of a database: made whole, looked at before it is opened, set aside when it is damaged.
#pragma once

#include <string>

#include "host/base/status.hpp"
#include "host/state/database.hpp"

namespace pf::host::state {

// A failure of the file itself: the code of words.file, "the ... PATH " and `what`.
Status file_failure(const FileWords& words, Code code, const std::string& path,
                    const std::string& what);

// Makes the file in WAL mode, with what `statements` make in it, unless there is one. It gets its
// name when it is whole, so that one that is there is never one that is still being made. From
// several processes at once: one file, of one of them.
Status make_file(const Database::Settings& settings, const std::string& statements);

// DATA_LOSS when the file ends within its header: SQLite would take it for a new one.
Status check_size(const Database::Settings& settings);

// True when the file and its folder can be written by this user.
bool can_write(const std::string& path);
// The same as a failure of the file.
Status check_writable(const Database::Settings& settings);

// Renames the file, and what SQLite keeps beside it, to PATH + suffix + N; returns the new name.
Result<std::string> set_aside(const FileWords& words, const std::string& path,
                              const std::string& suffix);

}  // namespace pf::host::state
