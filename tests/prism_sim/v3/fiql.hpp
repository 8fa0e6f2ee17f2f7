#pragma once
// The filter language of v3 lists: name==value, !=, =gt= and the like, `;` for and, `,` for or,
// parentheses. Names are the server's own, not those of the JSON.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pf::sim::v3 {

enum class Comparison : std::uint8_t { equal, unequal, greater, at_least, less, at_most };

struct Condition {
    std::string name;
    Comparison comparison = Comparison::equal;
    std::string value;
};

/// A value by name; nothing if the entity has none.
using Attributes = std::function<std::optional<std::string>(std::string_view name)>;

/// A parsed filter: a disjunction of conjunctions.
class Fiql {
  public:
    /// Nothing if `text` is not FIQL. Values may be percent-encoded.
    static std::optional<Fiql> parse(std::string_view text);

    /// True if any of the alternatives holds.
    [[nodiscard]] bool matches(const Attributes& attributes) const;
    [[nodiscard]] const std::vector<std::vector<Condition>>& alternatives() const {
        return alternatives_;
    }
    /// Removes conditions on other names. An alternative left empty matches everything.
    void keep(const std::function<bool(std::string_view)>& is_known);
    /// The first name that is not known, if any.
    [[nodiscard]] std::optional<std::string> first_unknown(
        const std::function<bool(std::string_view)>& is_known) const;

  private:
    std::vector<std::vector<Condition>> alternatives_;
};

}  // namespace pf::sim::v3
