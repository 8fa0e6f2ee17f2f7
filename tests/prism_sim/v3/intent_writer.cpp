#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::string_view kSpecHash = "00000000000000000000000000000000000000000000000000";

// True if an earlier category of the list has the same key.
bool is_repeated_key(const World& world, const Categories& all, std::uint32_t at) {
    for (std::uint32_t i = 0; i < at; ++i)
        if (world.categories[all.first[i]].key == world.categories[all.first[at]].key) return true;
    return false;
}

void write_categories(JsonWriter& out, const World& world, const Categories& all) {
    out.open("categories");
    for (std::uint32_t i = 0; i < all.count; ++i) {
        if (is_repeated_key(world, all, i)) continue;
        const Category& category = world.categories[all.first[i]];
        out.text_by_name(category.key, category.value);
    }
    out.close();
    out.open("categories_mapping");
    for (std::uint32_t i = 0; i < all.count; ++i) {
        if (is_repeated_key(world, all, i)) continue;
        const std::string& key = world.categories[all.first[i]].key;
        out.open_list_by_name(key);
        for (std::uint32_t k = i; k < all.count; ++k) {
            const Category& category = world.categories[all.first[k]];
            if (category.key == key) out.element(category.value);
        }
        out.close_list();
    }
    out.close();
}

}  // namespace

void write_error_state(JsonWriter& out) {
    out.plain("state", "ERROR");
    out.open_list("message_list");
    out.open_item();
    out.plain("reason", "INTERNAL_ERROR");
    out.plain("message", "The state of the VM could not be read from its cluster.");
    out.close();
    out.close_list();
}

void write_metadata(JsonWriter& out, const World& world, const Metadata& metadata) {
    out.open("metadata");
    out.plain("kind", metadata.kind);
    out.uuid("uuid", metadata.id);
    out.plain("spec_hash", kSpecHash);
    out.number("spec_version", 0);
    if (metadata.has_entity_version) out.plain("entity_version", "1");
    write_categories(out, world, metadata.categories);
    out.plain("creation_time", TimeText(metadata.created_us).seconds());
    out.plain("last_update_time", TimeText(metadata.updated_us).seconds());
    if (metadata.has_owner) {
        const bool is_user = metadata.owner != kNone;
        reference(out, "owner_reference", "user",
                  is_user ? world.users[metadata.owner].id : kNobody,
                  is_user ? std::string_view(world.users[metadata.owner].name) : "admin");
    }
    if (metadata.project != kNone) {
        const Project& project = world.projects[metadata.project];
        reference(out, "project_reference", "project", project.id, project.name);
    }
    out.close();
}

}  // namespace pf::sim::v3
