// CollectSink: hands the rows of a run to a RowWriter, counts them, shows progress.
#pragma once

#include <cstdint>
#include <functional>

#include "host/cli/progress.hpp"
#include "host/cli/row_writer.hpp"
#include "host/cli/selection.hpp"
#include "host/runtime/row_sink.hpp"

namespace pf::host::cli {

// Takes the name of a region, as its row says it.
using OnRegion = std::function<void(std::string_view region_row)>;
// Takes a row as it came, before anything is chosen of it.
using OnRow = std::function<void(std::string_view row)>;

class CollectSink final : public runtime::RowSink {
  public:
    // `limit` 0 = all. `on_region` and `on_row` may be empty. The others outlive this object.
    CollectSink(RowWriter& writer, Selection& selection, const Output& output, Progress& progress,
                std::uint64_t limit, OnRegion on_region, OnRow on_row)
        : writer_(writer),
          selection_(selection),
          output_(output),
          progress_(progress),
          limit_(limit),
          on_region_(std::move(on_region)),
          on_row_(std::move(on_row)) {}

    encoding::RowFormat format() const override { return encoding::RowFormat::json_line; }
    bool write(runtime::RowBatch& batch) override;
    bool is_gone() override;

    // Resources handed to the writer.
    std::uint64_t items() const { return items_; }
    // Rows that are no rows: told, as otherwise something would be missing in silence.
    std::uint64_t unreadable() const { return unreadable_; }
    // True when the limit was reached and nothing more is wanted.
    bool is_limited() const { return limit_ > 0 && items_ >= limit_; }
    // Why the writer could not take a row.
    const Status& failure() const { return failure_; }

  private:
    RowWriter& writer_;
    Selection& selection_;
    const Output& output_;
    Progress& progress_;
    std::uint64_t limit_;
    OnRegion on_region_;
    OnRow on_row_;
    std::uint64_t seen_ = 0;
    std::uint64_t items_ = 0;
    std::uint64_t unreadable_ = 0;
    Status failure_;
};

}  // namespace pf::host::cli
