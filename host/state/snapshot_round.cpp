#include "host/state/snapshot_round.hpp"

#include <algorithm>
#include <utility>

#include "host/state/row_sum.hpp"

namespace pf::host::state {
namespace {

constexpr std::size_t told_at_once = 256;
constexpr std::size_t cached_layouts = 1024;
// Fewer layouts than this are not worth looking for those that nothing uses any more.
constexpr std::int64_t few_layouts = 1024;
// Of fewer resources than this, half of them are easily deleted on purpose.
constexpr std::uint64_t fewest_to_doubt = 20;

constexpr const char* is_of_scope = "s.account = ?1 AND s.kind = ?2";
constexpr const char* is_staged =
    "EXISTS (SELECT 1 FROM staged_row AS s WHERE s.account = ?1 AND s.kind = ?2 AND s.id = r.id)";

std::int64_t sum_of(std::int64_t layout, std::string_view values) {
    std::string whole = std::to_string(layout) + " ";
    whole += values;
    // 0 says that there is nothing.
    return std::max<std::int64_t>(row_hash(whole), 1);
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// The first columns of every query for rows: id, name, region, categories, layout, field_values.
enum Column {
    id,
    name,
    region,
    categories,
    layout,
    field_values,
    kept_layout,
    kept_values,
    is_whole
};

}  // namespace

Result<RoundResult> SnapshotRound::run() {
    if (Status read = read_scope(); !read.ok()) {
        return read;
    }
    if (id_ == 0 && !scope_.is_complete) {
        result_.is_unused = true;
        return result_;
    }
    if (Status done = id_ == 0 ? take_baseline() : compare(); !done.ok()) {
        return done;
    }
    if (Status dropped = drop_layouts(); !dropped.ok()) {
        return dropped;
    }
    return result_;
}

Status SnapshotRound::run_here(std::string_view text) {
    auto statement = database_.prepare(text);
    return statement ? statement->bind(1, std::string_view(scope_.account))
                           .bind(2, std::string_view(scope_.kind))
                           .bind(3, id_)
                           .run()
                     : statement.status();
}

Result<std::int64_t> SnapshotRound::number_here(std::string_view text) {
    auto statement = database_.prepare(text);
    if (!statement) {
        return statement.status();
    }
    auto row = statement->bind(1, std::string_view(scope_.account))
                   .bind(2, std::string_view(scope_.kind))
                   .bind(3, id_)
                   .step();
    if (!row) {
        return row.status();
    }
    return *row ? statement->number(0) : 0;
}

Status SnapshotRound::read_scope() {
    auto query = database_.prepare(
        "SELECT id, round, is_shrunk FROM watch_scope WHERE account = ?1 AND kind = ?2");
    if (!query) {
        return query.status();
    }
    auto row = query->bind(1, std::string_view(scope_.account))
                   .bind(2, std::string_view(scope_.kind))
                   .step();
    if (!row) {
        return row.status();
    }
    if (*row) {
        id_ = query->number(0);
        result_.round = query->number(1);
        was_shrunk_ = query->number(2) != 0;
    }
    const auto seen =
        number_here(std::string("SELECT count(*) FROM staged_row AS s WHERE ") + is_of_scope);
    result_.seen = seen ? static_cast<std::uint64_t>(*seen) : 0;
    return seen.status();
}

Status SnapshotRound::take_baseline() {
    const auto before =
        number_here("SELECT coalesce(max(rounds), 0) FROM watch_view WHERE ?3 = ?3");
    if (!before) {
        return before.status();
    }
    result_.is_baseline = true;
    result_.round = *before + 1;
    auto make = database_.prepare(
        "INSERT INTO watch_scope (account, kind, round, is_shrunk) "
        "VALUES (?1, ?2, ?3, 0) RETURNING id");
    if (!make) {
        return make.status();
    }
    auto made = make->bind(1, std::string_view(scope_.account))
                    .bind(2, std::string_view(scope_.kind))
                    .bind(3, result_.round)
                    .step();
    if (!made) {
        return made.status();
    }
    id_ = make->number(0);
    make->reset();
    const Status layouts = run_here(
        "INSERT OR IGNORE INTO watch_layout SELECT id, names FROM staged_layout WHERE ?3 = ?3");
    return !layouts.ok()
               ? layouts
               : run_here(std::string("INSERT INTO watch_row SELECT ?3, s.id, s.name, s.region, "
                                      "s.categories, s.layout, s.field_values, 0, row_sum(?3, "
                                      "s.id, s.name, s.region, s.categories, s.layout, "
                                      "s.field_values) FROM staged_row AS s WHERE ") +
                          is_of_scope);
}

Status SnapshotRound::compare() {
    ++result_.round;
    for (Status (SnapshotRound::*const step)() :
         {&SnapshotRound::count, &SnapshotRound::judge_missing, &SnapshotRound::tell_differences,
          &SnapshotRound::tell_deleted, &SnapshotRound::tell_rest, &SnapshotRound::keep_scope}) {
        if (Status done = (this->*step)(); !done.ok()) {
            return done;
        }
    }
    return Status();
}

Status SnapshotRound::count() {
    const auto known = number_here("SELECT count(*) FROM watch_row WHERE scope = ?3");
    const auto missing = number_here(
        std::string("SELECT count(*) FROM watch_row AS r WHERE scope = ?3 AND NOT ") + is_staged);
    result_.known = known ? static_cast<std::uint64_t>(*known) : 0;
    result_.missing = missing ? static_cast<std::uint64_t>(*missing) : 0;
    return known ? missing.status() : known.status();
}

Status SnapshotRound::judge_missing() {
    const bool is_doubtful = scope_.is_complete && !scope_.accept_shrink &&
                             result_.known >= fewest_to_doubt &&
                             result_.missing * 2 > result_.known;
    if (is_doubtful && was_shrunk_) {
        // What is gone stays gone; what was only not listed comes back.
        const auto back = number_here(
            std::string("SELECT EXISTS (SELECT 1 FROM watch_row AS r WHERE scope = ?3 AND "
                        "is_missing = 1 AND ") +
            is_staged + ")");
        result_.is_shrunk = back && *back != 0;
        if (!back) {
            return back.status();
        }
    } else {
        result_.is_shrunk = is_doubtful;
    }
    if (!result_.is_shrunk) {
        return Status();
    }
    return run_here(std::string("UPDATE watch_row AS r SET is_missing = NOT ") + is_staged +
                    " WHERE scope = ?3 AND is_missing = " + is_staged);
}

Status SnapshotRound::tell_differences() {
    // The outer loop runs over what is staged, so that keeping rows does not disturb it.
    auto pairs = database_.prepare(
        std::string("SELECT s.id, s.name, s.region, s.categories, s.layout, s.field_values, "
                    "r.layout, r.field_values, row_sum(r.scope, r.id, r.name, r.region, "
                    "r.categories, r.layout, r.field_values) = r.sum "
                    "FROM staged_row AS s LEFT JOIN watch_row AS r ON r.scope = ?3 AND r.id = s.id "
                    "WHERE ") +
        is_of_scope +
        " AND (s.layout, s.field_values, s.name, s.region, s.categories) IS NOT "
        "(r.layout, r.field_values, r.name, r.region, r.categories) ORDER BY s.id");
    auto keep = database_.prepare(
        "INSERT INTO watch_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, "
        "row_sum(?1, ?2, ?3, ?4, ?5, ?6, ?7)) ON CONFLICT DO UPDATE SET "
        "name = excluded.name, region = excluded.region, categories = excluded.categories, "
        "layout = excluded.layout, field_values = excluded.field_values, "
        "sum = excluded.sum");
    auto keep_layout = database_.prepare("INSERT OR IGNORE INTO watch_layout VALUES (?1, ?2)");
    if (!pairs || !keep || !keep_layout) {
        return !pairs ? pairs.status() : !keep ? keep.status() : keep_layout.status();
    }
    pairs->bind(1, std::string_view(scope_.account))
        .bind(2, std::string_view(scope_.kind))
        .bind(3, id_);
    for (;;) {
        auto pair = pairs->step();
        if (!pair || !*pair) {
            return pair.status();
        }
        if (Status told = tell_difference(*pairs, *keep, *keep_layout); !told.ok()) {
            return told;
        }
    }
}

Status SnapshotRound::tell_difference(const Statement& pair, Statement& keep,
                                      Statement& keep_layout) {
    FieldSet after;
    if (Status read = read_fields(pair.number(layout), pair.bytes(field_values), after);
        !read.ok()) {
        return read;
    }
    const bool is_new = !pair.number_or_null(kept_layout).has_value();
    Change change = change_of(is_new ? ChangeKind::created : ChangeKind::changed, pair);
    if (!is_new) {
        if (pair.number(is_whole) == 0) {
            return database_.corrupt("the row of " + scope_.kind + " " + change.row.id);
        }
        FieldSet before;
        if (Status read = read_fields(pair.number(kept_layout), pair.bytes(kept_values), before);
            !read.ok()) {
            return read;
        }
        change.fields = changes(before, after);
        change.before = sum_of(pair.number(kept_layout), pair.bytes(kept_values));
        after = merged(before, after);
    }
    const PackedFields packed = pack(after);
    change.after = sum_of(packed.layout, packed.values);
    Status kept = keep_layout.bind(1, packed.layout).bind(2, std::string_view(packed.names)).run();
    if (kept.ok()) {
        kept = keep.bind(1, id_)
                   .bind(2, pair.text(id))
                   .bind(3, pair.text(name))
                   .bind(4, pair.text(region))
                   .bind(5, pair.text(categories))
                   .bind(6, packed.layout)
                   .bind_bytes(7, packed.values)
                   .run();
    }
    if (!kept.ok() || (!is_new && change.fields.empty())) {
        return kept;
    }
    ++(is_new ? result_.created : result_.changed);
    return tell(std::move(change));
}

Status SnapshotRound::tell_deleted() {
    if (!scope_.is_complete || result_.is_shrunk || result_.missing == 0) {
        return Status();
    }
    const std::string gone =
        std::string(" FROM watch_row AS r WHERE scope = ?3 AND NOT ") + is_staged;
    auto query = database_.prepare(
        "SELECT id, name, region, categories, layout, field_values, NULL, NULL, row_sum(scope, id, "
        "name, region, categories, layout, field_values) = sum" +
        gone + " ORDER BY id");
    if (!query) {
        return query.status();
    }
    query->bind(1, std::string_view(scope_.account))
        .bind(2, std::string_view(scope_.kind))
        .bind(3, id_);
    for (;;) {
        auto row = query->step();
        if (!row) {
            return row.status();
        }
        if (!*row) {
            break;
        }
        Change change = change_of(ChangeKind::deleted, *query);
        if (query->number(is_whole) == 0) {
            return database_.corrupt("the row of " + scope_.kind + " " + change.row.id);
        }
        change.before = sum_of(query->number(layout), query->bytes(field_values));
        ++result_.deleted;
        if (Status told = tell(std::move(change)); !told.ok()) {
            return told;
        }
    }
    return run_here("DELETE" + gone);
}

Status SnapshotRound::keep_scope() {
    auto keep =
        database_.prepare("UPDATE watch_scope SET round = ?1, is_shrunk = ?2 WHERE id = ?3");
    if (!keep) {
        return keep.status();
    }
    // A round that is not complete neither confirms nor refutes what a complete one missed.
    const bool is_shrunk = result_.is_shrunk || (was_shrunk_ && !scope_.is_complete);
    return keep->bind(1, result_.round).bind(2, std::int64_t{is_shrunk}).bind(3, id_).run();
}

Status SnapshotRound::drop_layouts() {
    const auto count = database_.number_of("SELECT count(*) FROM watch_layout");
    if (!count || *count <= few_layouts) {
        return count.status();
    }
    return database_.run("DELETE FROM watch_layout WHERE id NOT IN (SELECT layout FROM watch_row)");
}

Status SnapshotRound::tell(Change change) {
    told_.push_back(std::move(change));
    return told_.size() < told_at_once ? Status() : tell_rest();
}

Status SnapshotRound::tell_rest() {
    if (told_.empty()) {
        return Status();
    }
    Status told = sink_(told_);
    told_.clear();
    return told;
}

Status SnapshotRound::read_fields(std::int64_t layout, std::string_view values, FieldSet& content) {
    auto known = names_.find(layout);
    if (known == names_.end()) {
        auto query = database_.prepare(
            "SELECT names FROM staged_layout WHERE id = ?1 UNION ALL "
            "SELECT names FROM watch_layout WHERE id = ?1 LIMIT 1");
        if (!query) {
            return query.status();
        }
        auto row = query->bind(1, layout).step();
        if (!row) {
            return row.status();
        }
        if (names_.size() >= cached_layouts) {
            names_.clear();
        }
        known = names_.emplace(layout, *row ? query->text(0) : std::string_view()).first;
    }
    const bool is_whole =
        row_hash(known->second) == layout && unpack(known->second, values, content);
    return is_whole ? Status() : database_.corrupt("the fields of a " + scope_.kind);
}

Change SnapshotRound::change_of(ChangeKind what, const Statement& row) const {
    Change change;
    change.what = what;
    change.row.account = scope_.account;
    change.row.kind = scope_.kind;
    change.row.id = row.text(id);
    change.row.name = row.text(name);
    change.row.region = row.text(region);
    change.row.categories = lines_of(row.text(categories));
    change.round = result_.round;
    return change;
}

}  // namespace pf::host::state
