#pragma once
// What v4 shows of one entity only: lists below it, such as the disks of a volume group.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {

/// Lists at <parents>/{extId}/<name>.
struct DetailList {
    std::string_view name_space, parents, name;
    std::string_view word;  ///< Of a parent, for messages.
    /// The number of a parent that is seen.
    std::function<std::optional<std::uint32_t>(const Uuid&)> find;
    /// The list below parent number so many.
    std::function<Table(std::uint32_t)> table;
};

/// The references must outlive the results.
std::vector<DetailList> make_volume_details(const World& world, VmRoster& roster,
                                            const Permissions& permissions);

}  // namespace pf::sim
