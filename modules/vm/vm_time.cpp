#include "vm_time.hpp"

#include <algorithm>

namespace vm {

std::string_view whole_seconds(std::string_view time, std::string& buffer) {
    const std::size_t dot = time.find('.');
    if (dot == time.npos) return time;
    const std::size_t zone = std::min(time.find_first_not_of("0123456789", dot + 1), time.size());
    buffer.assign(time.substr(0, dot)).append(time.substr(zone));
    return buffer;
}

}  // namespace vm
