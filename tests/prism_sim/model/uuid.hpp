#pragma once
// A 128-bit id as Prism writes it. The order of values is the order of their texts.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::sim {

struct Uuid {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const Uuid&) const = default;
};

inline constexpr std::size_t kUuidText = 36;

/// Writes exactly kUuidText bytes, lower case, no terminator.
void write_uuid(char* out, const Uuid& id);
std::string to_text(const Uuid& id);
/// The id in `text`, upper or lower case; nothing for any other form.
std::optional<Uuid> parse_uuid(std::string_view text);

}  // namespace pf::sim
