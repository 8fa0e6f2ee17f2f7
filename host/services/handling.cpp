#include "host/services/handling.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "host/observe/log.hpp"
#include "host/services/call.hpp"

namespace pf::host::services {

thread_local constinit Handling::Here Handling::current{};

namespace {

// Every handler that runs, and the last ones that ran, so that a late use of a handle can be laid
// at the right door.
class Handlers {
  public:
    std::uintptr_t enter(Call& call) {
        const std::lock_guard lock(mutex_);
        running_.emplace(++last_, &call);
        return last_;
    }
    void leave(std::uintptr_t number, const std::string& module) noexcept {
        const std::lock_guard lock(mutex_);
        running_.erase(number);
        try {
            ended_.push_back({number, module, false});
        } catch (...) {
            return;  // no memory: late uses are refused all the same, without a name
        }
        if (ended_.size() > most_ended) {
            ended_.pop_front();
        }
    }
    // A use of `number` by a thread that does not run it.
    void blame(std::uintptr_t number) {
        const std::lock_guard lock(mutex_);
        if (const auto at = running_.find(number); at != running_.end()) {
            at->second->blame_stray();
            return;
        }
        for (Ended& ended : ended_) {
            if (ended.number == number && !ended.is_blamed) {
                ended.is_blamed = true;
                observe::log(observe::Level::error, "module.late_call",
                             {{"module", ended.module},
                              {"code", "ERROR_MODULE_THREAD"},
                              {"text",
                               "a thread of the module used a service after its handler had "
                               "returned; refused. Report it to the module's author"}});
            }
        }
    }
    bool must_end(std::uintptr_t number) {
        const std::lock_guard lock(mutex_);
        const auto at = running_.find(number);
        return at == running_.end() || at->second->setup().stop.requested();
    }

    std::size_t count() {
        const std::lock_guard lock(mutex_);
        return running_.size();
    }

  private:
    static constexpr std::size_t most_ended = 256;
    struct Ended {
        std::uintptr_t number;
        std::string module;
        bool is_blamed;
    };
    std::mutex mutex_;
    std::uintptr_t last_ = 0;
    std::map<std::uintptr_t, Call*> running_;
    std::deque<Ended> ended_;
};

Handlers& handlers() {
    // Never destroyed: threads that modules leaked may ask while the process ends.
    static auto& one = *new Handlers;
    return one;
}

}  // namespace

std::size_t Handling::count() noexcept { return handlers().count(); }

Handling::Handling(Call& call)
    : number_(handlers().enter(call)), running_(call.setup().descriptor->name, "collect") {
    current = {number_, &call};
    call.adopt();
}

Handling::~Handling() {
    const std::string& module = current.call->setup().descriptor->name;
    current = {};
    handlers().leave(number_, module);
}

Call* Handling::blame(std::uintptr_t number) noexcept {
    try {
        if (current.call != nullptr) {
            current.call->blame_stray();  // a handler with somebody else's pf_call, or none
        }
        handlers().blame(number);
    } catch (...) {
        return nullptr;  // no memory to say so; the refusal stands
    }
    return nullptr;
}

bool Handling::must_end(const pf_call* handle) noexcept {
    const std::uintptr_t number = reinterpret_cast<std::uintptr_t>(handle) >> place_bits;
    if (number != 0 && number == current.number) {
        return current.call->setup().stop.requested();
    }
    return handlers().must_end(number);
}

}  // namespace pf::host::services
