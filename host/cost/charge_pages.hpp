// ChargePages: cost records to pages of about a thousand.
//
//     ChargePages pages(queue, {.provider = "nutanix", .account = uuid, .first_day = "2026-02-01",
//                              .last_day = "2026-02-27"});
//     ... for every record: if (Status status = pages.add(charge); !status.ok()) return status;
//     return pages.finish();
//
// What a record says was checked where it was made. Here its day is: one outside of what the task
// replaces would stay beside its successors for ever, so it fails the task.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "host/base/status.hpp"
#include "host/cost/charge.hpp"
#include "host/cost/charge_encoder.hpp"
#include "host/cost/charge_sink.hpp"
#include "host/encoding/block.hpp"
#include "host/encoding/buffer.hpp"

namespace pf::host::cost {

// Where pages go. Called from the thread that makes the records.
class PageSink {
  public:
    virtual ~PageSink() = default;
    // Takes one serialized CostsInfo with so many records; may block: that is the back-pressure.
    // False: the receiver is gone; no more will be offered.
    virtual bool write(encoding::Block page, std::uint32_t records) = 0;
    // True when the receiver went away. Cheap.
    virtual bool is_gone() = 0;
};

// What all records of a task have in common.
struct ChargeFrame {
    std::string provider;
    std::string account;    // the value that the task's replacement window is filtered by
    std::string first_day;  // "2026-02-01"; the first day that may be billed
    std::string last_day;   // of the same month; the last one, and closed
};

class ChargePages final : public ChargeSink {
  public:
    // CloudForet looks at its cancel flag after each page.
    static constexpr std::uint32_t records_per_page = 1000;
    static constexpr std::size_t bytes_per_page = std::size_t{1} << 20;

    ChargePages(std::shared_ptr<PageSink> sink, ChargeFrame frame);

    // Adds a record; the texts are copied. INTERNAL (ERROR_COST_RECORD) for one of another day,
    // CANCELLED (ERROR_CALL_CANCELLED) when the receiver is gone.
    Status add(const Charge& charge) override;
    // Hands over what is left. A task without a record sends no page. After a failure of add() it
    // is this failure: what was refused must not look sent.
    Status finish();
    // Records that were added.
    std::uint64_t records() const noexcept { return records_; }

  private:
    Status hand_over();
    Status fail(Status why);

    const std::shared_ptr<PageSink> sink_;
    const ChargeFrame frame_;
    const ChargeEncoder encoder_;
    const std::shared_ptr<encoding::BlockPool> blocks_;
    encoding::Buffer page_;
    std::uint32_t in_page_ = 0;
    std::uint64_t records_ = 0;
    Status failure_;
};

}  // namespace pf::host::cost
