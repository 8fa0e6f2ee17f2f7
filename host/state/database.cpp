#include "host/state/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <limits>

#include "host/state/row_sum.hpp"

namespace pf::host::state {
namespace {

constexpr std::uint64_t page_bytes = 4096;

// The path as a URI of SQLite: what has a meaning there is escaped.
std::string uri_of(const std::string& path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char byte : path) {
        if (byte == '%' || byte == '?' || byte == '#') {
            const auto value = static_cast<unsigned char>(byte);
            uri += '%';
            uri += digits[value >> 4];
            uri += digits[value & 15];
        } else {
            uri += byte;
        }
    }
    return uri + "?immutable=1";
}

int flags_of(Database::Mode mode) noexcept {
    constexpr int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
        case Database::Mode::create:
            return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        case Database::Mode::write:
            return common | SQLITE_OPEN_READWRITE;
        case Database::Mode::read:
            return common | SQLITE_OPEN_READONLY;
        case Database::Mode::immutable:
            return common | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    }
    return common;
}

bool is_corrupt(int error) noexcept {
    return (error & 0xFF) == SQLITE_CORRUPT || (error & 0xFF) == SQLITE_NOTADB ||
           error == SQLITE_IOERR_SHORT_READ || error == SQLITE_IOERR_CORRUPTFS ||
           error == SQLITE_IOERR_DATA;
}

bool is_full(int error) noexcept {
    return (error & 0xFF) == SQLITE_FULL || error == SQLITE_IOERR_SHMSIZE;
}

}  // namespace

void DatabaseCloser::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
void DatabaseCloser::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int at, std::int64_t number) {
    sqlite3_bind_int64(statement_.get(), at, number);
    return *this;
}

Statement& Statement::bind(int at, std::optional<std::int64_t> number) {
    if (number) {
        return bind(at, *number);
    }
    sqlite3_bind_null(statement_.get(), at);
    return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
    sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind_bytes(int at, std::string_view bytes) {
    // A null pointer would be NULL instead of no bytes.
    sqlite3_bind_blob64(statement_.get(), at, bytes.empty() ? "" : bytes.data(), bytes.size(),
                        SQLITE_TRANSIENT);
    return *this;
}

Result<bool> Statement::step() {
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) {
        return true;
    }
    sqlite3_reset(statement_.get());
    if (result == SQLITE_DONE) {
        return false;
    }
    return database_->failure(result);
}

Status Statement::run() {
    const auto stepped = step();
    reset();
    return stepped.status();
}

void Statement::reset() noexcept { sqlite3_reset(statement_.get()); }

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::optional<std::int64_t> Statement::number_or_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL
               ? std::nullopt
               : std::optional(number(column));
}

std::string_view Statement::text(int column) const {
    const auto* bytes =
        reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(bytes, static_cast<std::size_t>(size));
}

std::string_view Statement::bytes(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(bytes, static_cast<std::size_t>(size));
}

Result<std::unique_ptr<Database>> Database::open(const Settings& settings, Mode mode) {
    sqlite3* handle = nullptr;
    const std::string name = mode == Mode::immutable ? uri_of(settings.path) : settings.path;
    const int opened = sqlite3_open_v2(name.c_str(), &handle, flags_of(mode), nullptr);
    std::unique_ptr<Database> database(new Database(settings.path, settings.words, handle));
    if (opened != SQLITE_OK) {
        return database->failure(opened);
    }
    const auto wait =
        std::clamp<std::int64_t>(settings.wait.count(), 0, std::numeric_limits<int>::max());
    sqlite3_busy_timeout(handle, static_cast<int>(wait));
    // Only what this program wrote is to be believed of a file that may come from anywhere.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (const int added = add_row_sum(handle); added != SQLITE_OK) {
        return database->failure(added);
    }
    if (settings.largest_bytes > 0) {
        const std::uint64_t pages = std::max<std::uint64_t>(settings.largest_bytes / page_bytes, 1);
        Status limited = database->run("PRAGMA max_page_count = " + std::to_string(pages));
        if (!limited.ok()) {
            return limited;
        }
    }
    return database;
}

Status Database::run(const std::string& statements) {
    const int result = sqlite3_exec(handle_.get(), statements.c_str(), nullptr, nullptr, nullptr);
    return result == SQLITE_OK ? Status() : failure(result);
}

Result<Statement> Database::prepare(std::string_view text) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v2(handle_.get(), text.data(), static_cast<int>(text.size()),
                                          &statement, nullptr);
    if (result != SQLITE_OK) {
        return failure(result);
    }
    return Statement(*this, statement);
}

Result<std::int64_t> Database::number_of(std::string_view text) {
    auto statement = prepare(text);
    if (!statement) {
        return statement.status();
    }
    const auto stepped = statement->step();
    if (!stepped) {
        return stepped.status();
    }
    return *stepped ? statement->number(0) : 0;
}

bool Database::is_in_transaction() const noexcept {
    return handle_ && sqlite3_get_autocommit(handle_.get()) == 0;
}

Status corrupt(const FileWords& words, const std::string& path, const std::string& what) {
    return Status(
        Code::data_loss, words.corrupt,
        std::string(words.name) + " " + path + " is damaged: " + what + "; " + words.after_damage);
}

Status Database::corrupt(const std::string& what) const {
    return state::corrupt(*words_, path_, what);
}

Status Database::failure(int error) const {
    const std::string said = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(error);
    const std::string file = std::string(words_->name) + " " + path_;
    if (is_corrupt(error)) {
        return corrupt(said);
    }
    if (is_full(error)) {
        return Status(Code::resource_exhausted, words_->full,
                      file + " cannot grow: the disk is full or its largest size is reached; " +
                          words_->when_full);
    }
    switch (error & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Status(Code::unavailable, words_->locked,
                          file + " is being written by another process; " + words_->when_locked);
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return Status(Code::failed_precondition, words_->read_only,
                          file + " cannot be written (" + said + "); " + words_->when_read_only);
        default:
            return Status(
                Code::unavailable, words_->file,
                file + " cannot be used: " + said + "; look at the path, its folder and the disk");
    }
}

}  // namespace pf::host::state
