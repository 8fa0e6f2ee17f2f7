#pragma once
// The recurring parts of v3 JSON: references, and the metadata beside spec and status.

#include <string_view>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim::v3 {

/// What the system owns, or nobody.
inline constexpr Uuid kNobody{};

/// The fields of a reference whose object is open; an empty name is left out.
inline void reference_fields(JsonWriter& out, std::string_view kind, const Uuid& id,
                             std::string_view name = {}) {
    out.plain("kind", kind);
    out.uuid("uuid", id);
    if (!name.empty()) out.text("name", name);
}

/// `key: {"kind","uuid","name"}`
template <std::size_t K>
void reference(JsonWriter& out, const char (&key)[K], std::string_view kind, const Uuid& id,
               std::string_view name = {}) {
    out.open(key);
    reference_fields(out, kind, id, name);
    out.close();
}

inline void reference_item(JsonWriter& out, std::string_view kind, const Uuid& id,
                           std::string_view name = {}) {
    out.open_item();
    reference_fields(out, kind, id, name);
    out.close();
}

template <std::size_t K>
void empty_object(JsonWriter& out, const char (&key)[K]) {
    out.open(key);
    out.close();
}

template <std::size_t K>
void empty_list(JsonWriter& out, const char (&key)[K]) {
    out.open_list(key);
    out.close_list();
}

/// Categories of an entity, as indexes into World::categories.
struct Categories {
    const std::uint32_t* first = nullptr;
    std::uint32_t count = 0;
};

struct Metadata {
    std::string_view kind;
    Uuid id;
    std::uint64_t created_us = 0, updated_us = 0;
    Categories categories{};
    bool has_owner = true;
    std::uint32_t owner = kNone;    ///< kNone: the system, when has_owner.
    std::uint32_t project = kNone;  ///< kNone: no reference.
    bool has_entity_version = true;
};

/// `state` ERROR and why, of a machine that Prism shows without resources.
void write_error_state(JsonWriter& out);

/// `"metadata":{...}`: identity, times, owner, project; `categories` with one value per key,
/// `categories_mapping` with all.
void write_metadata(JsonWriter& out, const World& world, const Metadata& metadata);

}  // namespace pf::sim::v3
