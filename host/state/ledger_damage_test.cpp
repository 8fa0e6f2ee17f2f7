// What can happen to the file of a ledger, and what is said about it.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "host/state/ledger_file.hpp"
#include "host/state/testing_ledger.hpp"

using namespace pf::test;
using pf::host::Code;
using pf::host::Status;

namespace {

namespace fs = std::filesystem;

// A connection as another process has one.
class Other {
  public:
    explicit Other(const std::string& path) {
        REQUIRE(sqlite3_open(path.c_str(), &handle_) == SQLITE_OK);
    }
    ~Other() { sqlite3_close(handle_); }
    Other(const Other&) = delete;
    Other& operator=(const Other&) = delete;
    void run(const char* text) {
        INFO(text);
        REQUIRE(sqlite3_exec(handle_, text, nullptr, nullptr, nullptr) == SQLITE_OK);
    }

  private:
    sqlite3* handle_ = nullptr;
};

std::vector<Shape> some_machines(int count) {
    std::vector<Shape> shapes;
    for (int i = 0; i < count; ++i) {
        shapes.push_back(machine("vm-" + std::to_string(i), 1 + i % 8, 100 + i));
    }
    return shapes;
}

// A ledger of two collections, closed.
void make(const state::LedgerSettings& settings, int machines = 40) {
    auto ledger = opened(settings);
    REQUIRE(feed(ledger, 1000, some_machines(machines)).ok());
    REQUIRE(feed(ledger, 2000, some_machines(machines - 5)).ok());
}

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

void write(const std::string& path, const std::string& bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << bytes;
    REQUIRE(out.flush().good());
}

Status feeding(const state::LedgerSettings& settings) {
    auto ledger = state::ShapeLedger::open(settings);
    return ledger ? feed(*ledger, 3000, some_machines(1)).status() : ledger.status();
}

Status reading(const state::LedgerSettings& settings) {
    return read(settings, 0, 10000, 5000).status();
}

}  // namespace

TEST_CASE("while another process writes, feeding waits and then says so; reading works") {
    const LedgerFolder folder;
    auto settings = folder.settings();
    make(settings);
    settings.wait = std::chrono::milliseconds(20);
    Other other(settings.path);
    other.run("BEGIN IMMEDIATE");
    const Status locked = feeding(settings);
    CHECK(locked.reason() == "ERROR_LEDGER_LOCKED");
    CHECK(locked.code() == Code::unavailable);
    CHECK_THAT(locked.message(), Catch::Contains(settings.path));
    CHECK(reading(settings).text() == "OK");
    other.run("COMMIT");
    CHECK(feeding(settings).text() == "OK");
}

TEST_CASE("a truncated ledger is damaged, never empty or new") {
    const LedgerFolder folder;
    const auto settings = folder.settings();
    make(settings, 400);
    const std::string whole = bytes_of(settings.path);
    REQUIRE(whole.size() > 8 * 4096);
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{99}, std::size_t{100}, std::size_t{4095},
          std::size_t{4096}, std::size_t{5000}, whole.size() / 2, whole.size() - 4096,
          whole.size() - 1}) {
        CAPTURE(size);
        write(settings.path, whole.substr(0, size));
        for (const Status& status : {feeding(settings), reading(settings)}) {
            CHECK(status.reason() == "ERROR_LEDGER_CORRUPT");
            CHECK(status.code() == Code::data_loss);
            CHECK_THAT(status.message(), Catch::Contains("set it aside"));
        }
        CHECK(bytes_of(settings.path).size() == size);
    }
    write(settings.path, whole);
    CHECK(reading(settings).text() == "OK");
}

TEST_CASE("a changed byte is found, or changes nothing that is told") {
    const LedgerFolder folder;
    const auto settings = folder.settings();
    make(settings, 60);
    const std::string whole = bytes_of(settings.path);
    const auto truth = read(settings, 0, 10000, 5000);
    REQUIRE(truth.ok());
    int found = 0;
    int harmless = 0;
    for (std::size_t at = 0; at < whole.size(); at += 61) {
        CAPTURE(at);
        std::string odd = whole;
        odd[at] = static_cast<char>(odd[at] ^ (1 << at % 8));
        write(settings.path, odd);
        const auto got = read(settings, 0, 10000, 5000);
        if (got.ok()) {
            ++harmless;
            CHECK(*got == *truth);
        } else {
            ++found;
            const std::string reason = got.status().reason();
            CHECK((reason == "ERROR_LEDGER_CORRUPT" || reason == "ERROR_LEDGER_VERSION" ||
                   reason == "ERROR_LEDGER_FILE"));
        }
        for (const char* suffix : {"-wal", "-shm"}) {
            fs::remove(settings.path + suffix);
        }
    }
    CAPTURE(found, harmless);
    CHECK(found > 100);
}

