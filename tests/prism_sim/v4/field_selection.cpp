#include "tests/prism_sim/v4/field_selection.hpp"

#include <algorithm>
#include <string_view>

#include "tests/prism_sim/json/json_scan.hpp"

namespace pf::sim {
namespace {

bool is_kept(std::string_view field, const std::vector<std::string>& names) {
    if (field == "$objectType" || field == "$reserved") return true;
    constexpr std::string_view discriminator = "ItemDiscriminator";
    if (field.starts_with('$') && field.ends_with(discriminator))
        field = field.substr(1, field.size() - 1 - discriminator.size());
    return std::find(names.begin(), names.end(), field) != names.end();
}

}  // namespace

void keep_fields(TextBuffer& buffer, std::size_t begin, const std::vector<std::string>& names) {
    const std::string whole(buffer.view().substr(begin));
    const std::size_t brace = whole.find('{');
    std::string kept = whole.substr(0, brace + 1);
    std::size_t at = brace + 1;
    while (whole[at] != '}') {
        const std::size_t key_end = end_of_string(whole, at);
        const std::size_t value_end = end_of_value(whole, key_end + 1);
        const std::string_view field = std::string_view(whole).substr(at + 1, key_end - at - 2);
        if (is_kept(field, names)) {
            if (kept.back() != '{') kept += ',';
            kept.append(whole, at, value_end - at);
        }
        at = whole[value_end] == ',' ? value_end + 1 : value_end;
    }
    kept += '}';
    buffer.cut(begin);
    buffer.append(kept);
}

}  // namespace pf::sim
