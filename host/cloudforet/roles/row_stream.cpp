#include "host/cloudforet/roles/row_stream.hpp"

#include <grpcpp/support/slice.h>

#include <memory>
#include <vector>

namespace pf::host::cloudforet {

namespace {

// Rows that may wait in gRPC's buffer before one pushes them out.
constexpr std::uint32_t rows_per_flush = 16;

// A slice that owns the batch's memory.
grpc::Slice own(encoding::RowBatch& batch) {
    auto memory = std::make_unique<encoding::Block>(std::move(batch.bytes));
    grpc::Slice slice(
        memory->data(), memory->size(),
        [](void* owner) { delete static_cast<encoding::Block*>(owner); }, memory.get());
    static_cast<void>(memory.release());
    return slice;
}

}  // namespace

bool RowStream::write(encoding::RowBatch& batch) {
    if (batch.size() == 0) {
        return !is_gone();
    }
    const grpc::Slice memory = own(batch);
    call_.begin_handover();
    std::size_t begin = 0;
    for (std::size_t i = 0; i < batch.ends.size() && !is_broken_; ++i) {
        const std::size_t end = batch.ends[i];
        const grpc::Slice row = memory.sub(begin, end);
        const grpc::ByteBuffer message(&row, 1);
        begin = end;
        const bool is_last = i + 1 == batch.ends.size();
        grpc::WriteOptions options;
        if (!is_last && ++since_flush_ < rows_per_flush) {
            options.set_buffer_hint();
        } else {
            since_flush_ = 0;
        }
        // A cut run must not wait for a slow receiver to take the rest of its batch.
        is_broken_ = call_.is_cut() || !writer_.Write(message, options);
        call_.row_taken();
    }
    call_.end_handover();
    batch.ends.clear();
    return !is_broken_;
}

}  // namespace pf::host::cloudforet
