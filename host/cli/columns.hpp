// Columns: what of a resource is shown, taken from the console's own metadata, so that no kind of
// resource needs code here.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/console/field.hpp"

namespace pf::host::cli {

// All columns of a kind of resource: the name first, then the fields of the console's table.
// `view_metadata` is CloudServiceType.metadata, JSON text; what it does not hold is left out.
std::vector<Field> columns_of(std::string_view view_metadata);
// The columns that every resource has, for a kind nobody described.
std::vector<Field> general_columns();

// The column that `word` names by title, key or the last step of its key, in any case; null when
// none. Valid as long as `all`.
const Field* find_column(const std::vector<Field>& all, const std::string& word);

// The columns `wanted` names, by title or key, in any case; a dotted path that no column has is
// shown as text. INVALID_ARGUMENT (ERROR_USAGE) with the nearest for anything else.
Result<std::vector<Field>> choose_columns(const std::vector<Field>& all,
                                          const std::vector<std::string>& wanted);

// Knows the columns of every kind it was told of, by cloud service group and type.
class ColumnCatalogue {
  public:
    // Adds a kind; `view_metadata` is CloudServiceType.metadata, JSON text.
    void learn(const std::string& group, const std::string& type, std::string_view view_metadata);
    // The columns of a resource's kind, or the general ones.
    const std::vector<Field>& of(const std::string& group, const std::string& type) const;
    // The columns of each kind it was told of.
    std::vector<std::vector<Field>> each() const;
    // The columns of all kinds, each key once; the general ones when no kind is known.
    std::vector<Field> all() const;

  private:
    std::map<std::pair<std::string, std::string>, std::vector<Field>> known_;
    std::vector<Field> general_ = general_columns();
};

}  // namespace pf::host::cli
