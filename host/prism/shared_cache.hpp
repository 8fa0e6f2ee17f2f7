// SharedCache: values that several runs need at the same time, made once.
//
// Single-flight: while one caller fills a key the others wait for it. A caller whose Stop is
// requested leaves alone; when it was the one filling, a waiting caller fills instead. A failure
// goes to those who waited and is not kept.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::prism {

class SharedCache {
  public:
    using Value = std::shared_ptr<const void>;
    using Fill = std::function<Result<Value>(const Stop&)>;

    SharedCache();
    ~SharedCache();

    // The value of `key`, at most `ttl` old. `fill` runs on the calling thread, with its Stop.
    Result<Value> get(const std::string& key, std::chrono::milliseconds ttl, const Stop& stop,
                      const Fill& fill);
    // The next get() of `key` fills again. Who waits for a filling that runs is not concerned.
    void forget(const std::string& key);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::prism
