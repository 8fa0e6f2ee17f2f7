// What people look at and decide of an outbox.
#include <algorithm>

#include "host/state/outbox.hpp"
#include "host/state/outbox_rows.hpp"
#include "host/state/transaction.hpp"

namespace pf::host::state {
namespace {

// The ids of dead ones, oldest first: all of them for an empty list.
Result<std::vector<std::int64_t>> chosen(Database& database, std::vector<std::int64_t> ids) {
    if (!ids.empty()) {
        std::sort(ids.begin(), ids.end());
        return ids;
    }
    auto query = database.prepare("SELECT id FROM outbox_parcel WHERE is_dead = 1 ORDER BY id");
    if (!query) {
        return query.status();
    }
    for (;;) {
        const auto row = query->step();
        if (!row) {
            return row.status();
        }
        if (!*row) {
            return ids;
        }
        ids.push_back(query->number(0));
    }
}

// Gives a dead one the id behind all others. False when it is not there, or there is no room.
Result<bool> revive_one(Statement& size, Statement& move, Tally& tally, const OutboxLimits& limits,
                        std::int64_t id) {
    const auto found = change_parcel(size.bind(1, id));
    if (!found || !found->has_value()) {
        return found ? Result<bool>(false) : found.status();
    }
    OutboxCounts& counts = tally.counts;
    const std::uint64_t more = (*found)->bytes;
    if (counts.waiting >= limits.waiting || counts.bytes + more > limits.bytes) {
        return false;
    }
    if (Status moved = move.bind(1, id).bind(2, tally.next_id).run(); !moved.ok()) {
        return moved;
    }
    ++tally.next_id;
    --counts.dead;
    ++counts.waiting;
    counts.bytes += more;
    return true;
}

}  // namespace

Result<OutboxCounts> Outbox::counts() {
    const std::lock_guard lock(*mutex_);
    auto tally = read_tally(*database_);
    if (!tally) {
        return tally.status();
    }
    return tally->counts;
}

Result<std::vector<Parcel>> Outbox::waiting(std::size_t most) {
    const std::lock_guard lock(*mutex_);
    return read_parcels(*database_, "WHERE is_dead = ?1 ORDER BY id LIMIT ?2", 0,
                        static_cast<std::int64_t>(most));
}

Result<std::vector<Parcel>> Outbox::dead(std::size_t most) {
    const std::lock_guard lock(*mutex_);
    return read_parcels(*database_, "WHERE is_dead = ?1 ORDER BY id LIMIT ?2", 1,
                        static_cast<std::int64_t>(most));
}

Result<std::size_t> Outbox::revive(const std::vector<std::int64_t>& ids, std::int64_t now) {
    const std::lock_guard lock(*mutex_);
    Transaction transaction(*database_);
    if (Status begun = transaction.begin(); !begun.ok()) {
        return begun;
    }
    auto tally = read_tally(*database_);
    auto wanted = chosen(*database_, ids);
    auto size =
        database_->prepare("SELECT bytes, lane FROM outbox_parcel WHERE id = ?1 AND is_dead = 1");
    auto move = database_->prepare(
        "UPDATE outbox_parcel SET id = ?2, is_dead = 0,"
        " is_first = NOT EXISTS(SELECT 1 FROM outbox_parcel AS p"
        "  WHERE p.is_dead = 0 AND p.lane = outbox_parcel.lane), due_at = ?3, attempts = 0, code = "
        "'',"
        " why = '', sum = row_sum(?2, 0, key, lane, channel, put_at, ?3, 0, '', '', bytes, content)"
        " WHERE id = ?1");
    for (const Status& status : {tally.status(), wanted.status(), size.status(), move.status()}) {
        if (!status.ok()) {
            return status;
        }
    }
    move->bind(3, now);
    std::size_t revived = 0;
    for (const std::int64_t id : *wanted) {
        const auto one = revive_one(*size, *move, *tally, limits_, id);
        if (!one) {
            return one.status();
        }
        revived += *one ? 1 : 0;
    }
    Status written = write_tally(*database_, *tally);
    if (written.ok()) {
        written = transaction.commit();
    }
    if (!written.ok()) {
        return written;
    }
    return revived;
}

Result<std::size_t> Outbox::forget(const std::vector<std::int64_t>& ids) {
    const std::lock_guard lock(*mutex_);
    Transaction transaction(*database_);
    if (Status begun = transaction.begin(); !begun.ok()) {
        return begun;
    }
    auto tally = read_tally(*database_);
    auto wanted = chosen(*database_, ids);
    auto drop = database_->prepare(
        "DELETE FROM outbox_parcel WHERE id = ?1 AND is_dead = 1 RETURNING bytes, lane");
    for (const Status& status : {tally.status(), wanted.status(), drop.status()}) {
        if (!status.ok()) {
            return status;
        }
    }
    std::size_t forgotten = 0;
    for (const std::int64_t id : *wanted) {
        const auto dropped = change_parcel(drop->bind(1, id));
        if (!dropped) {
            return dropped.status();
        }
        forgotten += dropped->has_value() ? 1 : 0;
    }
    tally->counts.dead -= forgotten;
    Status written = write_tally(*database_, *tally);
    if (written.ok()) {
        written = transaction.commit();
    }
    if (!written.ok()) {
        return written;
    }
    return forgotten;
}

}  // namespace pf::host::state
