// Columns: what of a resource is shown, taken from the console's own metadata, so that no kind of
// resource needs code here.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/table.hpp"

namespace pf::host::cli {

// One field of a resource and how it is shown.
struct Column {
    std::string key;  // dotted path into the resource, may run through lists
    std::string title;
    std::string type;          // "text", "size", "enum", ... of the console
    std::string options;       // JSON text of the field's options
    bool is_optional = false;  // the console hides it until asked
    // True for what is aligned as a number whatever its text looks like.
    bool is_number() const { return type == "size" || type == "number"; }
};

// All columns of a kind of resource: the name first, then the fields of the console's table.
// `view_metadata` is CloudServiceType.metadata, JSON text; what it does not hold is left out.
std::vector<Column> columns_of(std::string_view view_metadata);
// The columns that every resource has, for a kind nobody described.
std::vector<Column> general_columns();

// The columns `wanted` names, by title or key, in any case; a dotted path that no column has is
// shown as text. INVALID_ARGUMENT (ERROR_USAGE) with the nearest for anything else.
Result<std::vector<Column>> choose_columns(const std::vector<Column>& all,
                                           const std::vector<std::string>& wanted);

// How values are written.
enum class ValueStyle {
    people,    // sizes with units, local times, words of enums
    machines,  // raw numbers, RFC 3339
};

// Reads columns out of resources.
class FieldReader {
  public:
    FieldReader(Column column, ValueStyle style, bool is_utc);
    ~FieldReader();
    FieldReader(FieldReader&&) noexcept;
    FieldReader& operator=(FieldReader&&) noexcept;

    // What is shown; "-" for people and empty for machines when there is nothing.
    Cell cell(const nlohmann::json& resource) const;
    // What rows are ordered by: a number when there is one, else text.
    std::pair<double, std::string> sort_key(const nlohmann::json& resource) const;
    // True when the value is a number, so that a spreadsheet cannot take it for a formula.
    bool is_number(const nlohmann::json& resource) const;

    // The column that is read.
    const Column& column() const { return column_; }

  private:
    struct Parts;
    Column column_;
    std::unique_ptr<Parts> parts_;
};

// Knows the columns of every kind it was told of, by cloud service group and type.
class ColumnCatalogue {
  public:
    // Adds a kind; `view_metadata` is CloudServiceType.metadata, JSON text.
    void learn(const std::string& group, const std::string& type, std::string_view view_metadata);
    // The columns of a resource's kind, or the general ones.
    const std::vector<Column>& of(const std::string& group, const std::string& type) const;

  private:
    std::map<std::pair<std::string, std::string>, std::vector<Column>> known_;
    std::vector<Column> general_ = general_columns();
};

}  // namespace pf::host::cli
