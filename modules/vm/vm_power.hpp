// Power states: Prism's words and CloudForet's.
#pragma once

#include <string_view>

namespace vm {

// CloudForet's word for a power state; empty for one we do not know.
std::string_view instance_state(std::string_view power_state) noexcept;

}  // namespace vm
