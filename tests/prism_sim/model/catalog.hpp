#pragma once
// Categories and projects of the simulated site: fixed vocabulary, ids from the seed.

#include <cstdint>
#include <vector>

#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

/// One entry per key and value; several values of one key exist, some names are not ASCII.
std::vector<Category> make_categories(std::uint64_t seed);
/// The default project first.
std::vector<Project> make_projects(std::uint64_t seed);

}  // namespace pf::sim
