// Categories: as an entity carries them, as tags of its row, and as a collector asks for them.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "network_names.hpp"

namespace network {

// v4 gives the UUID, v3 key and value.
struct Category {
    std::string_view key;
    std::string_view value;
    std::string_view uuid;
    bool operator<(const Category& other) const noexcept;
    bool operator==(const Category& other) const noexcept;
};

// Adds the categories of a v4 list of UUIDs.
void read_category_ids(pf::Value ids, std::vector<Category>& out);

// Adds the categories of a v3 object {key: [value, ...]} or {key: value}.
void read_category_map(pf::Value map, std::vector<Category>& out);

// What completing categories came to.
struct Completed {
    bool is_hidden = false;  // some could not be found out: their table is not filled
    bool has_gaps = false;   // some are in no list of categories, and were taken out
};

// Finds key and value of those that have only a UUID, takes out what has none, and sorts.
Completed complete(std::vector<Category>& categories, const Names& names);

// "AppTier:Web, Environment:Production".
std::string text_of(const std::vector<Category>& categories);

// [{key, value, uuid?}] as `key` of `data`.
void write_categories(pf::Object& data, std::string_view key,
                      const std::vector<Category>& categories);

// Tags of a row; the values of one key joined with ",". `categories` are sorted.
void write_tags(pf::Row& row, const std::vector<Category>& categories);

// The option `categories`: only entities that carry one of them, written "Key:Value".
class WantedCategories {
  public:
    // `options` die with the call.
    explicit WantedCategories(pf::Value options);
    // Everything is wanted.
    bool is_all() const noexcept { return wanted_.empty(); }
    // One of `categories` is wanted.
    bool is_any_of(const std::vector<Category>& categories) const;

  private:
    std::vector<std::string_view> wanted_;
};

}  // namespace network
