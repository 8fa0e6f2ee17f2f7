#include "host/cli/collect_sink.hpp"

namespace pf::host::cli {

bool CollectSink::write(runtime::RowBatch& batch) {
    for (std::size_t i = 0; i < batch.size() && !is_gone(); ++i) {
        if (on_row_) {
            on_row_(batch.row(i));
        }
        const auto row = split_row(batch.row(i));
        if (!row) {
            ++unreadable_;
            continue;
        }
        if (row->resource_type == "inventory.Region" && on_region_) {
            on_region_(row->resource);
        }
        // Types and metrics are CloudForet's business; failures are in the run's report.
        if (row->state != "SUCCESS" || row->resource_type != "inventory.CloudService") {
            continue;
        }
        ++seen_;
        if (!selection_.wants(row->resource)) {
            continue;
        }
        failure_ = writer_.put(row->resource);
        if (failure_.ok()) {
            ++items_;
        }
    }
    progress_.update(seen_);
    return !is_gone();
}

bool CollectSink::is_gone() {
    progress_.update(seen_);
    return is_limited() || output_.is_reader_gone() || !failure_.ok();
}

}  // namespace pf::host::cli
