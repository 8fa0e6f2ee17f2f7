#include "host/state/stretches.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "host/cost/shapes/shape_json.hpp"
#include "host/state/row_sum.hpp"

namespace pf::host::state {
namespace {

constexpr std::int64_t day_seconds = 86400;

using cost::Shape;
using services::ShapeField;

// Figures that move all the time. They cut a stretch once a day, not with every collection: the
// history would grow without end, and nothing is charged by the minute by them.
constexpr ShapeField gauges[] = {ShapeField::used_bytes, ShapeField::snapshot_bytes};

Shape without_gauges(Shape shape) {
    for (const ShapeField gauge : gauges) {
        shape.number(gauge) = Shape::none;
    }
    return shape;
}

bool has_gauges(const Shape& shape) {
    return std::any_of(std::begin(gauges), std::end(gauges),
                       [&](ShapeField gauge) { return shape.number(gauge) != Shape::none; });
}

bool is_same_day(std::int64_t a, std::int64_t b) { return a / day_seconds == b / day_seconds; }

std::optional<std::int64_t> earlier(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
    if (!a || !b) {
        return a ? a : b;
    }
    return std::min(*a, *b);
}

// Steps to a row and reads it with `read`; nothing when there is none.
template <class Read>
auto first_row(Statement& statement, Read read)
    -> Result<std::optional<decltype(read(statement))>> {
    using Row = decltype(read(statement));
    const auto stepped = statement.step();
    if (!stepped) {
        return stepped.status();
    }
    std::optional<Row> row;
    if (*stepped) {
        row = read(statement);
        statement.reset();
    }
    return row;
}

std::int64_t number_in(const Statement& statement) { return statement.number(0); }

Stretch stretch_in(const Statement& statement) {
    return Stretch{statement.number(0), statement.number(1),         statement.number(2),
                   statement.number(3), statement.number_or_null(4), statement.number(5)};
}

}  // namespace

struct Stretches::Statements {
    Statement find_resource;
    Statement add_resource;
    Statement find_facts;
    Statement add_facts;
    Statement facts_body;
    Statement stretch_before;
    Statement stretch_behind;
    Statement insert_stretch;
    Statement update_stretch;
    Statement delete_stretch;
    Statement complete_before;
    Statement complete_behind;
    Statement any_behind;
    Statement find_collection;
    Statement add_collection;
    Statement last_collection;
    Statement end_open;
    Statement end_late;
    Statement stretches_across;
};

Stretches::Stretches(Database& database, std::unique_ptr<Statements> statements)
    : database_(database), statements_(std::move(statements)) {}

Stretches::~Stretches() = default;

Result<std::unique_ptr<Stretches>> Stretches::prepare(Database& database) {
    constexpr std::string_view texts[] = {
        "SELECT id FROM resource WHERE resource = ?1 AND account = ?2 AND kind = ?3",
        "INSERT INTO resource VALUES(?1, ?2, ?3, ?4, ?5, row_sum(?1, ?2, ?3, ?4, ?5))",
        "SELECT id FROM facts WHERE hash = ?1 AND body = ?2",
        "INSERT INTO facts(hash, body) VALUES(?1, ?2) RETURNING id",
        "SELECT body FROM facts WHERE id = ?1",
        "SELECT r.resource, r.first, r.last, r.facts, r.gone, f.hash FROM stretch r JOIN facts f "
        "ON f.id = r.facts WHERE r.resource = ?1 AND r.first <= ?2 ORDER BY r.first DESC LIMIT 1",
        "SELECT r.resource, r.first, r.last, r.facts, r.gone, f.hash FROM stretch r JOIN facts f "
        "ON f.id = r.facts WHERE r.resource = ?1 AND r.first > ?2 ORDER BY r.first LIMIT 1",
        "INSERT INTO stretch VALUES(?1, ?2, ?3, ?4, ?5, row_sum(?1, ?2, ?3, ?4, ?5))",
        "UPDATE stretch SET last = ?3, facts = ?4, gone = ?5, sum = row_sum(?1, ?2, ?3, ?4, ?5) "
        "WHERE resource = ?1 AND first = ?2",
        "DELETE FROM stretch WHERE resource = ?1 AND first = ?2",
        "SELECT at FROM collection WHERE account = ?1 AND kind = ?2 AND at < ?3 AND complete = 1 "
        "ORDER BY at DESC LIMIT 1",
        "SELECT at FROM collection WHERE account = ?1 AND kind = ?2 AND at > ?3 AND complete = 1 "
        "ORDER BY at LIMIT 1",
        "SELECT at FROM collection WHERE account = ?1 AND kind = ?2 AND at > ?3 ORDER BY at "
        "LIMIT 1",
        "SELECT complete FROM collection WHERE account = ?1 AND kind = ?2 AND at = ?3",
        "INSERT OR REPLACE INTO collection VALUES(?1, ?2, ?3, ?4, row_sum(?1, ?2, ?3, ?4))",
        "SELECT at FROM collection WHERE account = ?1 AND kind = ?2 ORDER BY at DESC LIMIT 1",
        // What was not seen at ?3: nothing later is known of it...
        "UPDATE stretch SET gone = ?3, sum = row_sum(resource, first, last, facts, ?3) "
        "WHERE gone IS NULL AND last < ?3 AND resource IN "
        "(SELECT id FROM resource WHERE account = ?1 AND kind = ?2)",
        // ...or something is, when this collection comes late.
        "UPDATE stretch SET gone = ?3, sum = row_sum(resource, first, last, facts, ?3) "
        "WHERE gone > ?3 AND last < ?3 AND resource IN "
        "(SELECT id FROM resource WHERE account = ?1 AND kind = ?2)",
        "SELECT r.resource, r.first, r.last, r.facts, r.gone, 0 FROM stretch r WHERE r.first < ?3 "
        "AND r.last > ?3 AND r.resource IN "
        "(SELECT id FROM resource WHERE account = ?1 AND kind = ?2)",
    };
    std::vector<Statement> made;
    for (const std::string_view text : texts) {
        auto statement = database.prepare(text);
        if (!statement) {
            return statement.status();
        }
        made.push_back(std::move(*statement));
    }
    auto next = made.begin();
    const auto take = [&]() -> Statement&& { return std::move(*next++); };
    // Braces keep the order.
    auto statements = std::unique_ptr<Statements>(new Statements{
        take(), take(), take(), take(), take(), take(), take(), take(), take(), take(), take(),
        take(), take(), take(), take(), take(), take(), take(), take()});
    return std::unique_ptr<Stretches>(new Stretches(database, std::move(statements)));
}

Result<std::optional<std::int64_t>> Stretches::resource_of(const Shape& shape) {
    return first_row(
        statements_->find_resource.bind(1, shape.id).bind(2, shape.account).bind(3, shape.kind),
        number_in);
}

Result<std::int64_t> Stretches::add_resource(const Shape& shape) {
    const auto last = database_.number_of("SELECT max(id) FROM resource");
    if (!last) {
        return last.status();
    }
    const std::int64_t created = shape.number(ShapeField::created);
    const Status added =
        statements_->add_resource.bind(1, *last + 1)
            .bind(2, shape.id)
            .bind(3, shape.account)
            .bind(4, shape.kind)
            .bind(5, created == Shape::none ? std::nullopt : std::optional(created))
            .run();
    return added.ok() ? Result<std::int64_t>(*last + 1) : Result<std::int64_t>(added);
}

Result<std::optional<Stretch>> Stretches::neighbour(Statement& statement, std::int64_t resource,
                                                    std::int64_t at) {
    return first_row(statement.bind(1, resource).bind(2, at), stretch_in);
}

Result<Shape> Stretches::shape_of(std::int64_t facts) {
    auto body = first_row(statements_->facts_body.bind(1, facts),
                          [](const Statement& row) { return std::string(row.text(0)); });
    if (!body) {
        return body.status();
    }
    return cost::shape_of_facts(body->value_or(""), document_);
}

Status Stretches::fill_in(Shape& shape, const std::optional<Stretch>& before,
                          const std::optional<Stretch>& behind) {
    for (const auto& stretch : {before, behind}) {
        if (shape.unknown == 0 || !stretch) {
            continue;
        }
        const auto known = shape_of(stretch->facts);
        if (!known) {
            return known.status();
        }
        cost::fill_unknown(shape, *known);
    }
    if (const services::ShapeFieldRule* field = cost::missing_field(shape)) {
        return Status(Code::data_loss, "ERROR_SHAPE_FIELD",
                      "the field " + std::string(field->name) + " of " + shape.kind + " " +
                          shape.id +
                          " was never found out; it cannot be charged until a "
                          "collection shows it: look at what that collection misses");
    }
    // What need not be there counts as not there until it is seen.
    shape.unknown = 0;
    return Status();
}

Result<std::int64_t> Stretches::facts_of(const std::string& body, std::int64_t hash) {
    const auto found = first_row(statements_->find_facts.bind(1, hash).bind(2, body), number_in);
    if (!found) {
        return found.status();
    }
    if (*found) {
        return **found;
    }
    const auto added = first_row(statements_->add_facts.bind(1, hash).bind(2, body), number_in);
    return added ? Result<std::int64_t>(added->value_or(0)) : Result<std::int64_t>(added.status());
}

Result<bool> Stretches::differs_in_gauges_only(const Shape& shape, const Stretch& stretch) {
    if (!has_gauges(shape)) {
        return false;
    }
    auto known = shape_of(stretch.facts);
    if (!known) {
        return known.status();
    }
    return cost::facts_json(without_gauges(shape)) == cost::facts_json(without_gauges(*known));
}

Status Stretches::insert(const Stretch& stretch) {
    return statements_->insert_stretch.bind(1, stretch.resource)
        .bind(2, stretch.first)
        .bind(3, stretch.last)
        .bind(4, stretch.facts)
        .bind(5, stretch.gone)
        .run();
}

Status Stretches::update(const Stretch& stretch) {
    return statements_->update_stretch.bind(1, stretch.resource)
        .bind(2, stretch.first)
        .bind(3, stretch.last)
        .bind(4, stretch.facts)
        .bind(5, stretch.gone)
        .run();
}

Status Stretches::erase(const Stretch& stretch) {
    return statements_->delete_stretch.bind(1, stretch.resource).bind(2, stretch.first).run();
}

Result<std::optional<std::int64_t>> Stretches::complete_before(const Shape& shape,
                                                               std::int64_t at) {
    return first_row(
        statements_->complete_before.bind(1, shape.account).bind(2, shape.kind).bind(3, at),
        number_in);
}

Result<std::optional<std::int64_t>> Stretches::complete_behind(const Shape& shape,
                                                               std::int64_t at) {
    return first_row(
        statements_->complete_behind.bind(1, shape.account).bind(2, shape.kind).bind(3, at),
        number_in);
}

Result<std::optional<std::int64_t>> Stretches::any_behind(const Shape& shape, std::int64_t at) {
    return first_row(statements_->any_behind.bind(1, shape.account).bind(2, shape.kind).bind(3, at),
                     number_in);
}

Status Stretches::observe(Shape& shape, std::int64_t at, Fed& fed) {
    const auto known = resource_of(shape);
    if (!known) {
        return known.status();
    }
    ++fed.resources;
    std::optional<Stretch> before;
    std::optional<Stretch> behind;
    if (*known) {
        auto earlier_one = neighbour(statements_->stretch_before, **known, at);
        auto later_one = neighbour(statements_->stretch_behind, **known, at);
        if (!earlier_one || !later_one) {
            return earlier_one ? later_one.status() : earlier_one.status();
        }
        before = *earlier_one;
        behind = *later_one;
    }
    if (Status filled = fill_in(shape, before, behind); !filled.ok()) {
        if (filled.reason() != "ERROR_SHAPE_FIELD") {
            return filled;
        }
        fed.first_uncharged = fed.uncharged++ == 0 ? filled : fed.first_uncharged;
        return Status();
    }
    const auto resource = *known ? Result<std::int64_t>(**known) : add_resource(shape);
    if (!resource) {
        return resource.status();
    }
    seen_.insert(*resource);
    const std::string body = cost::facts_json(shape);
    Stretch seen{*resource, at, at, 0, std::nullopt, row_hash(body)};
    if (before && before->last >= at && before->hash == seen.hash) {
        return Status();  // what was known of this time already
    }
    if (before && !before->gone && before->hash == seen.hash) {
        before->last = at;
        return update(*before);  // as nearly always
    }
    const auto facts = facts_of(body, seen.hash);
    if (!facts) {
        return facts.status();
    }
    seen.facts = *facts;
    return place(shape, seen, before, behind, fed);
}

// Puts an observation that is no mere repetition among the stretches of its resource.
Status Stretches::place(const Shape& shape, Stretch seen, std::optional<Stretch> before,
                        const std::optional<Stretch>& behind, Fed& fed) {
    const std::int64_t at = seen.first;
    if (before && is_same_day(before->first, at) && (before->last >= at || !before->gone)) {
        const auto is_gauge = differs_in_gauges_only(shape, *before);
        if (!is_gauge) {
            return is_gauge.status();
        }
        if (*is_gauge && before->last >= at) {
            return Status();  // the day has its figure
        }
        if (*is_gauge) {
            before->last = at;
            before->facts = seen.facts;
            return update(*before);
        }
    }
    if (before && before->last >= at) {
        ++fed.cut;
        return split(shape, *before, seen);
    }
    const auto absent = complete_behind(shape, at);
    if (!absent) {
        return absent.status();
    }
    const bool joins_before =
        before && before->hash == seen.hash && (!before->gone || *before->gone > at);
    const bool joins_behind =
        behind && behind->hash == seen.hash && (!*absent || **absent >= behind->first);
    if (joins_before) {
        before->last = joins_behind ? behind->last : at;
        before->gone = joins_behind ? behind->gone : before->gone;
        const Status erased = joins_behind ? erase(*behind) : Status();
        return erased.ok() ? update(*before) : erased;
    }
    ++fed.cut;
    if (before && (!before->gone || *before->gone > at)) {
        before->gone = at;
        if (Status ended = update(*before); !ended.ok()) {
            return ended;
        }
    }
    if (joins_behind) {
        seen.last = behind->last;
        seen.gone = behind->gone;
        const Status erased = erase(*behind);
        return erased.ok() ? insert(seen) : erased;
    }
    seen.gone = earlier(*absent, behind ? std::optional(behind->first) : std::nullopt);
    return insert(seen);
}

// A late observation inside of a stretch shows other facts: they hold until the next instant at
// which the stretch may have been seen. Whether a partial collection showed it is not remembered;
// taken as if, no observation is lost. At the instants themselves, who came first is believed.
Status Stretches::split(const Shape& shape, const Stretch& stretch, Stretch seen) {
    const std::int64_t at = seen.first;
    const auto known = first_row(
        statements_->find_collection.bind(1, shape.account).bind(2, shape.kind).bind(3, at),
        number_in);
    const auto before = complete_before(shape, at);
    const auto behind = any_behind(shape, at);
    for (const Status& failed : {known.status(), before.status(), behind.status()}) {
        if (!failed.ok()) {
            return failed;
        }
    }
    if (at == stretch.first || at == stretch.last || (*known && **known == 1)) {
        return Status();
    }
    Stretch left = stretch;
    left.last = *before ? std::max(**before, stretch.first) : stretch.first;
    left.gone = at;
    Stretch right = stretch;
    right.first = *behind ? std::min(**behind, stretch.last) : stretch.last;
    seen.gone = right.first;
    Status written = update(left);
    if (written.ok()) {
        written = insert(seen);
    }
    return written.ok() ? insert(right) : written;
}

Status Stretches::collected(const std::string& account, const SeenKind& kind, std::int64_t at,
                            Fed& fed) {
    const auto known = first_row(
        statements_->find_collection.bind(1, account).bind(2, kind.kind).bind(3, at), number_in);
    if (!known) {
        return known.status();
    }
    const auto last =
        first_row(statements_->last_collection.bind(1, account).bind(2, kind.kind), number_in);
    if (!last) {
        return last.status();
    }
    const bool was_complete = *known && **known == 1;
    if (kind.is_complete && !was_complete) {
        if (Status ended = end_unseen(account, kind.kind, at, fed); !ended.ok()) {
            return ended;
        }
        if (*last && **last > at) {
            if (Status cut = split_unseen(account, kind.kind, at, fed); !cut.ok()) {
                return cut;
            }
        }
    }
    const std::int64_t complete = was_complete || kind.is_complete ? 1 : 0;
    return statements_->add_collection.bind(1, account)
        .bind(2, kind.kind)
        .bind(3, at)
        .bind(4, complete)
        .run();
}

Status Stretches::end_unseen(const std::string& account, const std::string& kind, std::int64_t at,
                             Fed& fed) {
    for (Statement* statement : {&statements_->end_open, &statements_->end_late}) {
        const Status ended = statement->bind(1, account).bind(2, kind).bind(3, at).run();
        if (!ended.ok()) {
            return ended;
        }
        const auto changed = database_.number_of("SELECT changes()");
        if (!changed) {
            return changed.status();
        }
        fed.gone += static_cast<std::uint64_t>(*changed);
    }
    return Status();
}

// A late complete collection did not see what was seen before and behind it.
Status Stretches::split_unseen(const std::string& account, const std::string& kind, std::int64_t at,
                               Fed& fed) {
    std::vector<Stretch> across;
    Statement& statement = statements_->stretches_across.bind(1, account).bind(2, kind).bind(3, at);
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped) {
            return stepped.status();
        }
        if (!*stepped) {
            break;
        }
        if (seen_.count(statement.number(0)) == 0) {
            across.push_back(stretch_in(statement));
        }
    }
    Shape scope;
    scope.account = account;
    scope.kind = kind;
    const auto before = complete_before(scope, at);
    const auto behind = any_behind(scope, at);
    if (!before || !behind) {
        return before ? behind.status() : before.status();
    }
    for (const Stretch& stretch : across) {
        Stretch left = stretch;
        left.last = *before ? std::max(**before, stretch.first) : stretch.first;
        left.gone = at;
        Stretch right = stretch;
        right.first = *behind ? std::min(**behind, stretch.last) : stretch.last;
        Status written = update(left);
        if (written.ok()) {
            written = insert(right);
        }
        if (!written.ok()) {
            return written;
        }
        ++fed.gone;
    }
    return Status();
}

}  // namespace pf::host::state
