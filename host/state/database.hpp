// Database: one SQLite file, its statements, and its failures as Status.
//
// Used by host/state only. One thread at a time. Every failure names the file and says what to do;
// of an outbox it is ERROR_OUTBOX_... (file_words.hpp):
//   ERROR_LEDGER_LOCKED     another process writes; it was waited for
//   ERROR_LEDGER_FULL       no space, or the configured size is reached
//   ERROR_LEDGER_READ_ONLY  it cannot be written
//   ERROR_LEDGER_CORRUPT    bytes are not what was written
//   ERROR_LEDGER_FILE       it cannot be opened or read
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/state/file_words.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace pf::host::state {

// Who closes what SQLite opened.
struct DatabaseCloser {
    void operator()(sqlite3* handle) const noexcept;
    void operator()(sqlite3_stmt* statement) const noexcept;
};

class Database;

// A prepared statement. Parameters and columns count from 1 and from 0, as SQLite's do. Lives
// shorter than its database.
class Statement {
  public:
    // Texts are copied. An empty optional is NULL.
    Statement& bind(int at, std::int64_t number);
    Statement& bind(int at, std::optional<std::int64_t> number);
    Statement& bind(int at, std::string_view text);
    Statement& bind_bytes(int at, std::string_view bytes);

    // The next row; false when there is none. After false or a failure the statement can be bound
    // and stepped anew.
    Result<bool> step();
    // For statements without rows.
    Status run();
    // Ends a statement whose rows are not wanted any more.
    void reset() noexcept;

    std::int64_t number(int column) const;
    // Nothing for NULL.
    std::optional<std::int64_t> number_or_null(int column) const;
    // Both are valid until the next step.
    std::string_view text(int column) const;
    std::string_view bytes(int column) const;

  private:
    friend class Database;
    Statement(Database& database, sqlite3_stmt* statement)
        : database_(&database), statement_(statement) {}

    Database* database_;
    std::unique_ptr<sqlite3_stmt, DatabaseCloser> statement_;
};

class Database {
  public:
    enum class Mode : std::uint8_t {
        create,     // a new file
        write,      // a file that is there
        read,       // the same, nothing is written to it
        immutable,  // the same, and nobody else writes: needs no files beside it
    };
    struct Settings {
        std::string path;
        std::chrono::milliseconds wait{0};  // for another process
        std::uint64_t largest_bytes = 0;    // 0 = no limit
        const FileWords* words = &ledger_words;
    };

    // Opens without reading: a file that is no database fails at the first use.
    static Result<std::unique_ptr<Database>> open(const Settings& settings, Mode mode);

    const std::string& path() const noexcept { return path_; }
    const FileWords& words() const noexcept { return *words_; }
    // True between BEGIN and COMMIT. Some failures end a transaction by themselves.
    bool is_in_transaction() const noexcept;
    // Runs statements without parameters and rows.
    Status run(const std::string& statements);
    Result<Statement> prepare(std::string_view text);
    // The first column of the first row.
    Result<std::int64_t> number_of(std::string_view text);
    // What SQLite's last failure, `error`, means for people.
    Status failure(int error) const;
    // A failure that the bytes of the file are not what was written; `what` says which.
    Status corrupt(const std::string& what) const;

  private:
    Database(std::string path, const FileWords* words, sqlite3* handle)
        : path_(std::move(path)), words_(words), handle_(handle) {}

    std::string path_;
    const FileWords* words_;
    std::unique_ptr<sqlite3, DatabaseCloser> handle_;
};

// The same of a file that is not open.
Status corrupt(const FileWords& words, const std::string& path, const std::string& what);

}  // namespace pf::host::state
