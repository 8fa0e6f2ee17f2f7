#include "host/state/outbox_file.hpp"

#include <filesystem>
#include <system_error>

#include "host/state/database_file.hpp"
#include "host/state/transaction.hpp"

namespace pf::host::state {
namespace {

// "PfOb" as SQLite keeps it in the header: no other program's file is taken for an outbox.
constexpr std::int64_t application = 0x50664F62;

// `id` is the order; the content is last, so that what stands before it is read without it. Which
// is the first of its lane, and numbers of parcels, are kept, as finding them out takes long when
// much waits. The sums tell damage.
constexpr const char* tables = R"sql(
CREATE TABLE outbox_parcel(
    id INTEGER PRIMARY KEY, is_dead INTEGER NOT NULL CHECK(is_dead IN (0, 1)),
    is_first INTEGER NOT NULL CHECK(is_first IN (0, 1)),
    key TEXT NOT NULL UNIQUE, lane TEXT NOT NULL, channel TEXT NOT NULL,
    put_at INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
    code TEXT NOT NULL, why TEXT NOT NULL, bytes INTEGER NOT NULL, sum INTEGER NOT NULL,
    content TEXT NOT NULL) STRICT;
CREATE INDEX outbox_lane ON outbox_parcel(is_dead, lane, id);
CREATE INDEX outbox_order ON outbox_parcel(is_dead, id);
CREATE INDEX outbox_first ON outbox_parcel(is_first, id, due_at);
CREATE INDEX outbox_due ON outbox_parcel(is_first, due_at);
CREATE INDEX outbox_age ON outbox_parcel(is_dead, put_at);
CREATE TABLE outbox_state(
    one INTEGER PRIMARY KEY CHECK(one = 1), version INTEGER NOT NULL, next_id INTEGER NOT NULL,
    waiting INTEGER NOT NULL, bytes INTEGER NOT NULL, dead INTEGER NOT NULL, put INTEGER NOT NULL,
    delivered INTEGER NOT NULL, given_up INTEGER NOT NULL, dropped INTEGER NOT NULL,
    sum INTEGER NOT NULL) STRICT;
INSERT INTO outbox_state VALUES(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, row_sum(1, 0, 0, 0, 0, 0, 0, 0));
)sql";

// Rows that are not what was written, in one look: other processes write meanwhile.
constexpr const char* odd_rows = R"sql(
SELECT (SELECT count(*) FROM outbox_parcel
        WHERE sum IS NOT row_sum(id, is_dead, key, lane, channel, put_at, due_at, attempts, code,
                                 why, bytes, content)
           OR is_first <> (is_dead = 0 AND NOT EXISTS(
                  SELECT 1 FROM outbox_parcel AS p
                  WHERE p.is_dead = 0 AND p.lane = outbox_parcel.lane AND p.id < outbox_parcel.id)))
     + (SELECT count(*) FROM outbox_state
        WHERE sum IS NOT row_sum(next_id, waiting, bytes, dead, put, delivered, given_up, dropped)
           OR waiting <> (SELECT count(*) FROM outbox_parcel WHERE is_dead = 0)
           OR dead <> (SELECT count(*) FROM outbox_parcel WHERE is_dead = 1)
           OR bytes <> (SELECT coalesce(sum(p.bytes), 0) FROM outbox_parcel AS p WHERE is_dead = 0)
           OR next_id <= (SELECT coalesce(max(id), 0) FROM outbox_parcel))
     + (SELECT count(*) <> 1 FROM outbox_state))sql";

constexpr const char* has_tables =
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'outbox_state'";

Status make_tables(Database& database) {
    Transaction made(database);
    if (Status begun = made.begin(); !begun.ok()) {
        return begun;
    }
    // Another process may have been quicker.
    const auto present = database.number_of(has_tables);
    if (!present || *present > 0) {
        return present.status();
    }
    if (Status written = database.run(tables); !written.ok()) {
        return written;
    }
    return made.commit();
}

Status check_version(Database& database) {
    const auto version = database.number_of("SELECT version FROM outbox_state");
    if (!version) {
        return version.status();
    }
    if (*version == outbox_version) {
        return Status();
    }
    if (*version < 1) {
        return database.corrupt("it has no version");
    }
    return Status(Code::failed_precondition, database.words().version,
                  std::string(database.words().name) + " " + database.path() + " has version " +
                      std::to_string(*version) + ", this program knows " +
                      std::to_string(outbox_version) +
                      "; use the program that wrote it, or a newer one");
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
    pages->reset();
    const auto odd = database.number_of(odd_rows);
    if (!odd) {
        return odd.status();
    }
    return *odd == 0 ? Status()
                     : database.corrupt(std::to_string(*odd) + " rows are not what was written");
}

// Nothing is written to what belongs to another program.
Status check_owner(Database& database) {
    const auto owner = database.number_of("PRAGMA application_id");
    const auto present = database.number_of(has_tables);
    if (!owner || !present) {
        return owner ? present.status() : owner.status();
    }
    return *owner == application || *present > 0
               ? Status()
               : Status(Code::failed_precondition, database.words().version,
                        database.path() +
                            " is a database of another program; name another file for " +
                            database.words().name);
}

Result<std::unique_ptr<Database>> open_file(const Database::Settings& settings) {
    std::error_code error;
    if (!std::filesystem::exists(settings.path, error)) {
        if (Status made = make_file(settings, std::string(tables) + "PRAGMA application_id = " +
                                                  std::to_string(application));
            !made.ok()) {
            return made;
        }
    }
    if (Status sized = check_size(settings); !sized.ok()) {
        return sized;
    }
    if (Status writable = check_writable(settings); !writable.ok()) {
        return writable;
    }
    auto database = Database::open(settings, Database::Mode::write);
    if (!database) {
        return database.status();
    }
    if (Status owned = check_owner(**database); !owned.ok()) {
        return owned;
    }
    return database;
}

}  // namespace

Result<std::unique_ptr<Database>> open_outbox_file(Database::Settings settings) {
    settings.words = &outbox_words;
    auto database = settings.path == ":memory:" ? Database::open(settings, Database::Mode::create)
                                                : open_file(settings);
    if (database) {
        // FULL: a letter is on the disk when put() says so.
        if (Status set = (*database)->run("PRAGMA synchronous = FULL; "
                                          "PRAGMA journal_size_limit = 16777216");
            !set.ok()) {
            return set;
        }
    }
    return database;
}

Status prepare_outbox(Database& database) {
    const auto present = database.number_of(has_tables);
    if (!present) {
        return present.status();
    }
    if (*present == 0) {
        if (Status made = make_tables(database); !made.ok()) {
            return made;
        }
    }
    if (Status checked = check_version(database); !checked.ok()) {
        return checked;
    }
    return check_rows(database);
}

Result<std::string> set_outbox_aside(const std::string& path) {
    return set_aside(outbox_words, path, ".corrupt-");
}

}  // namespace pf::host::state
