// RowFilter: the resources somebody describes on the command line, by conditions on their columns.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/columns.hpp"
#include "host/cli/filter/condition.hpp"

namespace pf::host::cli {

// What --filter and --since say.
struct FilterWishes {
    std::vector<std::string> conditions;  // as parse_condition() takes them; all have to hold
    std::string since;                    // as parse_moment() takes it; empty = at any time
};

// True when the columns of a kind tell when a resource was created, which `since` is about.
bool tells_creation(const std::vector<Field>& columns);

class RowFilter {
  public:
    // Wants everything.
    RowFilter() = default;
    // `catalogue` holds the kinds that may come. INVALID_ARGUMENT (ERROR_USAGE) for a column that
    // none of them has, with the nearest, and for a value that has no place in the order of one
    // that some kind has.
    static Result<RowFilter> make(const FilterWishes& wishes, ColumnCatalogue catalogue,
                                  TimePoint now);

    // True when all conditions hold for the resource (JSON text of an object). One whose kind does
    // not have a column has no value there.
    bool wants(std::string_view resource);
    // The conditions, for people; a span is the time it means.
    std::vector<std::string> texts() const;

  private:
    using Kind = std::pair<std::string, std::string>;  // group and type
    const std::vector<FieldCondition>& conditions_of(const Kind& kind);

    std::vector<Condition> conditions_;
    ColumnCatalogue catalogue_;
    TimePoint now_;
    std::map<Kind, std::vector<FieldCondition>> known_;
};

}  // namespace pf::host::cli
