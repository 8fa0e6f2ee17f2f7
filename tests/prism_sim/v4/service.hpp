#pragma once
// The v4 API: version negotiation, lists, single objects, errors. Any thread.

#include <memory>
#include <string_view>
#include <vector>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v4/collection.hpp"
#include "tests/prism_sim/v4/detail.hpp"
#include "tests/prism_sim/v4/envelope.hpp"
#include "tests/prism_sim/v4/generation.hpp"
#include "tests/prism_sim/v4/stats_service.hpp"

namespace pf::sim {

class V4Service {
  public:
    /// The references must outlive the service. Throws std::invalid_argument for an unknown
    /// release, namespace or list.
    V4Service(const Config& config, const World& world, VmRoster& roster,
              const Permissions& permissions, const Statistics& statistics,
              const AlertBook& alerts);

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
    [[nodiscard]] const NamespaceVersion* find_namespace(std::string_view name) const;
    void not_found(const Place& place, Response& response) const;
    void answer_info(const Place& place, const Request& request, Response& response) const;
    void answer_collection(const Place& place, const Request& request, Response& response) const;
    bool is_forbidden(const Request& request, const Collection& collection,
                      Response& response) const;
    void answer_list(const Place& place, const Request& request, const Collection& collection,
                     Response& response) const;
    bool answer_detail(const Place& place, const Request& request, Response& response) const;
    void unknown_entity(const Place& place, const CollectionNames& names, std::string_view id,
                        Response& response) const;
    void answer_one(const Place& place, const Request& request, const Collection& collection,
                    std::string_view id, Response& response) const;

    const V4Readings readings_;
    const EmptyData empty_data_;
    const BehindEnd behind_end_;
    const QueryRules query_rules_;
    const bool tells_why_;  ///< A 403 has a JSON body.
    const Permissions& permissions_;
    const std::vector<NamespaceVersion> namespaces_;
    std::vector<std::unique_ptr<Collection>> collections_;
    std::vector<DetailList> details_;
    const V4Statistics stats_;
};

}  // namespace pf::sim
