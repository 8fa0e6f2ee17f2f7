#include "tests/prism_sim/gate/gateway_pages.hpp"

namespace pf::sim {

std::string_view login_page() {
    return "<!DOCTYPE html><html><head><title>Prism Central</title></head>"
           "<body><form action=\"/console\" method=\"post\"><input name=\"username\">"
           "<input name=\"password\" type=\"password\"></form></body></html>\n";
}

void write_gateway_page(Response& response, std::uint32_t status) {
    response.status = status;
    response.content_type = "text/html";
    response.body.append(
        "<html><head><title>" + std::to_string(status) +
        "</title></head><body><h1>upstream connect error or disconnect/reset before "
        "headers</h1></body></html>\n");
}

}  // namespace pf::sim
