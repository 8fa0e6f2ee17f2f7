#pragma once
// The lists alerts/ and events/ of v2.0: newest first, a page by `count` and `page` (from 1).
// Everything but the severities and the creation time is a reading nobody has verified. Any thread.

#include <string_view>

#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

class V2Log {
  public:
    /// The references must outlive the object.
    V2Log(const World& world, const Permissions& permissions, const AlertBook& book)
        : world_(world), permissions_(permissions), book_(book) {}

    /// Answers a GET of `rest`, what stands behind the API's prefix; false for any other path.
    bool answer(std::string_view rest, const Request& request, Response& response) const;

  private:
    void answer_alerts(const Request& request, Response& response) const;
    void answer_events(const Request& request, Response& response) const;

    const World& world_;
    const Permissions& permissions_;
    const AlertBook& book_;
};

}  // namespace pf::sim
