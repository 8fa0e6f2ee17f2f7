#include "host/state/ledger_file.hpp"

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

// "PfLd" as SQLite keeps it in the header: no other program's file is taken for a ledger.
constexpr std::int64_t application = 0x50664C64;

// SQLite takes a shorter file for a new one.
constexpr std::uintmax_t header_bytes = 512;

// A resource is seen in stretches: from `first` to `last` every observation showed the same facts.
// `gone` is the first later instant that showed otherwise: other facts, or a complete collection
// without the resource.
constexpr const char* tables = R"sql(
CREATE TABLE resource(
    id INTEGER PRIMARY KEY, resource TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL,
    created INTEGER, sum INTEGER NOT NULL, UNIQUE(resource, account, kind)) STRICT;
CREATE INDEX resource_scope ON resource(account, kind);
CREATE TABLE facts(
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX facts_hash ON facts(hash);
CREATE TABLE stretch(
    resource INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    facts INTEGER NOT NULL, gone INTEGER, sum INTEGER NOT NULL,
    PRIMARY KEY(resource, first)) STRICT, WITHOUT ROWID;
CREATE INDEX stretch_open ON stretch(resource) WHERE gone IS NULL;
CREATE TABLE collection(
    account TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, complete INTEGER NOT NULL,
    sum INTEGER NOT NULL, PRIMARY KEY(account, kind, at)) STRICT, WITHOUT ROWID;
)sql";

// Rows that are not what was written. Each row is looked at once.
constexpr const char* odd_rows = R"sql(
SELECT (SELECT count(*) FROM resource
        WHERE sum IS NOT row_sum(id, resource, account, kind, created))
     + (SELECT count(*) FROM facts WHERE hash IS NOT row_hash(body))
     + (SELECT count(*) FROM stretch WHERE sum IS NOT row_sum(resource, first, last, facts, gone))
     + (SELECT count(*) FROM collection WHERE sum IS NOT row_sum(account, kind, at, complete))
     + (SELECT count(*) FROM stretch LEFT JOIN facts ON facts.id = stretch.facts
        LEFT JOIN resource ON resource.id = stretch.resource
        WHERE facts.id IS NULL OR resource.id IS NULL))sql";

Status file_error(Code code, const std::string& path, const std::string& what) {
    return Status(code, "ERROR_LEDGER_FILE", "the shape ledger " + path + " " + what);
}

std::string error_text(int error) { return std::generic_category().message(error); }

// Gives a file its name unless another has it. Some file systems know no links.
bool give_name(const std::string& draft, const std::string& path) {
    if (::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST) {
        return true;
    }
    return (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS) &&
           ::rename(draft.c_str(), path.c_str()) == 0;
}

