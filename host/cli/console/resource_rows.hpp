// ResourceRows: the rows that a table layout makes of a resource.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "host/cli/console/layout.hpp"

namespace pf::host::cli {

class ResourceRows {
  public:
    // The values at the layout's root path, lists taken apart; when it unwinds a list, one row for
    // each of its elements, in which the element stands in the list's place. In the layout's order.
    // `data` outlives this object.
    ResourceRows(const Layout& layout, const nlohmann::ordered_json& data);
    ~ResourceRows();
    ResourceRows(const ResourceRows&) = delete;
    ResourceRows& operator=(const ResourceRows&) = delete;

    // Valid as long as this object.
    const std::vector<const nlohmann::ordered_json*>& all() const { return rows_; }

  private:
    struct Made;
    std::unique_ptr<Made> made_;  // rows that are not in the data as they are
    std::vector<const nlohmann::ordered_json*> rows_;
};

// The members of an object as text fields, as the console shows them when metadata names none.
std::vector<Field> fields_of(const nlohmann::ordered_json& object);

// A raw table with the columns it has for this data: the layout's headers, else the keys of the
// first row in the order of the alphabet.
Layout with_columns_of_data(const Layout& layout, const nlohmann::ordered_json& data);

}  // namespace pf::host::cli
