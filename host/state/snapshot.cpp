#include "host/state/snapshot.hpp"

#include "host/state/database.hpp"
#include "host/state/snapshot_round.hpp"
#include "host/state/transaction.hpp"

namespace pf::host::state {
namespace {

// What is staged is on the side, in a file of this connection that SQLite removes.
constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS watch_scope ("
    "  id INTEGER PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL,"
    "  round INTEGER NOT NULL, is_shrunk INTEGER NOT NULL, UNIQUE (account, kind)) STRICT;"
    "CREATE TABLE IF NOT EXISTS watch_layout ("
    "  id INTEGER PRIMARY KEY, names TEXT NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS watch_row ("
    "  scope INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, region TEXT NOT NULL,"
    "  categories TEXT NOT NULL, layout INTEGER NOT NULL, field_values BLOB NOT NULL,"
    "  is_missing INTEGER NOT NULL, sum INTEGER NOT NULL, UNIQUE (scope, id)) STRICT;"
    "CREATE TABLE IF NOT EXISTS watch_view ("
    "  id INTEGER PRIMARY KEY CHECK (id = 1), view TEXT NOT NULL, rounds INTEGER NOT NULL) STRICT;"
    "CREATE TEMP TABLE IF NOT EXISTS staged_layout ("
    "  id INTEGER PRIMARY KEY, names TEXT NOT NULL);"
    "CREATE TEMP TABLE IF NOT EXISTS staged_row ("
    "  account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,"
    "  region TEXT NOT NULL, categories TEXT NOT NULL, layout INTEGER NOT NULL,"
    "  field_values BLOB NOT NULL, UNIQUE (account, kind, id));";

constexpr std::size_t staged_at_once = 256;

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) {
        (all += text) += '\n';
    }
    return all;
}

}  // namespace

Snapshot::~Snapshot() = default;

Result<std::unique_ptr<Snapshot>> Snapshot::in(std::shared_ptr<Database> database,
                                               std::shared_ptr<std::recursive_mutex> mutex) {
    const std::lock_guard lock(*mutex);
    if (Status made = database->run(schema); !made.ok()) {
        return made.within("the snapshot");
    }
    return std::unique_ptr<Snapshot>(new Snapshot(std::move(database), std::move(mutex)));
}

Status Snapshot::begin() {
    const std::lock_guard lock(*mutex_);
    staged_.clear();
    return database_->run("DELETE FROM staged_row; DELETE FROM staged_layout;");
}

Status Snapshot::stage(const SnapshotRow& row) {
    const std::lock_guard lock(*mutex_);
    staged_.push_back(row);
    return staged_.size() < staged_at_once ? Status() : write_staged();
}

Status Snapshot::write_staged() {
    Transaction transaction(*database_);
    if (Status begun = transaction.begin_side(); !begun.ok()) {
        return begun;
    }
    auto layout = database_->prepare("INSERT OR IGNORE INTO staged_layout VALUES (?1, ?2)");
    auto put = database_->prepare(
        "INSERT INTO staged_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET "
        "name = excluded.name, region = excluded.region, categories = excluded.categories, "
        "layout = excluded.layout, field_values = excluded.field_values "
        "WHERE (excluded.layout, excluded.field_values, excluded.name, excluded.region, "
        "excluded.categories) < (layout, field_values, name, region, categories)");
    if (!layout || !put) {
        return layout ? put.status() : layout.status();
    }
    for (const SnapshotRow& row : staged_) {
        const PackedFields packed = pack(row.content);
        Status written =
            layout->bind(1, packed.layout).bind(2, std::string_view(packed.names)).run();
        if (written.ok()) {
            const std::string categories = joined(row.categories);
            written = put->bind(1, std::string_view(row.account))
                          .bind(2, std::string_view(row.kind))
                          .bind(3, std::string_view(row.id))
                          .bind(4, std::string_view(row.name))
                          .bind(5, std::string_view(row.region))
                          .bind(6, std::string_view(categories))
                          .bind(7, packed.layout)
                          .bind_bytes(8, packed.values)
                          .run();
        }
        if (!written.ok()) {
            return written;
        }
    }
    Status committed = transaction.commit();
    if (committed.ok()) {
        staged_.clear();
    }
    return committed;
}

Result<RoundResult> Snapshot::finish(const RoundScope& scope, const Sink& sink) {
    const std::lock_guard lock(*mutex_);
    if (Status written = write_staged(); !written.ok()) {
        return written;
    }
    Transaction transaction(*database_);
    if (Status begun = transaction.begin(); !begun.ok()) {
        return begun;
    }
    auto result = SnapshotRound(*database_, scope, sink).run();
    if (!result) {
        return result;
    }
    if (Status ended = sink({}); !ended.ok()) {
        return ended;
    }
    if (Status committed = transaction.commit(); !committed.ok()) {
        return committed;
    }
    return result;
}

Result<bool> Snapshot::has_view(const std::string& view) {
    const std::lock_guard lock(*mutex_);
    auto kept = database_->prepare("SELECT view FROM watch_view");
    if (!kept) {
        return kept.status();
    }
    const auto found = kept->step();
    if (!found) {
        return found.status();
    }
    const bool is_same = *found ? kept->text(0) == view : view.empty();
    kept->reset();
    return is_same;
}

Status Snapshot::set_view(const std::string& view) {
    const std::lock_guard lock(*mutex_);
    const auto is_same = has_view(view);
    if (!is_same || *is_same) {
        return is_same.status();
    }
    Transaction transaction(*database_);
    if (Status begun = transaction.begin(); !begun.ok()) {
        return begun;
    }
    // Rounds count on: their numbers tell letters apart, and letters of the other part may wait.
    auto put = database_->prepare(
        "INSERT OR REPLACE INTO watch_view VALUES (1, ?1, (SELECT max("
        "coalesce((SELECT max(round) FROM watch_scope), 0), "
        "coalesce((SELECT rounds FROM watch_view), 0))))");
    if (!put) {
        return put.status();
    }
    Status done = put->bind(1, std::string_view(view)).run();
    done = done.ok() ? database_->run("DELETE FROM watch_row; DELETE FROM watch_scope;") : done;
    return done.ok() ? transaction.commit() : done;
}

Result<std::uint64_t> Snapshot::size() {
    const std::lock_guard lock(*mutex_);
    const auto count = database_->number_of("SELECT count(*) FROM watch_row");
    return count ? Result<std::uint64_t>(static_cast<std::uint64_t>(*count)) : count.status();
}

}  // namespace pf::host::state