// The file is made whole, then it gets its name, so that a file that is there is never
// one that is still being made, and an empty one is a damaged one.
Status make_file(const Database::Settings& settings) {
    static std::atomic<unsigned> drafts{0};
    const std::string draft = settings.path + ".new-" + std::to_string(::getpid()) + "-" +
                              std::to_string(drafts.fetch_add(1));
    std::error_code ignored;
    fs::remove(draft, ignored);
    Status made;
    {
        auto database = Database::open({draft, settings.wait, 0}, Database::Mode::create);
        made = database.status();
        for (const std::string& step :
             {std::string("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN"),
              std::string(tables),
              "PRAGMA application_id = " + std::to_string(application) +
                  "; PRAGMA user_version = " + std::to_string(ledger_version) + "; COMMIT"}) {
            if (made.ok()) {
                made = (*database)->run(step);
            }
        }
    }
    // Another process may have been quicker: its file is as good.
    if (made.ok() && !give_name(draft, settings.path)) {
        made = file_error(Code::unavailable, settings.path,
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

Status check_size(const std::string& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) {
        return file_error(Code::unavailable, path,
                          "cannot be read: " + error.message() + "; look at its permissions");
    }
    return size < header_bytes ? corrupt(path, "it ends within its header") : Status();
}

Status check_version(Database& database) {
    const auto owner = database.number_of("PRAGMA application_id");
    const auto version = database.number_of("PRAGMA user_version");
    if (!owner || !version) {
        return owner ? version.status() : owner.status();
    }
    if (*owner != application) {
        return Status(Code::failed_precondition, "ERROR_LEDGER_VERSION",
                      database.path() +
                          " is a database of another program; name another file for "
                          "the shape ledger");
    }
    if (*version != ledger_version) {
        return Status(Code::failed_precondition, "ERROR_LEDGER_VERSION",
                      "the shape ledger " + database.path() + " has version " +
                          std::to_string(*version) + ", this program knows " +
                          std::to_string(ledger_version) +
                          "; use the program that wrote it, or a newer one");
    }
    return Status();
}

Status check_rows(Database& database) {
    auto pages = database.prepare("PRAGMA integrity_check(1)");
    if (!pages) {
        return pages.status();
    }
    const auto found = pages->step();
    if (!found) {
        return found.status();
    }
    if (!*found || pages->text(0) != "ok") {
        return corrupt(database.path(), *found ? std::string(pages->text(0)) : "it has no pages");
    }
    const auto odd = database.number_of(odd_rows);
    if (!odd) {
        return odd.status();
    }
    return *odd == 0
               ? Status()
               : corrupt(database.path(), std::to_string(*odd) + " rows are not what was written");
}

Status check(Database& database) {
    if (Status checked = check_version(database); !checked.ok()) {
        return checked;
    }
    return check_rows(database);
}

Result<std::unique_ptr<Database>> open_checked(const Database::Settings& settings,
                                               Database::Mode mode) {
    auto database = Database::open(settings, mode);
    if (!database) {
        return database.status();
    }
    if (Status checked = check(**database); !checked.ok()) {
        return checked;
    }
    return database;
}

// True when nothing is beside the file that belongs to it, so that it can be read alone.
bool is_alone(const std::string& path) {
    std::error_code error;
    const auto size = fs::file_size(path + "-wal", error);
    return error || size == 0;
}

bool can_write(const std::string& path) {
    std::error_code error;
    const fs::path folder = fs::absolute(path, error).parent_path();
    return ::access(folder.c_str(), W_OK) == 0 && ::access(path.c_str(), W_OK) == 0;
}

}  // namespace

Result<std::unique_ptr<Database>> open_to_feed(const Database::Settings& settings) {
    std::error_code error;
    if (!fs::exists(settings.path, error)) {
        if (Status made = make_file(settings); !made.ok()) {
            return made;
        }
    }
    if (Status sized = check_size(settings.path); !sized.ok()) {
        return sized;
    }
    if (!can_write(settings.path)) {
        return Status(Code::failed_precondition, "ERROR_LEDGER_READ_ONLY",
                      "the shape ledger " + settings.path + " cannot be written (" +
                          error_text(errno) +
                          "); make the file and its folder writable for this user. Reading works");
    }
    auto database = open_checked(settings, Database::Mode::write);
    if (database) {
        // WAL: readers see one state to the end while the next is written, and a commit is whole or
        // not there. FULL: it is on the disk when feed() says so; one commit a collection is cheap.
        if (Status set = (*database)->run("PRAGMA synchronous = FULL; "
                                          "PRAGMA journal_size_limit = 16777216");
            !set.ok()) {
            return set;
        }
    }
    return database;
}

Result<std::unique_ptr<Database>> open_to_read(const Database::Settings& settings) {
    std::error_code error;
    if (!fs::exists(settings.path, error)) {
        return file_error(Code::not_found, settings.path,
                          "is not there; the first collection that feeds it makes it");
    }
    if (Status sized = check_size(settings.path); !sized.ok()) {
        return sized;
    }
    // Where nothing can be written, SQLite can make no files beside it; nobody else can either.
    return open_checked(settings, !can_write(settings.path) && is_alone(settings.path)
                                      ? Database::Mode::immutable
                                      : Database::Mode::read);
}

Result<std::string> set_ledger_aside(const std::string& path) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        return file_error(Code::not_found, path, "is not there; there is nothing to set aside");
    }
    for (int number = 1;; ++number) {
        const std::string aside = path + ".damaged-" + std::to_string(number);
        if (fs::exists(aside, error)) {
            continue;
        }
        // The file last: what is left beside a new file of this name would be taken for its own.
        for (const char* suffix : {"-wal", "-shm", ""}) {
            if (suffix[0] != '\0' && !fs::exists(path + suffix, error)) {
                continue;
            }
            fs::rename(path + suffix, aside + suffix, error);
            if (error) {
                return file_error(Code::unavailable, path + suffix,
                                  "cannot be renamed: " + error.message());
            }
        }
        return aside;
    }
}

}  // namespace pf::host::state
