#include "tests/prism_sim/gate/fault_effects.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kHugeBytes = 1ULL << 30;
constexpr std::size_t kDripBytes = 1024;
constexpr std::chrono::milliseconds kDripPause{100};

}  // namespace

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

void spoil_delivery(const Fault& fault, Response& response) {
    Delivery& delivery = response.delivery;
    switch (fault.kind) {
        case FaultKind::drop:
            delivery.drop_in_body = true;
            break;
        case FaultKind::truncated:
            response.body.cut(response.body.size() / 2);
            break;
        case FaultKind::slow:
            delivery.drip_bytes =
                fault.bytes != 0 ? static_cast<std::size_t>(fault.bytes) : kDripBytes;
            delivery.drip_pause = fault.pause.count() != 0 ? fault.pause : kDripPause;
            break;
        case FaultKind::silent:
            delivery.never_answer = true;
            break;
        case FaultKind::huge:
            delivery.padding = fault.bytes != 0 ? fault.bytes : kHugeBytes;
            break;
        case FaultKind::close_idle:
            delivery.close_silently = true;
            break;
        case FaultKind::announce_close:
            delivery.announce_close = true;
            break;
        default:
            break;
    }
}

}  // namespace pf::sim
