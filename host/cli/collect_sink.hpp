// CollectSink: hands the rows of a run to a RowWriter, counts them, shows progress.
#pragma once

#include <cstdint>

#include "host/cli/progress.hpp"
#include "host/cli/row_writer.hpp"
#include "host/runtime/row_sink.hpp"

namespace pf::host::cli {

class CollectSink final : public runtime::RowSink {
  public:
    // `limit` 0 = all. The others outlive this object.
    CollectSink(RowWriter& writer, const Output& output, Progress& progress, std::uint64_t limit)
        : writer_(writer), output_(output), progress_(progress), limit_(limit) {}

    encoding::RowFormat format() const override { return encoding::RowFormat::json_line; }
    bool write(runtime::RowBatch& batch) override;
    bool is_gone() override;

    // Resources handed to the writer.
    std::uint64_t items() const { return items_; }
    // True when the limit was reached and nothing more is wanted.
    bool is_limited() const { return limit_ > 0 && items_ >= limit_; }
    // Why the writer could not take a row.
    const Status& failure() const { return failure_; }

  private:
    RowWriter& writer_;
    const Output& output_;
    Progress& progress_;
    std::uint64_t limit_;
    std::uint64_t items_ = 0;
    Status failure_;
};

}  // namespace pf::host::cli
