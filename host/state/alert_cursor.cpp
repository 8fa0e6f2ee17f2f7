#include "host/state/alert_cursor.hpp"

#include <algorithm>

#include "host/state/database.hpp"
#include "host/state/transaction.hpp"

namespace pf::host::state {
namespace {

// Longer than any overlap of what is asked for: behind it no mark is met again.
constexpr std::int64_t kept_ms = std::int64_t{7} * 86'400'000;

constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS alert_watermark ("
    "  central TEXT PRIMARY KEY, updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS alert_told ("
    "  central TEXT NOT NULL, key TEXT NOT NULL, updated_at INTEGER NOT NULL,"
    "  state TEXT NOT NULL, PRIMARY KEY (central, key)) STRICT, WITHOUT ROWID;";

}  // namespace

AlertCursor::AlertCursor(std::shared_ptr<Database> database,
                         std::shared_ptr<std::recursive_mutex> mutex)
    : database_(std::move(database)), mutex_(std::move(mutex)) {}
AlertCursor::~AlertCursor() = default;

Result<std::unique_ptr<AlertCursor>> AlertCursor::open(const std::string& path,
                                                       std::chrono::milliseconds wait) {
    auto database = Database::open({path, wait, 0}, Database::Mode::create);
    if (!database) {
        return database.status().within("the cursor of alerts");
    }
    return in(std::move(*database), std::make_shared<std::recursive_mutex>());
}

Result<std::unique_ptr<AlertCursor>> AlertCursor::in(std::shared_ptr<Database> database,
                                                     std::shared_ptr<std::recursive_mutex> mutex) {
    const std::lock_guard lock(*mutex);
    if (Status made = database->run(schema); !made.ok()) {
        return made.within("the cursor of alerts");
    }
    return std::unique_ptr<AlertCursor>(new AlertCursor(std::move(database), mutex));
}

Result<std::optional<std::int64_t>> AlertCursor::watermark(const std::string& central) {
    const std::lock_guard lock(*mutex_);
    return read_watermark(central);
}

Result<std::optional<std::int64_t>> AlertCursor::read_watermark(const std::string& central) {
    auto query = database_->prepare("SELECT updated_at FROM alert_watermark WHERE central = ?1");
    if (!query) {
        return query.status();
    }
    auto row = query->bind(1, std::string_view(central)).step();
    if (!row) {
        return row.status();
    }
    std::optional<std::int64_t> found;
    if (*row) {
        found = query->number(0);
    }
    query->reset();
    return found;
}

Status AlertCursor::tell_new(const std::string& central, const std::vector<AlertMark>& marks,
                             std::optional<std::int64_t> before, const Sink& sink) {
    auto known = database_->prepare(
        "SELECT updated_at, state FROM alert_told WHERE central = ?1 AND key = ?2");
    auto keep = database_->prepare(
        "INSERT INTO alert_told VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET "
        "updated_at = excluded.updated_at, state = excluded.state");
    if (!known || !keep) {
        return known ? keep.status() : known.status();
    }
    for (std::size_t at = 0; at < marks.size(); ++at) {
        const AlertMark& mark = marks[at];
        auto row =
            known->bind(1, std::string_view(central)).bind(2, std::string_view(mark.key)).step();
        if (!row) {
            return row.status();
        }
        // An older state was read by somebody who was overtaken: it is over.
        const bool is_told =
            *row && (known->number(0) > mark.updated_at ||
                     (known->number(0) == mark.updated_at && known->text(1) == mark.state));
        known->reset();
        if (is_told) {
            continue;
        }
        if (Status told = sink(at, before); !told.ok()) {
            return told;
        }
        // A sink that writes to the same file may have failed so that all was undone.
        if (!database_->is_in_transaction()) {
            return Status(Code::internal, "ERROR_INTERNAL",
                          "what was taken of " + central + " was undone in " + database_->path() +
                              "; it is read again the next time");
        }
        Status kept = keep->bind(1, std::string_view(central))
                          .bind(2, std::string_view(mark.key))
                          .bind(3, mark.updated_at)
                          .bind(4, std::string_view(mark.state))
                          .run();
        if (!kept.ok()) {
            return kept;
        }
    }
    return Status();
}

Status AlertCursor::take(const std::string& central, const std::vector<AlertMark>& marks,
                         const Sink& sink) {
    const std::lock_guard lock(*mutex_);
    Transaction write(*database_);
    if (Status begun = write.begin(); !begun.ok()) {
        return begun;
    }
    auto before = read_watermark(central);
    if (!before) {
        return before.status();
    }
    if (Status told = tell_new(central, marks, *before, sink); !told.ok()) {
        return told;
    }
    std::int64_t latest = before->value_or(0);
    for (const AlertMark& mark : marks) {
        latest = std::max(latest, mark.updated_at);
    }
    auto move = database_->prepare(
        "INSERT INTO alert_watermark VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "
        "updated_at = excluded.updated_at");
    auto forget =
        database_->prepare("DELETE FROM alert_told WHERE central = ?1 AND updated_at < ?2");
    if (!move || !forget) {
        return move ? forget.status() : move.status();
    }
    Status moved = move->bind(1, std::string_view(central)).bind(2, latest).run();
    Status forgot = forget->bind(1, std::string_view(central)).bind(2, latest - kept_ms).run();
    if (!moved.ok() || !forgot.ok()) {
        return moved.ok() ? forgot : moved;
    }
    return write.commit();
}

}  // namespace pf::host::state
