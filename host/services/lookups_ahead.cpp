#include "host/services/lookups_ahead.hpp"

#include <system_error>
#include <utility>

#include "host/base/call_trace.hpp"
#include "host/base/thread_name.hpp"
#include "host/services/form_choice.hpp"

namespace pf::host::services {

LookupsAhead::LookupsAhead(std::shared_ptr<prism::Target> target, prism::ApiWish wish,
                           const Stop& stop, std::shared_ptr<prism::Meter> meter)
    : target_(std::move(target)),
      wish_(wish),
      meter_(std::move(meter)),
      own_(stop.deadline()),
      stop_(own_.stop()),
      on_stop_(stop.token(), [this, stop] { own_.request(stop.why()); }) {}

LookupsAhead::~LookupsAhead() {
    own_.request(Status(Code::cancelled, "ERROR_CANCELLED", "the run is over"));
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

// Without another thread nothing is done ahead; get() does it when it is needed.
template <class Work>
void LookupsAhead::begin(Work work) {
    try {
        threads_.emplace_back([work = std::move(work), trace = CallTrace::here()] {
            const CallTrace::Scope scope(trace);
            name_thread("pf-lookup");
            work();
        });
    } catch (const std::system_error&) {
    }
}

bool LookupsAhead::is_served_by_v4(const Endpoint& endpoint) {
    const auto form = FormChoice(target_, endpoint, wish_, {}).next(stop_, *meter_);
    return form && form->dialect() == 4;
}

void LookupsAhead::start(const Descriptor& descriptor, const Output& output) {
    const Endpoint& listed = descriptor.endpoints[output.endpoint];
    if (listed.v4 && asked_.insert(listed.v4->api_namespace).second) {
        begin([this, &listed] { (void)is_served_by_v4(listed); });
    }
    for (const std::uint32_t index : output.lookups) {
        const Lookup& lookup = descriptor.lookups[index];
        const Endpoint& endpoint = descriptor.endpoints[lookup.endpoint];
        std::string key = lookup_key(endpoint, lookup, wish_);
        {
            std::lock_guard lock(mutex_);
            if (!slots_.emplace(key, Slot()).second) {
                continue;
            }
        }
        begin([this, key = std::move(key), &endpoint, &lookup] {
            if (is_served_by_v4(endpoint)) {
                run(key, endpoint, lookup);
            }
        });
    }
}

void LookupsAhead::run(const std::string& key, const Endpoint& endpoint, const Lookup& lookup) {
    {
        std::unique_lock lock(mutex_);
        Slot& slot = slots_[key];
        changed_.wait(lock, [&] { return !slot.is_running; });
        if (slot.result) {
            return;
        }
        slot.is_running = true;
    }
    Filled filled = open_lookup(target_, endpoint, lookup, wish_, stop_, meter_);
    std::lock_guard lock(mutex_);
    Slot& slot = slots_[key];
    slot.is_running = false;
    slot.result = std::move(filled);
    changed_.notify_all();
}

LookupsAhead::Filled LookupsAhead::get(const Descriptor& descriptor, std::uint32_t index) {
    const Lookup& lookup = descriptor.lookups[index];
    const Endpoint& endpoint = descriptor.endpoints[lookup.endpoint];
    const std::string key = lookup_key(endpoint, lookup, wish_);
    run(key, endpoint, lookup);
    std::lock_guard lock(mutex_);
    return *slots_[key].result;
}

}  // namespace pf::host::services
