#include "host/capture/capture_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace pf::host::capture {
namespace {

Status cannot_write(const std::string& path, int error) {
    return Status(Code::failed_precondition, "ERROR_OUTPUT",
                  "cannot write " + path + ": " + std::generic_category().message(error) +
                      "; is its directory there and writable, and is there room?");
}

// The directory's entry is on the disk only when the directory is.
int sync_directory(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "."
                                  : slash == 0               ? "/"
                                                             : path.substr(0, slash);
    const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    const int error = ::fsync(fd) == 0 ? 0 : errno;
    ::close(fd);
    return error;
}

}  // namespace

Result<std::unique_ptr<CaptureFile>> CaptureFile::create(const std::string& path) {
    std::string draft = path + ".XXXXXX";
    // Nobody but the owner may open it, from the first moment.
    const int descriptor = ::mkostemp(draft.data(), O_CLOEXEC);
    if (descriptor < 0) {
        return cannot_write(path, errno);
    }
    return std::unique_ptr<CaptureFile>(new CaptureFile(descriptor, path, std::move(draft)));
}

CaptureFile::CaptureFile(int descriptor, std::string path, std::string draft)
    : descriptor_(descriptor), path_(std::move(path)), draft_(std::move(draft)) {}

CaptureFile::~CaptureFile() {
    ::close(descriptor_);
    if (!is_committed_) {
        ::unlink(draft_.c_str());
    }
}

void CaptureFile::put(std::string_view bytes) {
    while (!bytes.empty() && failure_.ok()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
            size_ += static_cast<std::uint64_t>(written);
        } else if (errno != EINTR) {
            failure_ = cannot_write(path_, errno);
        }
    }
}

void CaptureFile::write(std::string_view line) {
    const std::lock_guard lock(mutex_);
    put(line);
    put("\n");
}

void CaptureFile::spoil(const std::string& why) {
    const std::lock_guard lock(mutex_);
    if (failure_.ok()) {
        failure_ = Status(Code::internal, "ERROR_OUTPUT", path_ + " would have a gap: " + why);
    }
}

Status CaptureFile::failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

std::uint64_t CaptureFile::size() const {
    const std::lock_guard lock(mutex_);
    return size_;
}

Status CaptureFile::commit() {
    const std::lock_guard lock(mutex_);
    if (failure_.ok() && ::fsync(descriptor_) != 0) {
        failure_ = cannot_write(path_, errno);
    }
    if (failure_.ok() && std::rename(draft_.c_str(), path_.c_str()) != 0) {
        failure_ = cannot_write(path_, errno);
    }
    if (failure_.ok()) {
        is_committed_ = true;
        const int error = sync_directory(path_);
        failure_ = error == 0 ? Status() : cannot_write(path_, error);
    }
    return failure_;
}

}  // namespace pf::host::capture
