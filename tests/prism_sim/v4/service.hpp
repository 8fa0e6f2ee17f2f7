#pragma once
// The v4 API: version negotiation, lists, single objects, errors. Any thread.

#include <memory>
#include <string_view>
#include <vector>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v4/collection.hpp"
#include "tests/prism_sim/v4/generation.hpp"

namespace pf::sim {

class V4Service {
  public:
    /// The references must outlive the service. Throws std::invalid_argument for an unknown
    /// release.
    V4Service(const Config& config, const World& world, VmRoster& roster);

    /// Answers a request under /api/<namespace>/.
    void answer(const Request& request, Response& response) const;
    /// The envelope of an error that any namespace can give, such as 429; by the request's path.
    void refuse(const Request& request, Response& response, std::uint32_t status,
                std::string_view message, std::string_view group) const;
    /// True for a GET of the VM list.
    static bool is_vm_list(const Request& request);

  private:
    struct Place;

    [[nodiscard]] const Collection* find(std::string_view name_space, std::string_view path) const;
    void not_found(const Place& place, Response& response) const;
    void answer_info(const Place& place, Response& response) const;
    void answer_list(const Place& place, const Request& request, const Collection& collection,
                     Response& response) const;
    void answer_one(const Place& place, const Request& request, const Collection& collection,
                    std::string_view id, Response& response) const;

    const Generation& generation_;
    const EmptyData empty_data_;
    const QueryRules query_rules_;
    std::vector<std::unique_ptr<Collection>> collections_;
};

}  // namespace pf::sim
