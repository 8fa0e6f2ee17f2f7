// A list of alerts, events or audits of one Prism Central, as documents.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/prism/target.hpp"
#include "host/runtime/event_reader.hpp"
#include "host/services/listing.hpp"

namespace pf::host::runtime {

// What is asked for; Prism may refuse any of it, so the reader of the documents looks again.
struct EventListWish {
    std::string time_field;            // of v4: "lastUpdatedTime"
    std::optional<std::int64_t> from;  // UTC milliseconds
    std::optional<std::int64_t> to;
    bool newest_first = false;
};

class EventList final : public EventDocuments {
  public:
    // `module` has the endpoint of that name.
    EventList(std::shared_ptr<const Module> module, std::string_view endpoint,
              std::shared_ptr<prism::Target> target, prism::ApiWish api, EventListWish wish,
              Stop stop);

    // An entity that was met before is left out. ERROR_LIST_CHANGED at the end of a list that is
    // not known to be whole.
    Status next(pf_val& document) override;
    // Prism took the order: what comes is the newest that is left.
    bool is_ordered() const noexcept { return wish_.newest_first && refused_ < 2; }

  private:
    Status open();
    Status turn();
    std::string query() const;

    const std::shared_ptr<const Module> module_;
    const services::Endpoint* endpoint_ = nullptr;
    const std::shared_ptr<prism::Target> target_;
    const prism::ApiWish api_;
    const EventListWish wish_;
    const Stop stop_;
    const std::shared_ptr<prism::Meter> meter_ = std::make_shared<prism::Meter>();
    std::unique_ptr<services::Listing> listing_;
    std::span<const services::Listing::Item> entries_;
    std::size_t at_ = 0;
    int refused_ = 0;  // 1: without the filter, 2: without filter and order
    bool has_page_ = false;
};

}  // namespace pf::host::runtime
