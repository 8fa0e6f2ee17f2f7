// RowStream: hands the rows of a collect to its gRPC stream without copying them.
//
// A batch's memory becomes one reference-counted slice; each row is a part of it, so the batch
// lives until gRPC has sent its last row. Then its memory serves another batch.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/sync_stream.h>

#include "host/cloudforet/call_watch.hpp"
#include "host/runtime/row_sink.hpp"

namespace pf::host::cloudforet {

class RowStream : public runtime::RowSink {
  public:
    // Initial metadata must have been sent: gRPC hangs when the first message is a buffered one.
    RowStream(grpc::ServerWriter<grpc::ByteBuffer>& writer, CallWatch::Call& call,
              encoding::RowFormat format)
        : writer_(writer), call_(call), format_(format) {}

    encoding::RowFormat format() const override { return format_; }
    // Blocks while the receiver is slower than we are.
    bool write(encoding::RowBatch& batch) override;
    bool is_gone() override { return is_broken_ || call_.is_cut(); }

    // True when a row that was offered did not go out.
    bool is_broken() const noexcept { return is_broken_; }

  private:
    grpc::ServerWriter<grpc::ByteBuffer>& writer_;
    CallWatch::Call& call_;
    encoding::RowFormat format_;
    std::uint32_t since_flush_ = 0;
    bool is_broken_ = false;
};

}  // namespace pf::host::cloudforet
