#include "host/app/outbox_section.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

namespace pf::host::app {
namespace {

using nlohmann::json;
using observe::Gauge;

double age_seconds(const state::OutboxCounts& counts) {
    if (counts.oldest_at == 0) {
        return 0;
    }
    const double now = std::chrono::duration<double, std::milli>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count();
    return std::max(0.0, (now - static_cast<double>(counts.oldest_at)) / 1000);
}

std::string status_of(state::Outbox* outbox) {
    if (outbox == nullptr) {
        return R"({"used":false})";
    }
    const auto counts = outbox->counts();
    if (!counts) {
        return json{{"used", true}, {"error", counts.status().text()}}.dump();
    }
    return json{{"used", true},
                {"waiting", counts->waiting},
                {"dead", counts->dead},
                {"bytes", counts->bytes},
                {"delivered", counts->delivered},
                {"given_up", counts->given_up},
                {"dropped", counts->dropped},
                {"oldest_seconds", static_cast<std::int64_t>(age_seconds(*counts))}}
        .dump();
}

void tell_figures(state::Outbox* outbox, observe::Metrics& metrics) {
    if (outbox == nullptr) {
        return;
    }
    const auto counts = outbox->counts();
    if (!counts) {
        return;
    }
    const auto tell = [&](const char* state, std::uint64_t number) {
        metrics.set(Gauge::outbox_letters, {{"state", state}}, static_cast<double>(number));
    };
    tell("waiting", counts->waiting);
    tell("dead", counts->dead);
    tell("delivered", counts->delivered);
    tell("given_up", counts->given_up);
    tell("dropped", counts->dropped);
    metrics.set(Gauge::outbox_oldest_seconds, {}, age_seconds(*counts));
}

}  // namespace

StatusSection outbox_section(std::shared_ptr<state::Outbox> outbox) {
    return {"outbox", [outbox] { return status_of(outbox.get()); },
            [outbox](observe::Metrics& metrics) { tell_figures(outbox.get(), metrics); }};
}

}  // namespace pf::host::app
