// FieldReader: reads what a field shows out of resources.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "host/cli/console/field.hpp"
#include "host/cli/console/field_value.hpp"

namespace pf::host::cli {

// How values are written.
enum class ValueStyle {
    people,    // sizes with units, local times, words of enums
    machines,  // raw numbers, RFC 3339
};

class FieldReader {
  public:
    FieldReader(Field field, ValueStyle style, bool is_utc);
    ~FieldReader();
    FieldReader(FieldReader&&) noexcept;
    FieldReader& operator=(FieldReader&&) noexcept;

    // What is shown. Nothing there: the field's default, for people.
    FieldValue value(const nlohmann::ordered_json& resource) const;
    // Each value that is a number, also one written as a text; of sizes their bytes.
    std::vector<double> numbers(const nlohmann::ordered_json& resource) const;
    // What rows are ordered by: a number when there is one, else text.
    std::pair<double, std::string> sort_key(const nlohmann::ordered_json& resource) const;
    // True when the value is a number, so that a spreadsheet cannot take it for a formula.
    bool is_number(const nlohmann::ordered_json& resource) const;

    // The field that is read.
    const Field& field() const { return field_; }

  private:
    struct Parts;
    Field field_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace pf::host::cli
