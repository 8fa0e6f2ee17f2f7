#include "host/prism/target.hpp"

#include <algorithm>

#include "host/observe/log.hpp"
#include "host/prism/address.hpp"
#include "host/prism/printable.hpp"
#include "host/prism/target_state.hpp"

namespace pf::host::prism {
namespace {

constexpr std::size_t longest_word = 80;

TargetSpec without_brackets(TargetSpec spec) {
    if (spec.host.size() > 2 && spec.host.front() == '[' && spec.host.back() == ']') {
        spec.host = spec.host.substr(1, spec.host.size() - 2);
    }
    return spec;
}

TargetSpec without_credential(TargetSpec spec) {
    spec.credential.password = Secret();
    spec.credential.api_key = Secret();
    if (spec.proxy) {
        spec.proxy->user_info = Secret();
    }
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

void Target::note_use(const ApiUse& use) {
    bool is_news = true;
    {
        std::lock_guard lock(state_->told);
        auto& uses = state_->uses;
        is_news = std::none_of(uses.begin(), uses.end(), [&](const ApiUse& known) {
            return known.api_namespace == use.api_namespace && known.version == use.version;
        });
        const auto same = std::find_if(uses.begin(), uses.end(), [&](const ApiUse& known) {
            return known.resource == use.resource;
        });
        if (same != uses.end()) {
            *same = use;
        } else {
            uses.push_back(use);
        }
    }
    if (is_news) {
        observe::log(observe::Level::info, "prism.api",
                     {{"target", state_->name},
                      {"namespace", use.api_namespace},
                      {"version", use.version},
                      {"reason", use.reason}});
    }
}

std::vector<ApiUse> Target::uses() const {
    std::lock_guard lock(state_->told);
    return state_->uses;
}

Origin Target::origin() const { return state_->seen_origin(); }

Origin Target::State::seen_origin() const {
    std::lock_guard lock(told);
    return origin;
}

void Target::State::note_origin(const RawAnswer& answer) {
    if (answer.environment.empty() && answer.product.empty()) {
        return;
    }
    std::lock_guard lock(told);
    if (!answer.environment.empty() && answer.environment != origin.environment) {
        origin.environment = printable(answer.environment, longest_word);
    }
    if (!answer.product.empty() && answer.product != origin.product) {
        origin.product = printable(answer.product, longest_word);
    }
}

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
