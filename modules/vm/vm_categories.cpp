#include "vm_categories.hpp"

#include <algorithm>

namespace vm {

bool read_categories_v3(pf::Value metadata, std::vector<Category>& out) {
    const pf::Value mapping = metadata["categories_mapping"];
    for (const auto& [key, values] : mapping.members()) {
        for (pf::Value value : values) {
            if (!value.str().empty()) out.push_back({key, value.str(), {}});
        }
    }
    if (mapping.kind() == pf::Kind::object) return true;
    for (const auto& [key, value] : metadata["categories"].members()) {
        out.push_back({key, value.str(), {}});
    }
    return !mapping.exists();
}

void Categories::complete(std::vector<Category>& categories, std::string_view id,
                          bool are_unknown) {
    are_hidden_ = are_unknown && categories.empty();
    const auto is_nameless = [&](Category& category) {
        if (!category.key.empty()) return false;
        category.key = names_.category(category.uuid, CategoryField::key);
        category.value = names_.category(category.uuid, CategoryField::value);
        if (!category.key.empty()) return false;
        are_hidden_ = are_hidden_ || names_.categories.hides(category.uuid);
        if (names_.categories.is_filled()) {
            call_.note("vm.category_unknown", id,
                       "a category of the entity is in no list of categories");
        }
        return true;
    };
    categories.erase(std::remove_if(categories.begin(), categories.end(), is_nameless),
                     categories.end());
    std::sort(categories.begin(), categories.end());
}

void Categories::write_tags(pf::Row& row, const std::vector<Category>& categories) {
    if (are_hidden_) return;
    pf::Object tags = row.tags();
    for (std::size_t i = 0; i < categories.size();) {
        const std::string_view key = categories[i].key;
        text_.assign(categories[i].value);
        while (++i < categories.size() && categories[i].key == key) {
            (text_ += ',') += categories[i].value;
        }
        tags.put(key, std::string_view(text_));
    }
}

void Categories::write(pf::Row& row, pf::Object& data,
                       const std::vector<Category>& categories) const {
    if (are_hidden_) return row.unknown("categories");
    pf::Array list = data.array("categories");
    for (const Category& category : categories) {
        pf::Object each = list.object();
        each.put("key", category.key);
        each.put("value", category.value);
        each.text("uuid", category.uuid);
    }
}

}  // namespace vm
