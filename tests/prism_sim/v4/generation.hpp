#pragma once
// Which API versions a Prism Central of a given release serves, namespace by namespace.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/readings.hpp"

namespace pf::sim {

/// A namespace served from v4.`lowest` to v4.`minor`; with a beta name, only betas of it exist.
struct NamespaceVersion {
    std::string_view name;
    int minor;
    std::string_view beta{};  ///< ".b1" or empty.
    int lowest = 0;
};

/// What a release serves, changed by the readings: namespaces that are absent or only a beta.
/// Throws std::invalid_argument for an unknown release or namespace, naming the known ones.
std::vector<NamespaceVersion> served_namespaces(std::string_view release,
                                                const V4Readings& readings);

/// "v4.3" or "v4.4.b1": what OPTIONS .../unversioned/info answers.
std::string version_text(const NamespaceVersion& version);

/// The minor of a path's version segment if this namespace serves it.
std::optional<int> served_minor(const NamespaceVersion& version, std::string_view segment);

}  // namespace pf::sim
