// What the database takes: the declared fields of each kind of document, their types and lengths.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/cloudforet_sim/inventory/row.hpp"

namespace pf::cloudforet_sim {

// Drops top-level keys that the kind does not declare, as a save does in silence.
void drop_undeclared(RowKind kind, nlohmann::json& document);

// Throws Failure (ERROR_DB_QUERY) for a document that cannot be saved: a text that is too long, a
// value of another type, an unknown key in `reference`, a key inside `data` that begins with '$' or
// holds a dot, or more than 16 MiB.
void check_saved(RowKind kind, const nlohmann::json& document);

// Throws Failure (ERROR_REQUIRED_PARAMETER) when a key that a create needs is missing or null.
void check_required(RowKind kind, const nlohmann::json& resource);

}  // namespace pf::cloudforet_sim
