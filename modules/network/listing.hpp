// The way of every kind from its list to its rows.
#pragma once

#include <prismforet/module.hpp>

#include "categories.hpp"
#include "entity.hpp"
#include "network_names.hpp"

namespace network {

// Completes the categories of `entity` and says whether it goes out; what does not is settled here:
// filtered, or skipped when its categories were asked for and could not be found out.
inline bool is_wanted(pf::Call& call, pf::Value value, std::string_view id, Entity& entity,
                      const Names& names, const WantedCategories& wanted) {
    const Completed completed = complete(entity.categories, names);
    entity.are_categories_hidden = completed.is_hidden;
    if (completed.has_gaps) {
        call.note("network.category_unknown", id,
                  "a category of the entity is in no list of categories");
    }
    if (wanted.is_all() || wanted.is_any_of(entity.categories)) return true;
    if (!completed.is_hidden) {
        call.filtered(value);
    } else {
        call.skip(
            value, "network.categories_hidden",
            "only some categories were asked for, and those of this entity could not be read");
    }
    return false;
}

// Collects one kind: `Facts` has an `Entity entity` that carries categories, `read(entity, dialect,
// facts)` fills it, `describe(record, facts)` writes it.
template <class Facts>
void collect(pf::Call& call, std::uint32_t output, Endpoint endpoint, std::string_view cluster,
             const WantedCategories& wanted) {
    pf::List list = call.list(endpoint, {.cluster = cluster});
    auto at = list.begin();  // the first page says which generation serves the list
    const int dialect = list.dialect();
    const Names names(call, dialect);
    for (; at != list.end(); ++at) {
        const pf::Value value = *at;
        const std::string_view id = id_of(value, dialect);
        if (id.empty()) {
            call.skip(value, "network.no_id", "an entity without a UUID");
            continue;
        }
        Facts facts;
        read(value, dialect, facts);
        if (!is_wanted(call, value, id, facts.entity, names, wanted)) continue;
        pf::Row row = call.begin(output, value, id);
        describe({call, row, names, id}, facts);
    }
}

}  // namespace network
