#include "categories.hpp"

#include <algorithm>
#include <tuple>

namespace network {
namespace {

bool is_pair(std::string_view text, const Category& category) noexcept {
    return text.size() == category.key.size() + 1 + category.value.size() &&
           text.starts_with(category.key) && text[category.key.size()] == ':' &&
           text.ends_with(category.value);
}

}  // namespace

bool Category::operator<(const Category& other) const noexcept {
    return std::tie(key, value, uuid) < std::tie(other.key, other.value, other.uuid);
}

bool Category::operator==(const Category& other) const noexcept {
    return key == other.key && value == other.value;
}

void read_category_ids(pf::Value ids, std::vector<Category>& out) {
    for (pf::Value id : ids) {
        if (!id.str().empty()) out.push_back({{}, {}, id.str()});
    }
}

void read_category_map(pf::Value map, std::vector<Category>& out) {
    (void)map.first();  // so that the host counts what is no object
    for (const auto& [key, values] : map.members()) {
        if (values.kind() == pf::Kind::text) {
            out.push_back({key, values.str(), {}});
            continue;
        }
        for (pf::Value value : values) {
            if (!value.str().empty()) out.push_back({key, value.str(), {}});
        }
    }
}

Completed complete(std::vector<Category>& categories, const Names& names) {
    Completed completed;
    const auto is_nameless = [&](Category& category) {
        if (!category.key.empty()) return false;
        category.key = names.category(category.uuid, CategoryField::key);
        category.value = names.category(category.uuid, CategoryField::value);
        if (!category.key.empty()) return false;
        if (names.categories.hides(category.uuid)) completed.is_hidden = true;
        if (names.categories.is_filled()) completed.has_gaps = true;
        return true;
    };
    categories.erase(std::remove_if(categories.begin(), categories.end(), is_nameless),
                     categories.end());
    std::sort(categories.begin(), categories.end());
    categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
    return completed;
}

std::string text_of(const std::vector<Category>& categories) {
    std::string text;
    for (const Category& category : categories) {
        if (!text.empty()) text += ", ";
        text.append(category.key).append(":").append(category.value);
    }
    return text;
}

void write_categories(pf::Object& data, std::string_view key,
                      const std::vector<Category>& categories) {
    pf::Array list = data.array(key);
    for (const Category& category : categories) {
        pf::Object each = list.object();
        each.put("key", category.key);
        each.put("value", category.value);
        each.text("uuid", category.uuid);
    }
}

void write_tags(pf::Row& row, const std::vector<Category>& categories) {
    pf::Object tags = row.tags();
    std::string values;
    for (std::size_t i = 0; i < categories.size();) {
        const std::string_view key = categories[i].key;
        values.assign(categories[i].value);
        while (++i < categories.size() && categories[i].key == key) {
            values.append(",").append(categories[i].value);
        }
        tags.put(key, std::string_view(values));
    }
}

WantedCategories::WantedCategories(pf::Value options) {
    for (pf::Value text : options["categories"]) {
        if (!text.str().empty()) wanted_.push_back(text.str());
    }
}

bool WantedCategories::is_any_of(const std::vector<Category>& categories) const {
    return std::any_of(wanted_.begin(), wanted_.end(), [&](std::string_view text) {
        return std::any_of(categories.begin(), categories.end(),
                           [&](const Category& category) { return is_pair(text, category); });
    });
}

}  // namespace network
