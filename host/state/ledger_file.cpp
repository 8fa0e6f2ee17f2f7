#include "host/state/ledger_file.hpp"

#include <filesystem>
#include <system_error>

#include "host/state/database_file.hpp"

namespace pf::host::state {
namespace {

namespace fs = std::filesystem;

// "PfLd" as SQLite keeps it in the header: no other program's file is taken for a ledger.
constexpr std::int64_t application = 0x50664C64;

// A resource is seen in stretches: from `first` to `last` every observation showed the same facts.
// `gone` is the first later instant that showed otherwise: other facts, or a complete collection
// without the resource.
constexpr const char* tables = R"sql(
CREATE TABLE resource(
    id INTEGER PRIMARY KEY, resource TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL,
    created INTEGER, sum INTEGER NOT NULL, UNIQUE(resource, account, kind)) STRICT;
CREATE INDEX resource_scope ON resource(account, kind);
CREATE TABLE facts(
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX facts_hash ON facts(hash);
CREATE TABLE stretch(
    resource INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    facts INTEGER NOT NULL, gone INTEGER, sum INTEGER NOT NULL,
    PRIMARY KEY(resource, first)) STRICT, WITHOUT ROWID;
CREATE INDEX stretch_open ON stretch(resource) WHERE gone IS NULL;
CREATE TABLE collection(
    account TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, complete INTEGER NOT NULL,
    sum INTEGER NOT NULL, PRIMARY KEY(account, kind, at)) STRICT, WITHOUT ROWID;
)sql";

// Rows that are not what was written. Each row is looked at once.
constexpr const char* odd_rows = R"sql(
SELECT (SELECT count(*) FROM resource
        WHERE sum IS NOT row_sum(id, resource, account, kind, created))
     + (SELECT count(*) FROM facts WHERE hash IS NOT row_hash(body))
     + (SELECT count(*) FROM stretch WHERE sum IS NOT row_sum(resource, first, last, facts, gone))
     + (SELECT count(*) FROM collection WHERE sum IS NOT row_sum(account, kind, at, complete))
     + (SELECT count(*) FROM stretch LEFT JOIN facts ON facts.id = stretch.facts
        LEFT JOIN resource ON resource.id = stretch.resource
        WHERE facts.id IS NULL OR resource.id IS NULL))sql";

std::string new_file() {
    return std::string(tables) + "; PRAGMA application_id = " + std::to_string(application) +
           "; PRAGMA user_version = " + std::to_string(ledger_version);
}

Status check_version(Database& database) {
    const auto owner = database.number_of("PRAGMA application_id");
    const auto version = database.number_of("PRAGMA user_version");
    if (!owner || !version) {
        return owner ? version.status() : owner.status();
    }
    if (*owner != application) {
        return Status(Code::failed_precondition, "ERROR_LEDGER_VERSION",
                      database.path() +
                          " is a database of another program; name another file for "
                          "the shape ledger");
    }
    if (*version != ledger_version) {
        return Status(Code::failed_precondition, "ERROR_LEDGER_VERSION",
                      "the shape ledger " + database.path() + " has version " +
                          std::to_string(*version) + ", this program knows " +
                          std::to_string(ledger_version) +
                          "; use the program that wrote it, or a newer one");
    }
    return Status();
}

Status check_rows(Database& database) {
    auto pages = database.prepare("PRAGMA integrity_check(1)");
    if (!pages) {
        return pages.status();
    }
    const auto found = pages->step();
    if (!found) {
        return found.status();
    }
    if (!*found || pages->text(0) != "ok") {
        return database.corrupt(*found ? std::string(pages->text(0)) : "it has no pages");
    }
    const auto odd = database.number_of(odd_rows);
    if (!odd) {
        return odd.status();
    }
    return *odd == 0 ? Status()
                     : database.corrupt(std::to_string(*odd) + " rows are not what was written");
}

Status check(Database& database) {
    if (Status checked = check_version(database); !checked.ok()) {
        return checked;
    }
    return check_rows(database);
}

Result<std::unique_ptr<Database>> open_checked(const Database::Settings& settings,
                                               Database::Mode mode) {
    auto database = Database::open(settings, mode);
    if (!database) {
        return database.status();
    }
    if (Status checked = check(**database); !checked.ok()) {
        return checked;
    }
    return database;
}

// True when nothing is beside the file that belongs to it, so that it can be read alone.
bool is_alone(const std::string& path) {
    std::error_code error;
    const auto size = fs::file_size(path + "-wal", error);
    return error || size == 0;
}

}  // namespace

Result<std::unique_ptr<Database>> open_to_feed(const Database::Settings& settings) {
    std::error_code error;
    if (!fs::exists(settings.path, error)) {
        if (Status made = make_file(settings, new_file()); !made.ok()) {
            return made;
        }
    }
    if (Status sized = check_size(settings); !sized.ok()) {
        return sized;
    }
    if (Status writable = check_writable(settings); !writable.ok()) {
        return writable;
    }
    auto database = open_checked(settings, Database::Mode::write);
    if (database) {
        // WAL: readers see one state to the end while the next is written, and a commit is whole or
        // not there. FULL: it is on the disk when feed() says so; one commit a collection is cheap.
        if (Status set = (*database)->run("PRAGMA synchronous = FULL; "
                                          "PRAGMA journal_size_limit = 16777216");
            !set.ok()) {
            return set;
        }
    }
    return database;
}

Result<std::unique_ptr<Database>> open_to_read(const Database::Settings& settings) {
    std::error_code error;
    if (!fs::exists(settings.path, error)) {
        return file_failure(ledger_words, Code::not_found, settings.path,
                            "is not there; the first collection that feeds it makes it");
    }
    if (Status sized = check_size(settings); !sized.ok()) {
        return sized;
    }
    // Where nothing can be written, SQLite can make no files beside it; nobody else can either.
    return open_checked(settings, !can_write(settings.path) && is_alone(settings.path)
                                      ? Database::Mode::immutable
                                      : Database::Mode::read);
}

Result<std::string> set_ledger_aside(const std::string& path) {
    return set_aside(ledger_words, path, ".damaged-");
}

}  // namespace pf::host::state
