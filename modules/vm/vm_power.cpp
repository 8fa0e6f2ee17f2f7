#include "vm_power.hpp"

namespace vm {

std::string_view instance_state(std::string_view power_state) noexcept {
    if (power_state == "ON") return "RUNNING";
    if (power_state == "OFF") return "STOPPED";
    if (power_state == "PAUSED" || power_state == "SUSPENDED") return "SUSPENDED";
    return {};
}

}  // namespace vm
