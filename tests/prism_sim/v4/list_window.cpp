#include "tests/prism_sim/v4/list_window.hpp"

#include <algorithm>

namespace pf::sim {

PageWindow cut_list(const V4Readings& readings, const ListQuery& query, bool is_paginated,
                    Found& found) {
    PageWindow window{query.page, query.limit, 0, is_paginated};
    if (query.is_empty) found.handles.clear();
    if (readings.truncate_at != 0) {
        window.is_truncated = found.total > readings.truncate_at;
        const std::uint64_t offset = query.page * query.limit;
        const std::uint64_t left =
            readings.truncate_at - std::min<std::uint64_t>(offset, readings.truncate_at);
        if (found.handles.size() > left) found.handles.resize(static_cast<std::size_t>(left));
        found.total = std::min<std::uint64_t>(found.total, readings.truncate_at);
    }
    window.total = found.total;
    const std::uint64_t off = found.total / 10 + 1;
    if (readings.totals == Totals::right) window.told_total = found.total;
    if (readings.totals == Totals::larger) window.told_total = found.total + off;
    if (readings.totals == Totals::smaller)
        window.told_total = found.total - std::min(off, found.total);
    return window;
}

}  // namespace pf::sim
