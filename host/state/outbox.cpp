#include "host/state/outbox.hpp"

#include <nlohmann/json.hpp>

#include "host/state/outbox_file.hpp"
#include "host/state/outbox_rows.hpp"
#include "host/state/transaction.hpp"

namespace pf::host::state {
namespace {

Status no_such_parcel(const Database& database, std::int64_t id) {
    return Status(Code::not_found, "ERROR_OUTBOX_PARCEL",
                  "parcel " + std::to_string(id) + " does not wait in " + database.path() +
                      "; another process may have delivered it or given it up");
}

// What happens to a parcel that waits. In `statement` ?1 is the id, ?2 the time, ?3 and ?4 are the
// failure's code and text.
struct Change {
    std::int64_t id;
    std::int64_t due_at;
    const Status& why;
    const char* statement;
};

// Runs `change`, and `count`, which is told the bytes of the parcel.
template <class Count>
Status change_waiting(Database& database, const Change& change, const Count& count) {
    Transaction transaction(database);
    if (Status begun = transaction.begin(); !begun.ok()) {
        return begun;
    }
    auto statement = database.prepare(change.statement);
    if (!statement) {
        return statement.status();
    }
    statement->bind(1, change.id)
        .bind(2, change.due_at)
        .bind(3, std::string_view(change.why.reason()))
        .bind(4, std::string_view(change.why.message()));
    const auto changed = change_parcel(*statement);
    if (!changed) {
        return changed.status();
    }
    if (!changed->has_value()) {
        return no_such_parcel(database, change.id);
    }
    if (Status set = set_first(database, (*changed)->lane); !set.ok()) {
        return set;
    }
    auto tally = read_tally(database);
    if (!tally) {
        return tally.status();
    }
    Status done = count(tally->counts, (*changed)->bytes);
    if (done.ok()) {
        done = write_tally(database, *tally);
    }
    return done.ok() ? transaction.commit() : done;
}

// Drops the oldest of the dead ones that are too many.
Status push_out(Database& database, OutboxCounts& counts, std::uint64_t most) {
    if (counts.dead <= most) {
        return Status();
    }
    auto drop = database.prepare(
        "DELETE FROM outbox_parcel WHERE id IN (SELECT id FROM outbox_parcel WHERE is_dead = 1"
        " ORDER BY id LIMIT ?1)");
    if (!drop) {
        return drop.status();
    }
    const std::uint64_t many = counts.dead - most;
    counts.dead -= many;
    counts.dropped += many;
    return drop->bind(1, static_cast<std::int64_t>(many)).run();
}

}  // namespace

Outbox::Outbox(std::shared_ptr<Database> database, std::shared_ptr<std::recursive_mutex> mutex,
               OutboxLimits limits)
    : database_(std::move(database)), mutex_(std::move(mutex)), limits_(limits) {}
Outbox::~Outbox() = default;

Result<std::unique_ptr<Outbox>> Outbox::open(const std::string& path, OutboxLimits limits,
                                             std::chrono::milliseconds wait) {
    auto database = open_outbox_file({path, wait, 0});
    if (!database) {
        return database.status();
    }
    return in(std::move(*database), std::make_shared<std::recursive_mutex>(), limits);
}

Result<std::unique_ptr<Outbox>> Outbox::in(std::shared_ptr<Database> database,
                                           std::shared_ptr<std::recursive_mutex> mutex,
                                           OutboxLimits limits) {
    const std::lock_guard lock(*mutex);
    if (Status prepared = prepare_outbox(*database); !prepared.ok()) {
        return prepared;
    }
    return std::unique_ptr<Outbox>(new Outbox(std::move(database), mutex, limits));
}

Result<std::vector<Parcel>> Outbox::due(std::int64_t now, std::size_t most,
                                        const std::vector<std::string>& without) {
    const std::lock_guard lock(*mutex_);
    // SQLite would go by due_at, and sort all that are due with all they hold.
    return read_parcels(*database_,
                        "INDEXED BY outbox_first WHERE is_first = 1 AND due_at <= ?1"
                        " AND channel NOT IN (SELECT value FROM json_each(?3))"
                        " ORDER BY id LIMIT ?2",
                        now, static_cast<std::int64_t>(most), nlohmann::json(without).dump());
}

Result<std::optional<std::int64_t>> Outbox::next_due() {
    const std::lock_guard lock(*mutex_);
    auto query = database_->prepare("SELECT min(due_at) FROM outbox_parcel WHERE is_first = 1");
    if (!query) {
        return query.status();
    }
    const auto row = query->step();
    if (!row) {
        return row.status();
    }
    return *row ? query->number_or_null(0) : std::nullopt;
}

Status Outbox::delivered(std::int64_t id) {
    const std::lock_guard lock(*mutex_);
    return change_waiting(
        *database_,
        {id, 0, Status(),
         "DELETE FROM outbox_parcel WHERE id = ?1 AND is_dead = 0 RETURNING bytes, lane"},
        [](OutboxCounts& counts, std::uint64_t bytes) {
            --counts.waiting;
            counts.bytes -= bytes;
            ++counts.delivered;
            return Status();
        });
}

Status Outbox::retry(std::int64_t id, std::int64_t due_at, const Status& why) {
    const std::lock_guard lock(*mutex_);
    return change_waiting(
        *database_,
        {id, due_at, why,
         "UPDATE outbox_parcel SET due_at = ?2, attempts = attempts + 1, code = ?3, why = ?4,"
         " sum = row_sum(id, 0, key, lane, channel, put_at, ?2, attempts + 1, ?3, ?4, bytes, "
         "content)"
         " WHERE id = ?1 AND is_dead = 0 RETURNING bytes, lane"},
        [](OutboxCounts&, std::uint64_t) { return Status(); });
}

Status Outbox::give_up(std::int64_t id, const Status& why) {
    const std::lock_guard lock(*mutex_);
    return change_waiting(
        *database_,
        {id, 0, why,
         "UPDATE outbox_parcel SET is_dead = 1, is_first = 0, attempts = attempts + 1, code = ?3, "
         "why = ?4,"
         " sum = row_sum(id, 1, key, lane, channel, put_at, due_at, attempts + 1, ?3, ?4, bytes,"
         " content) WHERE id = ?1 AND is_dead = 0 RETURNING bytes, lane"},
        [&](OutboxCounts& counts, std::uint64_t bytes) {
            --counts.waiting;
            counts.bytes -= bytes;
            ++counts.given_up;
            ++counts.dead;
            return push_out(*database_, counts, limits_.dead);
        });
}

}  // namespace pf::host::state
