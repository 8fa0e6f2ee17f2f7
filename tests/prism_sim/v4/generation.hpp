#pragma once
// Which API versions a Prism Central of a given release serves, namespace by namespace.

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace pf::sim {

/// A namespace served up to v4.`minor`; with a beta name, only betas of it exist.
struct NamespaceVersion {
    std::string_view name;
    int minor;              ///< -1: the namespace does not exist.
    std::string_view beta;  ///< ".b1" or empty.
};

inline constexpr std::size_t kNamespaces = 5;

struct Generation {
    std::string_view release;  ///< "7.6"
    std::array<NamespaceVersion, kNamespaces> namespaces;

    /// The namespace, if this generation serves it.
    [[nodiscard]] const NamespaceVersion* find(std::string_view name) const;
};

/// Throws std::invalid_argument for an unknown release, naming the known ones.
const Generation& generation_of(std::string_view release);

/// "v4.3" or "v4.4.b1": what OPTIONS .../unversioned/info answers.
std::string version_text(const NamespaceVersion& version);

/// The minor of a path's version segment if this namespace serves it.
std::optional<int> served_minor(const NamespaceVersion& version, std::string_view segment);

}  // namespace pf::sim
