#include "host/state/database_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace pf::host::state {
namespace {

namespace fs = std::filesystem;

// SQLite takes a shorter file for a new one.
constexpr std::uintmax_t header_bytes = 512;

std::string error_text(int error) { return std::generic_category().message(error); }

// Gives a file its name unless another has it. Some file systems know no links.
bool give_name(const std::string& draft, const std::string& path) {
    if (::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST) {
        return true;
    }
    return (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS) &&
           ::rename(draft.c_str(), path.c_str()) == 0;
}

// Closed again when this returns.
Status make_draft(const Database::Settings& settings, const std::string& draft,
                  const std::string& statements) {
    Database::Settings wanted = settings;
    wanted.path = draft;
    wanted.largest_bytes = 0;
    auto database = Database::open(wanted, Database::Mode::create);
    Status made = database.status();
    for (const std::string& step :
         {std::string("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN"), statements,
          std::string("COMMIT")}) {
        if (made.ok()) {
            made = (*database)->run(step);
        }
    }
    return made;
}

}  // namespace

Status file_failure(const FileWords& words, Code code, const std::string& path,
                    const std::string& what) {
    return Status(code, words.file, std::string(words.name) + " " + path + " " + what);
}

Status make_file(const Database::Settings& settings, const std::string& statements) {
    static std::atomic<unsigned> drafts{0};
    const std::string draft = settings.path + ".new-" + std::to_string(::getpid()) + "-" +
                              std::to_string(drafts.fetch_add(1));
    std::error_code ignored;
    fs::remove(draft, ignored);
    Status made = make_draft(settings, draft, statements);
    // Another process may have been quicker: its file is as good.
    if (made.ok() && !give_name(draft, settings.path)) {
        made = file_failure(*settings.words, Code::unavailable, settings.path,
                            "cannot be made: " + error_text(errno) + "; look at its folder");
    }
    for (const char* suffix : {"", "-wal", "-shm"}) {
        fs::remove(draft + suffix, ignored);
    }
    // The name outlives a crash of the machine once the folder is written.
    const fs::path folder = fs::absolute(settings.path, ignored).parent_path();
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
    return made;
}

Status check_size(const Database::Settings& settings) {
    std::error_code error;
    const auto size = fs::file_size(settings.path, error);
    if (error) {
        return file_failure(*settings.words, Code::unavailable, settings.path,
                            "cannot be read: " + error.message() + "; look at its permissions");
    }
    return size < header_bytes
               ? corrupt(*settings.words, settings.path, "it ends within its header")
               : Status();
}

bool can_write(const std::string& path) {
    std::error_code error;
    const fs::path folder = fs::absolute(path, error).parent_path();
    return ::access(folder.c_str(), W_OK) == 0 && ::access(path.c_str(), W_OK) == 0;
}

Status check_writable(const Database::Settings& settings) {
    if (can_write(settings.path)) {
        return Status();
    }
    const FileWords& words = *settings.words;
    return Status(Code::failed_precondition, words.read_only,
                  std::string(words.name) + " " + settings.path + " cannot be written (" +
                      error_text(errno) + "); " + words.when_read_only);
}

Result<std::string> set_aside(const FileWords& words, const std::string& path,
                              const std::string& suffix) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        return file_failure(words, Code::not_found, path,
                            "is not there; there is nothing to set aside");
    }
    for (int number = 1;; ++number) {
        const std::string aside = path + suffix + std::to_string(number);
        if (fs::exists(aside, error)) {
            continue;
        }
        // The file last: what is left beside a new file of this name would be taken for its own.
        for (const char* part : {"-wal", "-shm", ""}) {
            if (part[0] != '\0' && !fs::exists(path + part, error)) {
                continue;
            }
            fs::rename(path + part, aside + part, error);
            if (error) {
                return file_failure(words, Code::unavailable, path + part,
                                    "cannot be renamed: " + error.message());
            }
        }
        return aside;
    }
}

}  // namespace pf::host::state
