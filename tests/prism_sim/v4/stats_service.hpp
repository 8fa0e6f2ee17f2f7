#pragma once
// Statistics of the v4 API: rows of samples for VMs, one by one and as a list; columns for hosts,
// clusters, storage containers and volume groups. Any thread.

#include <optional>
#include <string_view>
#include <vector>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v4/envelope.hpp"
#include "tests/prism_sim/v4/stats_fields.hpp"
#include "tests/prism_sim/v4/stats_query.hpp"

namespace pf::sim {

class V4Statistics {
  public:
    /// The references must outlive the service.
    V4Statistics(const Config& config, const World& world, VmRoster& roster,
                 const Permissions& permissions, const Statistics& statistics);

    /// Where a request goes: /api/<name_space>/<version>/<rest>.
    struct Path {
        std::string_view name_space, rest;
        int minor = 0;
        std::string_view beta;
    };
    /// Answers a GET below a place of statistics; false for any other path.
    bool answer(const Path& path, const Request& request, Response& response) const;

  private:
    struct Asked;
    struct Query {
        SampleWindow window;
        StatsSelection selection;
    };

    bool is_forbidden(const Asked& asked, Response& response) const;
    [[nodiscard]] std::optional<std::uint32_t> find(Measured kind, const Uuid& id) const;
    [[nodiscard]] std::optional<std::uint32_t> find_host(std::string_view cluster,
                                                         std::string_view host) const;
    [[nodiscard]] std::variant<Query, QueryProblem> parse(const Asked& asked) const;
    [[nodiscard]] std::variant<std::vector<SampleSlot>, QueryProblem> slots(
        const SampleWindow& window, std::size_t entries) const;
    void answer_one(const Asked& asked, std::string_view id, std::optional<std::uint32_t> index,
                    Response& response) const;
    void answer_list(const Asked& asked, Response& response) const;
    [[nodiscard]] std::optional<QueryProblem> find_rows(const Asked& asked, const Query& query,
                                                        const ListQuery& list, Found& found) const;
    void select_rows(Measured kind, const VmSelection& selection, Found& found) const;
    [[nodiscard]] bool has_sample(const Subject& subject,
                                  const std::vector<SampleSlot>& slots) const;
    void write(ObjectWriter& out, const Asked& asked, std::uint32_t index, const Query& query,
               const std::vector<SampleSlot>& slots) const;
    void refuse(const Asked& asked, const QueryProblem& problem, Response& response) const;

    const V4Readings readings_;
    const QueryRules rules_;
    const EmptyData empty_data_;
    const BehindEnd behind_end_;
    const bool tells_why_;
    const World& world_;
    VmRoster& roster_;
    const Permissions& permissions_;
    const Statistics& statistics_;
};

}  // namespace pf::sim
