// Rules: which changes of resources are told, to whom, and when.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/state/snapshot.hpp"

namespace pf::host::cost {
class Zone;
}

namespace pf::host::watch {

// Whom CloudForet's Notification.create tells.
struct Audience {
    std::string resource_type;  // "identity.Project", "identity.User" or "identity.Domain"
    std::string resource_id;
    std::string topic;
};

// Empty lists restrict nothing.
struct RuleWish {
    std::string name;
    std::vector<std::string> kinds;       // "vm"
    std::vector<std::string> categories;  // "Env=Prod", or "Env" for any value of it
    std::vector<std::string> fields;      // "data.compute" with all below it; for changes only
    std::vector<std::string> changes;     // "created", "changed", "deleted"
    std::string quiet;                    // "22:00-06:00": told when that is over
    bool is_digest = false;               // one notification for all changes of a kind in a round
    std::uint32_t at_most = 50;           // single ones of a kind in a round; the rest in one
    Audience to;
};

class Rule {
  public:
    // `zone` is the IANA name of the time zone of quiet times. INVALID_ARGUMENT (ERROR_CONFIG) says
    // what is wrong with `wish`.
    static Result<Rule> make(RuleWish wish, const std::string& zone);

    const RuleWish& wish() const noexcept { return wish_; }
    bool concerns(const state::Change& change) const;
    // When what comes at `now` (UTC seconds since 1970) may be told: now, or the end of the quiet
    // time.
    std::int64_t tell_at(std::int64_t now) const;

  private:
    explicit Rule(RuleWish wish) : wish_(std::move(wish)) {}

    RuleWish wish_;
    std::optional<std::int64_t> quiet_from_;  // seconds of the day, as the clock shows
    std::int64_t quiet_to_ = 0;
    std::shared_ptr<const cost::Zone> zone_;
};

}  // namespace pf::host::watch
