#include "host/state/outbox_rows.hpp"

namespace pf::host::state {
namespace {

std::uint64_t counter(const Statement& row, int column) {
    return static_cast<std::uint64_t>(row.number(column));
}

std::int64_t number(std::uint64_t counted) { return static_cast<std::int64_t>(counted); }

Parcel parcel_of(const Statement& row) {
    Parcel parcel;
    parcel.id = row.number(0);
    parcel.letter.key = row.text(1);
    parcel.letter.lane = row.text(2);
    parcel.letter.channel = row.text(3);
    parcel.letter.content = row.text(4);
    parcel.put_at = row.number(5);
    parcel.due_at = row.number(6);
    parcel.attempts = static_cast<std::uint32_t>(row.number(7));
    parcel.code = row.text(8);
    parcel.why = row.text(9);
    return parcel;
}

}  // namespace

Result<Tally> read_tally(Database& database) {
    auto query = database.prepare(
        "SELECT next_id, waiting, bytes, dead, put, delivered, given_up, dropped,"
        " (SELECT min(put_at) FROM outbox_parcel WHERE is_dead = 0),"
        " sum IS row_sum(next_id, waiting, bytes, dead, put, delivered, given_up, dropped)"
        " FROM outbox_state WHERE one = 1");
    if (!query) {
        return query.status();
    }
    const auto row = query->step();
    if (!row) {
        return row.status();
    }
    if (!*row || query->number(9) != 1) {
        return database.corrupt("its counters are not what was written");
    }
    Tally tally;
    tally.next_id = query->number(0);
    tally.counts.waiting = counter(*query, 1);
    tally.counts.bytes = counter(*query, 2);
    tally.counts.dead = counter(*query, 3);
    tally.counts.put = counter(*query, 4);
    tally.counts.delivered = counter(*query, 5);
    tally.counts.given_up = counter(*query, 6);
    tally.counts.dropped = counter(*query, 7);
    tally.counts.oldest_at = query->number(8);
    return tally;
}

Status write_tally(Database& database, const Tally& tally) {
    auto write = database.prepare(
        "UPDATE outbox_state SET next_id = ?1, waiting = ?2, bytes = ?3, dead = ?4, put = ?5,"
        " delivered = ?6, given_up = ?7, dropped = ?8,"
        " sum = row_sum(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) WHERE one = 1");
    if (!write) {
        return write.status();
    }
    const OutboxCounts& counts = tally.counts;
    return write->bind(1, tally.next_id)
        .bind(2, number(counts.waiting))
        .bind(3, number(counts.bytes))
        .bind(4, number(counts.dead))
        .bind(5, number(counts.put))
        .bind(6, number(counts.delivered))
        .bind(7, number(counts.given_up))
        .bind(8, number(counts.dropped))
        .run();
}

Result<std::vector<Parcel>> read_parcels(Database& database, std::string_view from,
                                         std::int64_t first, std::int64_t second,
                                         std::string_view third) {
    auto query = database.prepare(
        "SELECT id, key, lane, channel, content, put_at, due_at, attempts, code, why,"
        " sum IS row_sum(id, is_dead, key, lane, channel, put_at, due_at, attempts, code, why,"
        " bytes, content) FROM outbox_parcel " +
        std::string(from));
    if (!query) {
        return query.status();
    }
    query->bind(1, first).bind(2, second);
    if (!third.empty()) {
        query->bind(3, third);
    }
    std::vector<Parcel> parcels;
    for (;;) {
        const auto row = query->step();
        if (!row) {
            return row.status();
        }
        if (!*row) {
            return parcels;
        }
        if (query->number(10) != 1) {
            return database.corrupt("parcel " + std::to_string(query->number(0)) +
                                    " is not what was written");
        }
        parcels.push_back(parcel_of(*query));
    }
}

Result<std::optional<Changed>> change_parcel(Statement& statement) {
    const auto row = statement.step();
    if (!row) {
        return row.status();
    }
    std::optional<Changed> changed;
    if (*row) {
        changed = Changed{counter(statement, 0), std::string(statement.text(1))};
    }
    statement.reset();
    return changed;
}

Status set_first(Database& database, std::string_view lane) {
    auto update = database.prepare(
        "UPDATE outbox_parcel SET is_first = 1 WHERE is_first = 0 AND id ="
        " (SELECT min(id) FROM outbox_parcel WHERE is_dead = 0 AND lane = ?1)");
    return update ? update->bind(1, lane).run() : update.status();
}

}  // namespace pf::host::state
