#include "host/prism/shared_cache.hpp"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace pf::host::prism {
namespace {

// One filling of one key. Those who wait hold it, so that its end reaches them after it was
// forgotten by the cache.
struct Flight {
    bool over = false;
    std::optional<Result<SharedCache::Value>> result;  // none: its filler left, fill again
};

struct Kept {
    SharedCache::Value value;
    Clock::time_point made;
    std::chrono::milliseconds ttl{};  // the longest somebody asked for
};

Result<SharedCache::Value> call(const SharedCache::Fill& fill, const Stop& stop) {
    try {
        return fill(stop);
    } catch (const std::exception& error) {
        return Status(Code::internal, "ERROR_INTERNAL",
                      std::string("a shared value cannot be made: ") + error.what());
    }
}

}  // namespace

struct SharedCache::State {
    // Forgets what nobody would take any more. What dies goes to `dead`, to die outside the lock.
    void sweep(Clock::time_point now, std::vector<Value>& dead) {
        for (auto item = kept.begin(); item != kept.end();) {
            if (now - item->second.made < item->second.ttl) {
                ++item;
                continue;
            }
            dead.push_back(std::move(item->second.value));
            item = kept.erase(item);
        }
    }

    std::mutex mutex;
    std::condition_variable_any landed;
    std::map<std::string, Kept> kept;
    std::map<std::string, std::shared_ptr<Flight>> flights;
};

SharedCache::SharedCache() : state_(std::make_unique<State>()) {}

SharedCache::~SharedCache() = default;

void SharedCache::forget(const std::string& key) {
    Value dead;  // dies outside the lock
    std::lock_guard lock(state_->mutex);
    const auto found = state_->kept.find(key);
    if (found != state_->kept.end()) {
        dead = std::move(found->second.value);
        state_->kept.erase(found);
    }
}

Result<SharedCache::Value> SharedCache::get(const std::string& key, std::chrono::milliseconds ttl,
                                            const Stop& stop, const Fill& fill) {
    std::vector<Value> dead;
    std::unique_lock lock(state_->mutex);
    while (true) {
        if (stop.requested()) {
            return stop.why();
        }
        const auto now = Clock::now();
        state_->sweep(now, dead);
        if (const auto found = state_->kept.find(key);
            found != state_->kept.end() && now - found->second.made < ttl) {
            found->second.ttl = std::max(found->second.ttl, ttl);
            return found->second.value;
        }
        const auto running = state_->flights.find(key);
        if (running == state_->flights.end()) {
            break;
        }
        const std::shared_ptr<Flight> flight = running->second;
        state_->landed.wait_until(lock, stop.token(), stop.deadline(),
                                  [&] { return flight->over; });
        if (flight->over && flight->result) {
            return *flight->result;
        }
    }
    const auto flight = std::make_shared<Flight>();
    state_->flights[key] = flight;
    lock.unlock();
    Result<Value> result = call(fill, stop);
    lock.lock();
    flight->over = true;
    if (result.ok()) {
        state_->kept[key] = {result.value(), Clock::now(), ttl};
    }
    if (result.ok() || !stop.requested()) {
        flight->result = result;
    }
    state_->flights.erase(key);
    state_->landed.notify_all();
    return result;
}

}  // namespace pf::host::prism
