// A file for tests that goes with the object.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace pf::host::services::testing {

class File {
  public:
    explicit File(std::string_view text)
        : path_((std::filesystem::temp_directory_path() / "outbound-XXXXXX").string()) {
        const int fd = ::mkstemp(path_.data());
        const bool is_written =
            fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
        if (fd >= 0) {
            ::close(fd);
        }
        if (!is_written) {
            throw std::runtime_error("no file for a test");
        }
    }
    ~File() { std::filesystem::remove(path_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace pf::host::services::testing
