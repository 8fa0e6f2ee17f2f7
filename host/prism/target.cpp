#include "host/prism/target.hpp"

#include <algorithm>

#include "host/prism/address.hpp"
#include "host/prism/target_state.hpp"

namespace pf::host::prism {
namespace {

TargetSpec without_brackets(TargetSpec spec) {
    if (spec.host.size() > 2 && spec.host.front() == '[' && spec.host.back() == ']') {
        spec.host = spec.host.substr(1, spec.host.size() - 2);
    }
    return spec;
}

// Requests at once: each one needs a connection.
std::uint32_t width(const Limits& limits) {
    return std::max<std::uint32_t>(1, std::min(limits.sessions, limits.in_flight));
}

}  // namespace

Target::State::State(TargetSpec given, std::uint64_t key)
    : spec(without_brackets(std::move(given))),
      name(host_and_port(spec.host, spec.port)),
      watchdog(Watchdog::shared()),
      gate(width(spec.limits)),
      pool(spec),
      rate(spec.limits.per_second, width(spec.limits)),
      login(spec.credential, key) {
    spec.credential.password = Secret();
    spec.credential.api_key = Secret();
}

Target::Target(TargetSpec spec, std::uint64_t key)
    : state_(std::make_unique<State>(std::move(spec), key)) {}

Target::~Target() = default;

const std::string& Target::name() const noexcept { return state_->name; }

const TargetSpec& Target::spec() const noexcept { return state_->spec; }

SharedCache& Target::cache() noexcept { return state_->shared; }

Result<Response> Target::send(const Request& request, const Stop& stop, Meter& meter) {
    const Waiting waiting(meter);
    Answer answer = state_->fetch(request, stop, meter, Body());
    if (!answer.status.ok()) {
        return answer.status;
    }
    Response response;
    response.status = answer.http;
    response.body = std::move(answer.body);
    return response;
}

}  // namespace pf::host::prism
