// Notices: changes of one round of one kind as letters, one by one or together, as a rule wants it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/state/outbox.hpp"
#include "host/state/snapshot.hpp"
#include "host/watch/rules.hpp"

namespace pf::host::watch {

// The content of each letter is a request of CloudForet's Notification.create, JSON text. Keys are
// the same when the same change is told again. One object per rule, round and scope.
class Notices {
  public:
    // `rule` outlives this object. `now` is UTC seconds since 1970, `channel` that of the letters.
    Notices(const Rule& rule, std::string channel, std::int64_t now);

    // Adds the letters of those changes that the rule concerns to `letters`.
    void take(const std::vector<state::Change>& changes, std::vector<state::Letter>& letters);
    // Adds what was gathered. Call it once, after the last change.
    void finish(std::vector<state::Letter>& letters);

  private:
    void gather(const state::Change& change);
    state::Letter letter(std::string key, std::string lane, std::string content) const;

    const Rule& rule_;
    const std::string channel_;
    const std::int64_t now_;
    std::uint32_t told_ = 0;
    // What is told together.
    std::vector<std::string> lines_;
    std::uint64_t gathered_ = 0;
    std::uint64_t created_ = 0;
    std::uint64_t changed_ = 0;
    std::uint64_t deleted_ = 0;
    std::string scope_;  // account and kind of it
    std::string kind_;
    std::string account_;
    std::int64_t round_ = 0;
};

}  // namespace pf::host::watch
