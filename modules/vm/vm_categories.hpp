// The categories of an entity: completed, sorted, written as tags and as data.categories.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "vm_names.hpp"

namespace vm {

// Adds what metadata of v3 says. `categories` keeps one value per key only, so it is the second
// choice. False: what should map keys to values is of another form, and its values are lost.
bool read_categories_v3(pf::Value metadata, std::vector<Category>& out);

// One per call; what is reused from entity to entity is memory.
class Categories {
  public:
    // Both outlive this object. `call` is for notes only.
    Categories(pf::Call& call, const Names& names) noexcept : call_(call), names_(names) {}

    // Finds key and value of those known by UUID, and sorts. One that is in no list is left out.
    // `are_unknown`: that there are none means nothing, since Prism shows nothing of the entity.
    void complete(std::vector<Category>& categories, std::string_view id, bool are_unknown);

    // The entity last completed has some that could not be found out.
    bool are_hidden() const noexcept { return are_hidden_; }

    // Writes the tags, unless they are hidden. Tags are flat: the values of one key are joined.
    void write_tags(pf::Row& row, const std::vector<Category>& categories);

    // Writes data.categories, or declares it unknown when they are hidden.
    void write(pf::Row& row, pf::Object& data, const std::vector<Category>& categories) const;

  private:
    pf::Call& call_;
    const Names& names_;
    bool are_hidden_ = false;
    std::string text_;
};

}  // namespace vm
