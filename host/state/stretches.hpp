// Stretches: how observations of resources become stretches of equal facts, inside one transaction.
//
// host/state/ledger_file.cpp tells what a stretch is.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "host/cost/shapes/shape.hpp"
#include "host/services/document.hpp"
#include "host/state/database.hpp"
#include "host/state/shape_ledger.hpp"

namespace pf::host::state {

// A row of the table stretch.
struct Stretch {
    std::int64_t resource = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t facts = 0;
    std::optional<std::int64_t> gone;
    std::int64_t hash = 0;  // of the facts
};

class Stretches {
  public:
    // Prepares what is asked again and again. `database` outlives this object.
    static Result<std::unique_ptr<Stretches>> prepare(Database& database);
    ~Stretches();
    Stretches(const Stretches&) = delete;
    Stretches& operator=(const Stretches&) = delete;

    // A resource was seen at `at`. Fills in what is unknown of `shape` from its neighbours.
    Status observe(cost::Shape& shape, std::int64_t at, Fed& fed);
    // A kind of an account was collected at `at`. When it was complete, what was not observed since
    // this object was made was not there.
    Status collected(const std::string& account, const SeenKind& kind, std::int64_t at, Fed& fed);

  private:
    struct Statements;
    explicit Stretches(Database& database, std::unique_ptr<Statements> statements);

    Result<std::optional<std::int64_t>> resource_of(const cost::Shape& shape);
    Result<std::int64_t> add_resource(const cost::Shape& shape);
    Result<std::optional<Stretch>> neighbour(Statement& statement, std::int64_t resource,
                                             std::int64_t at);
    Status fill_in(cost::Shape& shape, const std::optional<Stretch>& before,
                   const std::optional<Stretch>& behind);
    Result<cost::Shape> shape_of(std::int64_t facts);
    Result<std::int64_t> facts_of(const std::string& body, std::int64_t hash);
    Result<bool> differs_in_gauges_only(const cost::Shape& shape, const Stretch& stretch);
    Status place(const cost::Shape& shape, Stretch seen, std::optional<Stretch> before,
                 const std::optional<Stretch>& behind, Fed& fed);
    Status split(const cost::Shape& shape, const Stretch& stretch, Stretch seen);
    Result<std::optional<std::int64_t>> complete_before(const cost::Shape& shape, std::int64_t at);
    Result<std::optional<std::int64_t>> complete_behind(const cost::Shape& shape, std::int64_t at);
    Result<std::optional<std::int64_t>> any_behind(const cost::Shape& shape, std::int64_t at);
    Status insert(const Stretch& stretch);
    Status update(const Stretch& stretch);
    Status erase(const Stretch& stretch);
    Status end_unseen(const std::string& account, const std::string& kind, std::int64_t at,
                      Fed& fed);
    Status split_unseen(const std::string& account, const std::string& kind, std::int64_t at,
                        Fed& fed);

    Database& database_;
    std::unique_ptr<Statements> statements_;
    std::set<std::int64_t> seen_;
    services::Document document_;
};

}  // namespace pf::host::state
