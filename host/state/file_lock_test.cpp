#include "host/state/file_lock.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

using namespace pf::host;
using namespace pf::host::state;

namespace {

struct Folder {
    Folder() {
        path = (std::filesystem::temp_directory_path() / "pf-lock-XXXXXX").string();
        REQUIRE(::mkdtemp(path.data()) != nullptr);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string path;
};

}  // namespace

TEST_CASE("one has the lock, the next one when it is gone") {
    const Folder folder;
    const std::string file = folder.path + "/watch.db";
    auto first = FileLock::try_take(file);
    REQUIRE(first.ok());
    REQUIRE(first->has_value());
    CHECK(!FileLock::try_take(file)->has_value());

    bool is_taken = false;
    std::thread other([&] { is_taken = FileLock::take(file, Stop()).ok(); });
    first->reset();
    other.join();
    CHECK(is_taken);
    CHECK(FileLock::try_take(file)->has_value());
}

TEST_CASE("who waits for the lock can be stopped") {
    const Folder folder;
    const std::string file = folder.path + "/watch.db";
    const auto first = FileLock::try_take(file);
    REQUIRE(first->has_value());
    StopSource source;
    Status end;
    std::thread other([&] {
        const auto taken = FileLock::take(file, source.stop());
        end = taken ? Status() : taken.status();
    });
    source.request(Status(Code::cancelled, "ERROR_INTERRUPTED", "interrupted"));
    other.join();
    CHECK(end.reason() == "ERROR_INTERRUPTED");
}

TEST_CASE("a lock that cannot be made says where") {
    const auto lock = FileLock::try_take("/proc/none/watch.db");
    REQUIRE(!lock.ok());
    CHECK(lock.status().reason() == "ERROR_STATE_LOCK");
    CHECK(lock.status().message().find("/proc/none/watch.db.lock") != std::string::npos);
}
