// RowQueue: the one bounded queue between the calls of a run and its sink.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "host/services/row_output.hpp"

namespace pf::host::runtime {

class RowQueue final : public services::RowOutput {
  public:
    explicit RowQueue(std::size_t capacity)
        : capacity_(capacity), blocks_(std::make_shared<encoding::BlockPool>(capacity)) {}

    Status push(encoding::RowBatch batch, const Stop& stop) override;
    encoding::Block spare() override { return blocks_->take(); }

    enum class Popped { batch, nothing_yet, closed };
    // Waits at most `patience` for a batch. Closed: all producers ended and all was taken.
    Popped pop(encoding::RowBatch& out, std::chrono::milliseconds patience);
    // Nothing will be pushed any more.
    void close();
    // The receiver is gone: what waits is dropped, every push fails.
    void abandon();

  private:
    const std::size_t capacity_;
    const std::shared_ptr<encoding::BlockPool> blocks_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<encoding::RowBatch> batches_;
    bool is_closed_ = false;
    bool is_abandoned_ = false;
};

}  // namespace pf::host::runtime
