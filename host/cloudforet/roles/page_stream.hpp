// PageStream: hands pages of cost records to the gRPC stream of a get_data, each as one message.
#pragma once

#include <utility>

#include "host/cloudforet/roles/row_stream.hpp"
#include "host/cost/charge_pages.hpp"

namespace pf::host::cloudforet {

class PageStream final : public cost::PageSink {
  public:
    // `stream` outlives this object.
    explicit PageStream(RowStream& stream) : stream_(stream) {}

    // Blocks while the receiver is slower than we are.
    bool write(encoding::Block page, std::uint32_t) override {
        encoding::RowBatch batch;
        batch.ends.push_back(page.size());
        batch.bytes = std::move(page);
        return stream_.write(batch);
    }
    bool is_gone() override { return stream_.is_gone(); }

  private:
    RowStream& stream_;
};

}  // namespace pf::host::cloudforet
