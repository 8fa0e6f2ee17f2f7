#include "tests/prism_sim/v3/refusal.hpp"

#include "tests/prism_sim/json/json_writer.hpp"

namespace pf::sim::v3 {

void write_refusal(Response& response, const Refusal& refusal) {
    response.status = refusal.http_status == 0 ? refusal.code : refusal.http_status;
    JsonWriter out(response.body);
    out.open_item();
    out.plain("api_version", "3.1");
    out.number("code", refusal.code);
    if (!refusal.kind.empty()) out.plain("kind", refusal.kind);
    out.open_list("message_list");
    out.open_item();
    out.plain("reason", refusal.reason);
    out.text("message", refusal.message);
    if (!refusal.details.empty()) out.text("details", refusal.details);
    out.close();
    out.close_list();
    out.plain("state", "ERROR");
    out.close();
}

Refusal unprocessable(std::string message) { return {422, "INVALID_REQUEST", std::move(message)}; }

}  // namespace pf::sim::v3
