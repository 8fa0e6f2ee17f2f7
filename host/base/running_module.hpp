// RunningModule: says whose code the calling thread runs now, and what for.
//
// Make one around every call into a module. The crash report reads it in a signal handler, so that
// a process that dies in a module can name it.
#pragma once

#include <string>

namespace pf::host {

class RunningModule {
  public:
    // `module` is the module's name and `doing` what it was called for, e.g. "collect"; both
    // outlive this object, as does the one made before on the same thread.
    RunningModule(const std::string& module, const char* doing) noexcept
        : module_(module.c_str()), doing_(doing), before_(innermost) {
        innermost = this;
    }
    ~RunningModule() { innermost = before_; }
    RunningModule(const RunningModule&) = delete;
    RunningModule& operator=(const RunningModule&) = delete;

    // What the calling thread runs; null when it is no module. Safe in a signal handler.
    static const RunningModule* here() noexcept { return innermost; }

    const char* module() const noexcept { return module_; }
    const char* doing() const noexcept { return doing_; }

  private:
    static inline thread_local constinit const RunningModule* innermost = nullptr;

    const char* module_;
    const char* doing_;
    const RunningModule* before_;
};

}  // namespace pf::host
