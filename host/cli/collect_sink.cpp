#include "host/cli/collect_sink.hpp"

namespace pf::host::cli {

bool CollectSink::write(runtime::RowBatch& batch) {
    for (std::size_t i = 0; i < batch.size() && !is_gone(); ++i) {
        const auto row = split_row(batch.row(i));
        // Types and regions are CloudForet's business; failures are in the run's report.
        if (!row || row->state != "SUCCESS" || row->resource_type != "inventory.CloudService") {
            continue;
        }
        failure_ = writer_.put(row->resource);
        if (failure_.ok()) {
            ++items_;
        }
    }
    progress_.update(items_);
    return !is_gone();
}

bool CollectSink::is_gone() {
    progress_.update(items_);
    return is_limited() || output_.is_reader_gone() || !failure_.ok();
}

}  // namespace pf::host::cli
