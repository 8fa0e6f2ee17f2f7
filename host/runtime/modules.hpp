// Modules: what this process can serve, what it was expected to serve, and what went wrong.
//
// Filled once at start by the loader's results, then read from any thread. A module that faults
// later stays listed with its refusal.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/services/concerns.hpp"
#include "host/services/descriptor.hpp"
#include "prismforet/abi.h"

namespace pf::host::runtime {

// The reason of a module that ignored a cancel: its handler may run for ever.
inline constexpr std::string_view hung_module = "ERROR_MODULE_HUNG";

// One loaded module with its instance. Lives as long as the process.
struct Module {
    std::shared_ptr<const services::Descriptor> descriptor;
    services::Concerns concerns;
};

// What one module in an installation does for all, and which of ours does it.
struct Duty {
    std::string_view concern;  // "pf.cost/1"
    std::string_view module;   // "cost"
    std::string_view does;     // "works out costs"
};
inline constexpr Duty cost_duty{PF_COST_ID, "cost", "works out costs"};

class Modules {
  public:
    struct Entry {
        std::string name;
        std::string path;
        std::string sha256;
        Status refusal;                                          // OK while in service
        std::shared_ptr<const services::Descriptor> descriptor;  // null when never read

        // The kinds it serves or would serve; its name stands for them while its descriptor
        // cannot be read.
        std::vector<std::string> kinds() const;
    };
    struct Kind {
        std::shared_ptr<const Module> module;
        std::uint32_t output = 0;
        const services::Output& description() const { return module->descriptor->outputs[output]; }
    };

    void add(std::string path, std::string sha256, Module module);
    // A module that was expected and is not in service. `kinds` are those it would serve, as far
    // as they are known (from a descriptor that could be read, or a built-in list by name).
    void add_refused(std::string name, std::string path, Status refusal,
                     std::shared_ptr<const services::Descriptor> descriptor);
    // Takes a module out of service for good, e.g. when it ignored a cancel.
    void fault(std::string_view module, Status reason);

    std::vector<Entry> entries() const;
    // Kinds in service, in module name order then descriptor order.
    std::vector<Kind> kinds() const;
    // The module that does it. Fails with ERROR_MODULE_UNAVAILABLE when there is none in service,
    // with ERROR_MODULE_DUPLICATE when there are several.
    Result<std::shared_ptr<const Module>> serving(const Duty& duty) const;
    // Why `kind` or `module` cannot be served; OK when it can.
    Status refusal_of_module(std::string_view module) const;

  private:
    struct Slot {
        Entry entry;
        std::shared_ptr<const Module> module;
    };
    mutable std::mutex mutex_;
    std::vector<Slot> slots_;
};

}  // namespace pf::host::runtime
