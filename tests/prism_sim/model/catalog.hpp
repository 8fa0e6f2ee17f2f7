#pragma once
// Categories, projects, users and images of the simulated site: fixed vocabulary, ids from the
// seed.

#include <cstdint>
#include <vector>

#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

/// One entry per key and value; several values of one key exist, some names are not ASCII.
std::vector<Category> make_categories(std::uint64_t seed);
/// The default project first.
std::vector<Project> make_projects(std::uint64_t seed);
/// The account that logs in first; VmFacts::owner chooses from them.
std::vector<User> make_users(std::uint64_t seed, const std::string& account);
/// kDiskImages disk images, then kIsoImages ISO images; disks and CD-ROMs of VMs come from them.
std::vector<Image> make_images(std::uint64_t seed, std::uint32_t clusters);

}  // namespace pf::sim
