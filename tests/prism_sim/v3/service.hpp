#pragma once
// The v3 API: lists by POST, single entities by GET, columnar groups, the credential check and the
// version. The world is the one v4 serves. A Prism Element serves its own cluster and what is in
// it. Any thread.

#include <memory>
#include <string_view>
#include <vector>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v3/collection.hpp"

namespace pf::sim {

class V3Service {
  public:
    /// The references must outlive the service.
    V3Service(const Config& config, const World& world, VmRoster& roster,
              const Permissions& permissions, const Statistics& statistics,
              const AlertBook& alerts);

    /// Answers a request under /api/nutanix/v3/.
    void answer(const Request& request, Response& response) const;
    /// A v3 error body with the given status.
    static void refuse(Response& response, std::uint32_t status, std::string_view reason,
                       std::string_view message, std::string_view details = {});
    /// True for a POST of the VM list.
    static bool is_vm_list(const Request& request);

  private:
    void answer_get(std::string_view path, Response& response) const;
    void answer_post(std::string_view path, const Request& request, Response& response) const;
    void answer_categories(std::string_view path, const Request& request, Response& response) const;
    void answer_list(const v3::Collection& collection, const Request& request,
                     Response& response) const;
    void answer_prism_central(Response& response) const;
    [[nodiscard]] const v3::Collection* find(std::string_view plural) const;
    bool is_forbidden(std::string_view kind, Response& response) const;
    [[nodiscard]] bool is_error_in_200(std::string_view kind) const;

    const Config config_;
    const World& world_;
    VmRoster& roster_;
    const Statistics& statistics_;
    const Permissions& permissions_;
    std::vector<std::unique_ptr<v3::Collection>> collections_;
};

}  // namespace pf::sim
