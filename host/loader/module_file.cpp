#include "host/loader/module_file.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "host/loader/refusal.hpp"

namespace pf::host::loader {
namespace {

namespace fs = std::filesystem;

constexpr auto kept_for = std::chrono::hours(24 * 30);

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    int get() const { return fd_; }

  private:
    int fd_;
};

std::string error_text(int error) { return std::system_category().message(error); }

Status file_status(Code code, const std::string& what) {
    return Status(code, std::string(reason::file), what);
}

Status not_placed(const fs::path& path, const std::string& why) {
    return file_status(Code::failed_precondition, path.string() + ": " + why);
}

// Makes `directory` for this user alone, or checks that it is.
Status make_private(const fs::path& directory) {
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
        return not_placed(directory, "cannot be made: " + error_text(errno));
    }
    struct stat info {};
    if (::lstat(directory.c_str(), &info) != 0) {
        return not_placed(directory, "cannot be read: " + error_text(errno));
    }
    if (!S_ISDIR(info.st_mode) || info.st_uid != ::geteuid() || (info.st_mode & 0077) != 0) {
        return not_placed(directory, "is not a directory of this user alone (mode 0700)");
    }
    return {};
}

Status write_all(int fd, std::string_view bytes, const fs::path& file) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return not_placed(file, "cannot be written: " + error_text(errno));
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

// Written under another name and renamed, so that nobody ever sees half a library.
Status write_copy(const fs::path& file, std::string_view bytes) {
    static std::atomic<unsigned> counter{0};
    const fs::path draft =
        file.string() + "." + std::to_string(::getpid()) + "." + std::to_string(counter++);
    const Descriptor fd(
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0500));
    if (fd.get() < 0) {
        return not_placed(draft, "cannot be made: " + error_text(errno));
    }
    Status status = write_all(fd.get(), bytes, draft);
    if (status.ok() && ::rename(draft.c_str(), file.c_str()) != 0) {
        status = not_placed(file, "cannot be renamed into place: " + error_text(errno));
    }
    if (!status.ok()) {
        ::unlink(draft.c_str());
    }
    return status;
}

void remove_unused(const fs::path& generations, const fs::path& own) {
    std::error_code ignored;
    const auto limit = fs::file_time_type::clock::now() - kept_for;
    for (const auto& entry : fs::directory_iterator(generations, ignored)) {
        const auto used = fs::last_write_time(entry.path(), ignored);
        if (!ignored && entry.path() != own && used < limit) {
            fs::remove_all(entry.path(), ignored);
        }
    }
}

}  // namespace

Result<std::string> read_file(const fs::path& file, std::size_t limit) {
    const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (fd.get() < 0) {
        const int error = errno;
        return file_status(error == ENOENT ? Code::not_found : Code::failed_precondition,
                           "cannot be read: " + error_text(error));
    }
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return file_status(Code::failed_precondition, "is not a regular file");
    }
    std::string bytes;
    std::array<char, 65536> block;
    for (;;) {
        const ssize_t got = ::read(fd.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return file_status(Code::failed_precondition, "cannot be read: " + error_text(errno));
        }
        if (got == 0) {
            return bytes;
        }
        bytes.append(block.data(), static_cast<std::size_t>(got));
        if (bytes.size() > limit) {
            return file_status(Code::failed_precondition,
                               "is larger than " + std::to_string(limit) + " bytes");
        }
    }
}

std::vector<std::string> open_to_all(const fs::path& file) {
    std::vector<std::string> warnings;
    for (const fs::path& path : {file, file.parent_path()}) {
        std::error_code error;
        const fs::perms mode = fs::status(path, error).permissions();
        if (!error && (mode & fs::perms::others_write) != fs::perms::none) {
            warnings.push_back(path.string() +
                               " is writable by everybody: who writes there runs code in this "
                               "host; chmod o-w it");
        }
    }
    return warnings;
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
        return {};
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 15U];
    }
    return text;
}

std::vector<fs::path> copy_places(const fs::path& state_dir) {
    std::vector<fs::path> places;
    std::error_code error;
    if (!state_dir.empty()) {
        const fs::path absolute = fs::absolute(state_dir, error);
        if (!error) {
            places.push_back(absolute / "modules");
        }
    }
    const fs::path temporary = fs::temp_directory_path(error);
    if (!error) {
        places.push_back(fs::absolute(temporary) / ("prismforet-" + std::to_string(::geteuid())));
    }
    return places;
}

Result<fs::path> place_copy(const fs::path& place, const std::string& sha256,
                            const std::string& name, std::string_view bytes) {
    std::error_code error;
    fs::create_directories(place.parent_path(), error);
    const fs::path generations = place / "gen";
    const fs::path own = generations / sha256;
    for (const fs::path& directory : {place, generations, own}) {
        if (Status status = make_private(directory); !status.ok()) {
            return status;
        }
    }
    const fs::path file = own / (name + ".so");
    const auto present = read_file(file, bytes.size());
    if (!present || *present != bytes) {
        if (Status status = write_copy(file, bytes); !status.ok()) {
            return status;
        }
    }
    // The age of a generation is the time it was last used.
    fs::last_write_time(own, fs::file_time_type::clock::now(), error);
    remove_unused(generations, own);
    return file;
}

}  // namespace pf::host::loader
