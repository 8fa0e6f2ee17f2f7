// The registrar against the fake services of CloudForet, with every role that a host can have,
// those among them that this one does not serve yet.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/cloudforet/registration/registrar.hpp"
#include "tests/cloudforet_sim/services/services.hpp"

namespace pf::test {

// What stands for how many of them.
using Actions = std::map<std::string, int>;

class RegisterScene {
  public:
    // What a run came to.
    struct Run {
        host::Status status;
        std::vector<host::cloudforet::Step> steps;

        // The step of a kind; the test fails when there is none.
        const host::cloudforet::Step& of(const std::string& kind) const;
        Actions actions() const;
    };

    RegisterScene();

    cloudforet_sim::Services& cloudforet() { return cloudforet_; }
    // A domain administrator's, for what somebody else does.
    host::cloudforet::ServiceAccess access() const { return access_by(admin); }
    // Plugins, one service account and what uses each role, the dashboard of costs.
    std::vector<host::cloudforet::Item> items() const;
    // Examines, and applies unless `is_dry`.
    Run run(bool is_dry = false) const { return run(items(), is_dry); }
    Run run(std::vector<host::cloudforet::Item> items, bool is_dry = false) const;

    // What is wished for; a test changes it between runs.
    host::cloudforet::Activation wish;
    std::string image_prefix = "example";
    std::string admin;  // tokens
    std::string owner;
    bool replaces = false;

  private:
    host::cloudforet::ServiceAccess access_by(const std::string& token) const;

    mutable cloudforet_sim::Services cloudforet_;
};

inline constexpr const char* cost_model_text =
    R"({"name": "test", "currency": "EUR", "rate_card": {"vcpu_hour": "0.05"}})";

}  // namespace pf::test