TEST_CASE("rows that were changed by other means are found") {
    const LedgerFolder folder;
    const auto settings = folder.settings();
    make(settings);
    const std::string whole = bytes_of(settings.path);
    for (const char* change :
         {"UPDATE stretch SET last = last + 1 WHERE resource = 3",
          "UPDATE stretch SET gone = NULL WHERE gone IS NOT NULL",
          "UPDATE facts SET body = replace(body, '\"vcpus\":2', '\"vcpus\":1')",
          "DELETE FROM facts WHERE id = 1", "DELETE FROM resource WHERE id = 7",
          "UPDATE resource SET created = created - 1",
          "UPDATE collection SET complete = 0 WHERE at = 2000"}) {
        CAPTURE(change);
        write(settings.path, whole);
        {
            Other other(settings.path);
            other.run(change);
        }
        CHECK(reading(settings).reason() == "ERROR_LEDGER_CORRUPT");
        CHECK(feeding(settings).reason() == "ERROR_LEDGER_CORRUPT");
    }
}

TEST_CASE("what is no ledger, or one of a later program, is left alone") {
    const LedgerFolder folder;
    const auto settings = folder.settings();
    write(settings.path, std::string(8192, 'x'));
    CHECK(feeding(settings).reason() == "ERROR_LEDGER_CORRUPT");
    fs::remove(settings.path);
    {
        Other other(settings.path);
        other.run("CREATE TABLE mine(x)");
    }
    const std::string foreign = bytes_of(settings.path);
    for (const Status& status : {feeding(settings), reading(settings)}) {
        CHECK(status.reason() == "ERROR_LEDGER_VERSION");
        CHECK_THAT(status.message(), Catch::Contains("another program"));
    }
    CHECK(bytes_of(settings.path) == foreign);
    fs::remove(settings.path);
    make(settings);
    {
        Other other(settings.path);
        other.run("PRAGMA user_version = 2");
    }
    for (const Status& status : {feeding(settings), reading(settings)}) {
        CHECK(status.reason() == "ERROR_LEDGER_VERSION");
        CHECK(status.code() == Code::failed_precondition);
        CHECK_THAT(status.message(), Catch::Contains("version 2, this program knows 1"));
    }
    // A folder of that name.
    auto wrong = settings;
    wrong.path = folder.path().string();
    CHECK(feeding(wrong).reason() == "ERROR_LEDGER_FILE");
    CHECK(reading(wrong).reason() == "ERROR_LEDGER_FILE");
}

TEST_CASE("when there is no room, nothing of the collection is taken in") {
    const LedgerFolder folder;
    auto settings = folder.settings();
    make(settings, 20);
    const auto before = read(settings, 0, 10000, 5000);
    settings.largest_bytes = 64 * 1024;
    {
        auto ledger = opened(settings);
        const Status full = feed(ledger, 3000, some_machines(5000)).status();
        CHECK(full.reason() == "ERROR_LEDGER_FULL");
        CHECK(full.code() == Code::resource_exhausted);
        CHECK(*read(settings, 0, 10000, 5000) == *before);
        // What fits is still taken.
        CHECK(feed(ledger, 3000, some_machines(15)).status().text() == "OK");
    }
    CHECK(reading(settings).text() == "OK");
}

TEST_CASE("where nothing can be written, reading works and feeding says why not") {
    const LedgerFolder folder;
    const auto settings = folder.settings();
    make(settings);
    const auto truth = read(settings, 0, 10000, 5000);
    REQUIRE(::chmod(settings.path.c_str(), 0444) == 0);
    REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
    // Root may write everywhere: a child that is nobody looks.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) {
            ::_exit(10);
        }
        const auto got = read(settings, 0, 10000, 5000);
        if (!got.ok() || *got != *truth) {
            ::_exit(11);
        }
        const Status fed = feeding(settings);
        ::_exit(fed.reason() == "ERROR_LEDGER_READ_ONLY" && fed.code() == Code::failed_precondition
                    ? 0
                    : 12);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a damaged ledger is set aside whole, and a new one begins") {
    const LedgerFolder folder;
    const auto settings = folder.settings();
    CHECK(state::set_ledger_aside(settings.path).status().code() == Code::not_found);
    for (const char* number : {"1", "2"}) {
        make(settings);
        const std::string odd = bytes_of(settings.path).substr(0, 5000);
        write(settings.path, odd);
        write(settings.path + "-wal", "left over");
        const auto aside = state::set_ledger_aside(settings.path);
        REQUIRE(aside.status().text() == "OK");
        CHECK(*aside == settings.path + ".damaged-" + number);
        CHECK(bytes_of(*aside) == odd);
        CHECK(bytes_of(*aside + "-wal") == "left over");
        CHECK_FALSE(fs::exists(settings.path));
        CHECK_FALSE(fs::exists(settings.path + "-wal"));
    }
    CHECK(feeding(settings).text() == "OK");
}
