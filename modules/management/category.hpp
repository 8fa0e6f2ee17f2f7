// Categories: the keys and values that people mark things with, one record per pair.
#pragma once

#include <cstdint>

#include "names.hpp"

namespace management {

// All categories, each as one record of `output`. Their identity is made of Prism Central, key and
// value, since v3 has no ids for them.
void collect_categories(pf::Call& call, std::uint32_t output);

}  // namespace management
