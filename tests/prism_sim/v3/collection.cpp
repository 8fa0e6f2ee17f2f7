#include "tests/prism_sim/v3/collection.hpp"

namespace pf::sim::v3 {

std::optional<Refusal> Collection::find(ListRequest request, Found& found) const {
    const auto is_known = [this](std::string_view name) { return can_filter(name); };
    const bool is_strict = reading_ == UnknownAttribute::refused;
    if (request.filter) {
        const auto unknown = request.filter->first_unknown(is_known);
        if (unknown && is_strict) return unprocessable("unknown filter attribute " + *unknown);
        request.filter->keep(is_known);
    }
    if (!request.sort_attribute.empty() && !can_sort(request.sort_attribute)) {
        if (is_strict) return unprocessable("cannot sort by " + request.sort_attribute);
        request.sort_attribute.clear();
    }
    if (names_.paging != Paging::pages) {
        request.offset = 0;
        request.length = 0xffffffff;
    }
    select(request, found);
    return std::nullopt;
}

}  // namespace pf::sim::v3
