// Tokens as identity issues them: JSON Web Tokens whose claims say who calls, until when.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "tests/cloudforet_sim/services/caller.hpp"

namespace pf::cloudforet_sim {

// Safe from any thread.
class Tokens {
  public:
    // A token of this caller.
    std::string issue(const Caller& caller);
    // The token is not accepted any more.
    void revoke(const std::string& token);
    // Whose token it is. Throws an unauthenticated Refusal.
    Caller check(const std::string& token) const;

  private:
    struct Issued {
        Caller caller;
        std::int64_t expires_at = 0;
    };
    mutable std::mutex mutex_;
    std::map<std::string, Issued> issued_;
};

}  // namespace pf::cloudforet_sim
