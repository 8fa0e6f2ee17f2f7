#include "host/state/shape_ledger.hpp"

#include <algorithm>
#include <utility>

#include "host/state/database.hpp"
#include "host/state/ledger_file.hpp"
#include "host/state/stretches.hpp"
#include "host/state/transaction.hpp"

namespace pf::host::state {
namespace {

constexpr std::int64_t day_seconds = 86400;
// As long as each instant of a collection is kept; behind it, one a day is enough to place what
// comes even later.
constexpr std::int64_t instants_seconds = 35 * day_seconds;

Database::Settings file_of(const LedgerSettings& settings) {
    return {settings.path, settings.wait, settings.largest_bytes};
}

Status odd(const cost::Shape& shape, const std::string& account) {
    return Status(Code::internal, "ERROR_INTERNAL",
                  shape.kind + " " + shape.id + " of account " + shape.account +
                      " is not of the collection of " + account + " that feeds the ledger");
}

bool is_of(const cost::Shape& shape, const Observation& observation) {
    return shape.account == observation.account &&
           std::any_of(observation.kinds.begin(), observation.kinds.end(),
                       [&](const SeenKind& seen) { return seen.kind == shape.kind; });
}

Status observe_all(Stretches& stretches, const Observation& observation, cost::Shapes& shapes,
                   Fed& fed) {
    if (Status rewound = shapes.rewind(); !rewound.ok()) {
        return rewound;
    }
    cost::Shape shape;
    for (;;) {
        const auto next = shapes.next(shape);
        if (!next) {
            return next.status();
        }
        if (!*next) {
            return Status();
        }
        if (!is_of(shape, observation)) {
            return odd(shape, observation.account);
        }
        if (Status observed = stretches.observe(shape, observation.at, fed); !observed.ok()) {
            return observed;
        }
    }
}

// Once a day: what is too old goes, and with it what only that needed.
Status forget(Database& database, std::int64_t now, std::int64_t keep_seconds) {
    const std::string oldest = std::to_string(now - keep_seconds);
    const std::string thin = std::to_string(now - instants_seconds);
    return database.run(
        "DELETE FROM stretch WHERE coalesce(gone, last) < " + oldest +
        ";DELETE FROM resource WHERE id NOT IN (SELECT resource FROM stretch)"
        ";DELETE FROM facts WHERE id NOT IN (SELECT facts FROM stretch)"
        ";DELETE FROM collection WHERE at < " +
        oldest + ";DELETE FROM collection WHERE at < " + thin +
        " AND (complete = 0 OR EXISTS (SELECT 1 FROM collection c WHERE c.account = "
        "collection.account AND c.kind = collection.kind AND c.at < collection.at AND c.at >= "
        "collection.at - collection.at % 86400 AND c.complete = 1))");
}

}  // namespace

ShapeLedger::ShapeLedger(LedgerSettings settings, std::unique_ptr<Database> database)
    : settings_(std::move(settings)), database_(std::move(database)) {}
ShapeLedger::~ShapeLedger() = default;
ShapeLedger::ShapeLedger(ShapeLedger&&) noexcept = default;
ShapeLedger& ShapeLedger::operator=(ShapeLedger&&) noexcept = default;

Result<ShapeLedger> ShapeLedger::open(const LedgerSettings& settings) {
    auto database = open_to_feed(file_of(settings));
    if (!database) {
        return database.status();
    }
    return ShapeLedger(settings, std::move(*database));
}

Result<Fed> ShapeLedger::feed(const Observation& observation, cost::Shapes& shapes) {
    Transaction transaction(*database_);
    if (Status begun = transaction.begin(); !begun.ok()) {
        return begun;
    }
    const auto last = database_->number_of("SELECT coalesce(max(at), 0) FROM collection");
    auto stretches = Stretches::prepare(*database_);
    if (!last || !stretches) {
        return last ? stretches.status() : last.status();
    }
    Fed fed;
    if (Status observed = observe_all(**stretches, observation, shapes, fed); !observed.ok()) {
        return observed;
    }
    for (const SeenKind& kind : observation.kinds) {
        if (Status done = (*stretches)->collected(observation.account, kind, observation.at, fed);
            !done.ok()) {
            return done;
        }
    }
    if (observation.at / day_seconds > *last / day_seconds) {
        const auto keep = std::chrono::seconds(settings_.keep).count();
        if (Status forgot = forget(*database_, observation.at, keep); !forgot.ok()) {
            return forgot;
        }
    }
    if (Status committed = transaction.commit(); !committed.ok()) {
        return committed;
    }
    return fed;
}

Result<std::optional<cost::Period>> read_extent(const LedgerSettings& settings) {
    auto database = open_to_read(file_of(settings));
    if (!database) {
        return database.status();
    }
    auto statement = (*database)->prepare(
        "SELECT (SELECT min(first) FROM stretch), (SELECT max(at) FROM collection)");
    if (!statement) {
        return statement.status();
    }
    const auto stepped = statement->step();
    if (!stepped) {
        return stepped.status();
    }
    const auto first = statement->number_or_null(0);
    const auto last = statement->number_or_null(1);
    if (!first || !last) {
        return std::optional<cost::Period>();
    }
    return std::optional(cost::Period{*first, std::max(*first, *last)});
}

}  // namespace pf::host::state
