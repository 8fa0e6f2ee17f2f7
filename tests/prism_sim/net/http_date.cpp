#include "tests/prism_sim/net/http_date.hpp"

namespace pf::sim {

std::string http_date(std::time_t moment) {
    std::tm utc{};
    gmtime_r(&moment, &utc);
    char text[40];
    const std::size_t size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    return {text, size};
}

}  // namespace pf::sim
