#pragma once
// The part of the v3 API that newer clients still use: credential check, version, project names.
// Lists of v3 entities go here as well, from the same world as v4. Any thread.

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

class V3Service {
  public:
    V3Service(const Config& config, const World& world) : user_(config.user), world_(world) {}

    /// Answers a request under /api/nutanix/v3/.
    void answer(const Request& request, Response& response) const;
    /// A v3 error body with the given status.
    static void refuse(Response& response, std::uint32_t status, std::string_view reason,
                       std::string_view message, std::string_view details = {});

  private:
    void answer_me(Response& response) const;
    void answer_prism_central(Response& response) const;
    void answer_projects(const Request& request, Response& response) const;

    const std::string user_;
    const World& world_;
};

}  // namespace pf::sim
