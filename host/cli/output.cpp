#include "host/cli/output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace pf::host::cli {
namespace {

constexpr std::size_t buffered = 64u << 10;

Status cannot_write(const std::string& path, int number) {
    return Status(Code::failed_precondition, "ERROR_OUTPUT",
                  "cannot write " + (path.empty() ? std::string("standard output") : path) + ": " +
                      std::strerror(number));
}

}  // namespace

Result<std::unique_ptr<Output>> Output::open(const std::string& path) {
    if (path.empty() || path == "-") {
        return std::unique_ptr<Output>(new Output(STDOUT_FILENO, "", ""));
    }
    const std::string draft = path + ".part";
    const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return cannot_write(draft, errno);
    }
    return std::unique_ptr<Output>(new Output(descriptor, path, draft));
}

Output::Output(int descriptor, std::string path, std::string draft)
    : descriptor_(descriptor), path_(std::move(path)), draft_(std::move(draft)) {}

Output::~Output() {
    if (!draft_.empty()) {
        ::close(descriptor_);
        ::unlink(draft_.c_str());
    }
}

bool Output::write(std::string_view text) {
    if (failure_ != 0) {
        return false;
    }
    buffer_ += text;
    return buffer_.size() < buffered || flush();
}

bool Output::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty() && failure_ == 0) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            failure_ = errno;
            is_reader_gone_ = failure_ == EPIPE;
        }
    }
    buffer_.clear();
    return failure_ == 0;
}

Status Output::commit() {
    flush();
    if (failure_ != 0) {
        return is_reader_gone_ ? Status() : cannot_write(path_, failure_);
    }
    if (draft_.empty()) {
        return Status();
    }
    const int closed = ::close(descriptor_);
    const int renamed = closed == 0 ? std::rename(draft_.c_str(), path_.c_str()) : -1;
    const int number = errno;
    draft_.clear();
    return renamed == 0 ? Status() : cannot_write(path_, number);
}

}  // namespace pf::host::cli
