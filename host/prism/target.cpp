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

TargetSpec without_credential(TargetSpec spec) {
    spec.credential.password = Secret();
    spec.credential.api_key = Secret();
    return spec;
}

}  // namespace

Target::State::State(TargetSpec given, std::uint64_t key, std::shared_ptr<Budget> shared_budget)
    : spec(without_brackets(std::move(given))),
      name(host_and_port(spec.host, spec.port)),
      watchdog(Watchdog::shared()),
      budget(std::move(shared_budget)),
      pool(spec),
      login(spec.credential, key) {
    spec = without_credential(std::move(spec));
}

Target::Target(TargetSpec spec, std::uint64_t key)
    : Target(spec, std::make_shared<State>(spec, key, std::make_shared<Budget>())) {}

Target::Target(TargetSpec spec, std::shared_ptr<State> state) : state_(std::move(state)) {
    const Limits limits = spec.limits;
    use_.reset(new Use{without_credential(without_brackets(std::move(spec))),
                       Budget::Share(state_->budget, limits)});
}

Target::~Target() = default;

const std::string& Target::name() const noexcept { return state_->name; }

const TargetSpec& Target::spec() const noexcept { return use_->spec; }

std::size_t Target::waiting() const { return state_->budget->gate().waiting(); }

SharedCache& Target::cache() noexcept { return state_->shared; }

Result<Response> Target::send(const Request& request, const Stop& stop, Meter& meter) {
    const Waiting waiting(meter);
    Answer answer = state_->fetch(request, stop, meter, Body(), use_->spec.limits);
    if (!answer.status.ok()) {
        return answer.status;
    }
    Response response;
    response.status = answer.http;
    response.body = std::move(answer.body);
    return response;
}

}  // namespace pf::host::prism
