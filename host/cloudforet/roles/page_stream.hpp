// PageStream: hands pages of cost records to the gRPC stream of a get_data, each as one message.
#pragma once

#include <utility>

#include "host/cloudforet/roles/row_stream.hpp"
#include "host/cost/page_queue.hpp"

namespace pf::host::cloudforet {

// Sends the pages of `queue` until it is closed and empty, or the receiver is gone; then the queue
// is abandoned. Blocks while the receiver is slower than we are. Returns the records that went out.
inline std::uint64_t send_pages(cost::PageQueue& queue, RowStream& stream) {
    std::uint64_t sent = 0;
    while (auto page = queue.pop()) {
        encoding::RowBatch batch;
        batch.ends.push_back(page->bytes.size());
        batch.bytes = std::move(page->bytes);
        if (!stream.write(batch)) {
            queue.abandon();
        } else {
            sent += page->records;
        }
    }
    return sent;
}

}  // namespace pf::host::cloudforet
