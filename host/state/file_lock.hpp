// FileLock: one process at a time works on a file; the next one takes over when it is gone.
#pragma once

#include <optional>
#include <string>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::state {

// Held until it is destroyed, or the process is gone. The lock is a file beside `path`, which
// stays.
class FileLock {
  public:
    // Nothing when another process has it. FAILED_PRECONDITION (ERROR_STATE_LOCK) when the file
    // cannot be made.
    static Result<std::optional<FileLock>> try_take(const std::string& path);
    // Waits for it. Fails as try_take, or as `stop` says.
    static Result<FileLock> take(const std::string& path, const Stop& stop);

    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    FileLock(const FileLock&) = delete;

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace pf::host::state
