#include "host/state/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <utility>

namespace pf::host::state {
namespace {

// How often a waiting process looks whether the other one is gone.
constexpr std::chrono::milliseconds look_every{500};

Status lock_failure(const std::string& path, int error) {
    return Status(Code::failed_precondition, "ERROR_STATE_LOCK",
                  "cannot lock " + path + ".lock: " + std::generic_category().message(error) +
                      "; its folder must be there, on a local disk, and writable");
}

// False when it was asked to stop first.
bool rest(const Stop& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop.token(), look_every, [] { return false; });
    return !stop.requested();
}

}  // namespace

Result<std::optional<FileLock>> FileLock::try_take(const std::string& path) {
    const int descriptor =
        ::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        return lock_failure(path, errno);
    }
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        return std::optional<FileLock>(std::move(lock));
    }
    const int error = errno;
    return error == EWOULDBLOCK ? Result<std::optional<FileLock>>(std::optional<FileLock>())
                                : lock_failure(path, error);
}

Result<FileLock> FileLock::take(const std::string& path, const Stop& stop) {
    for (;;) {
        auto lock = try_take(path);
        if (!lock) {
            return lock.status();
        }
        if (*lock) {
            return std::move(**lock);
        }
        if (!rest(stop)) {
            return stop.why();
        }
    }
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

}  // namespace pf::host::state
