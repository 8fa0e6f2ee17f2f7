// What can happen to the file of an outbox, and what is said about it.
#include <sys/stat.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "host/state/alert_cursor.hpp"
#include "host/state/outbox_file.hpp"
#include "host/state/testing_outbox.hpp"

using namespace pf::test;
using pf::host::Code;
using pf::host::Status;

namespace {

namespace fs = std::filesystem;

constexpr int letters = 40;

// An outbox with letters of every state, closed.
void make(const std::string& path, std::size_t bytes = 300) {
    const auto outbox = opened(path);
    for (int i = 0; i < letters; ++i) {
        REQUIRE(got(outbox->put({letter("key-" + std::to_string(i), std::to_string(i % 5),
                                        std::string(bytes, static_cast<char>('a' + i % 26)))},
                                1000 + i)) == 1);
    }
    const auto parcels = got(outbox->waiting(letters));
    REQUIRE(outbox->delivered(parcels[0].id).ok());
    for (std::size_t i = 1; i < 8; ++i) {
        REQUIRE(outbox->give_up(parcels[i].id, refused).ok());
    }
    REQUIRE(outbox->retry(parcels[9].id, 5000, refused).ok());
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

Status opening(const std::string& path, std::chrono::milliseconds wait = {}) {
    return Outbox::open(path, {}, wait).status();
}

// Everything that an outbox tells, in one text; the failure when there is one.
pf::host::Result<std::string> told(const std::string& path) {
    auto outbox = Outbox::open(path, {}, std::chrono::milliseconds(0));
    if (!outbox) {
        return outbox.status();
    }
    std::string text;
    for (const auto& parcels : {(*outbox)->waiting(1000), (*outbox)->dead(1000)}) {
        if (!parcels) {
            return parcels.status();
        }
        for (const Parcel& one : *parcels) {
            text += std::to_string(one.id) + one.letter.key + one.letter.lane + one.letter.channel +
                    one.letter.content + std::to_string(one.put_at) + " " +
                    std::to_string(one.due_at) + " " + std::to_string(one.attempts) + one.code +
                    one.why + "\n";
        }
        text += "--\n";
    }
    const auto counts = (*outbox)->counts();
    if (!counts) {
        return counts.status();
    }
    for (const std::uint64_t count : {counts->waiting, counts->dead, counts->bytes, counts->put,
                                      counts->delivered, counts->given_up, counts->dropped}) {
        text += std::to_string(count) + " ";
    }
    return text;
}

}  // namespace

TEST_CASE("while another process writes, an outbox waits and then says so", "[outbox]") {
    const OutboxFolder folder;
    make(folder.file());
    const auto outbox = got(Outbox::open(folder.file(), {}, std::chrono::milliseconds(20)));
    OtherConnection other(folder.file());
    other.run("BEGIN IMMEDIATE");
    const Status locked = outbox->put({letter("new", "a")}, 1).status();
    CHECK(locked.reason() == "ERROR_OUTBOX_LOCKED");
    CHECK(locked.code() == Code::unavailable);
    CHECK_THAT(locked.message(), Catch::Contains("the outbox " + folder.file()));
    // Reading and opening work meanwhile.
    CHECK(got(outbox->counts()).waiting == letters - 8);
    CHECK(opening(folder.file()).text() == "OK");
    other.run("COMMIT");
    CHECK(got(outbox->put({letter("new", "a")}, 1)) == 1);
}

TEST_CASE("a truncated outbox is damaged, never empty or new", "[outbox]") {
    const OutboxFolder folder;
    make(folder.file(), 2000);
    const std::string whole = bytes_of(folder.file());
    REQUIRE(whole.size() > 8 * 4096);
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{99}, std::size_t{100}, std::size_t{4095},
          std::size_t{4096}, std::size_t{5000}, whole.size() / 2, whole.size() - 4096,
          whole.size() - 1}) {
        CAPTURE(size);
        write(folder.file(), whole.substr(0, size));
        const Status status = opening(folder.file());
        CHECK(status.reason() == "ERROR_OUTBOX_CORRUPT");
        CHECK(status.code() == Code::data_loss);
        CHECK_THAT(status.message(), Catch::Contains("set it aside"));
        CHECK(bytes_of(folder.file()).size() == size);
    }
    write(folder.file(), whole);
    CHECK(opening(folder.file()).text() == "OK");
}

TEST_CASE("a changed byte of an outbox is found, or changes nothing that is told", "[outbox]") {
    const OutboxFolder folder;
    make(folder.file());
    const std::string whole = bytes_of(folder.file());
    const std::string truth = got(told(folder.file()));
    int found = 0;
    int harmless = 0;
    for (std::size_t at = 0; at < whole.size(); at += 61) {
        CAPTURE(at);
        std::string odd = whole;
        odd[at] = static_cast<char>(odd[at] ^ (1 << at % 8));
        write(folder.file(), odd);
        const auto text = told(folder.file());
        if (text.ok()) {
            ++harmless;
            CHECK(*text == truth);
        } else {
            ++found;
            const std::string reason = text.status().reason();
            CAPTURE(reason);
            CHECK((reason == "ERROR_OUTBOX_CORRUPT" || reason == "ERROR_OUTBOX_VERSION" ||
                   reason == "ERROR_OUTBOX_FILE" || reason == "ERROR_OUTBOX_READ_ONLY"));
        }
        for (const char* suffix : {"-wal", "-shm"}) {
            fs::remove(folder.file() + suffix);
        }
    }
    CAPTURE(found, harmless);
    CHECK(found > 100);
}

TEST_CASE("rows of an outbox that were changed by other means are found", "[outbox]") {
    const OutboxFolder folder;
    make(folder.file());
    const std::string whole = bytes_of(folder.file());
    for (const char* change :
         {"UPDATE outbox_parcel SET content = 'other' WHERE id = 12",
          "UPDATE outbox_parcel SET is_dead = 0 WHERE id = 3", "DELETE FROM outbox_parcel",
          "UPDATE outbox_parcel SET due_at = due_at + 1 WHERE id = 20",
          "UPDATE outbox_parcel SET is_first = 1 - is_first WHERE id = 30",
          "UPDATE outbox_state SET delivered = 7", "DELETE FROM outbox_state",
          "DELETE FROM outbox_parcel WHERE is_dead = 0 AND id = 30"}) {
        CAPTURE(change);
        write(folder.file(), whole);
        OtherConnection(folder.file()).run(change);
        CHECK(opening(folder.file()).reason() == "ERROR_OUTBOX_CORRUPT");
    }
    // Also while it is open: nothing odd is handed out.
    write(folder.file(), whole);
    const auto outbox = opened(folder.file());
    OtherConnection(folder.file()).run("UPDATE outbox_parcel SET content = 'other'");
    CHECK(outbox->due(1 << 20, 10).status().reason() == "ERROR_OUTBOX_CORRUPT");
    OtherConnection(folder.file()).run("UPDATE outbox_state SET waiting = 0");
    CHECK(outbox->put({letter("new", "a")}, 1).status().reason() == "ERROR_OUTBOX_CORRUPT");
    CHECK(outbox->counts().status().reason() == "ERROR_OUTBOX_CORRUPT");
}

TEST_CASE("what is no outbox, or one of a later program, is left alone", "[outbox]") {
    const OutboxFolder folder;
    write(folder.file(), std::string(8192, 'x'));
    CHECK(opening(folder.file()).reason() == "ERROR_OUTBOX_CORRUPT");
    fs::remove(folder.file());
    OtherConnection(folder.file()).run("CREATE TABLE mine(x)");
    const std::string foreign = bytes_of(folder.file());
    const Status status = opening(folder.file());
    CHECK(status.reason() == "ERROR_OUTBOX_VERSION");
    CHECK_THAT(status.message(), Catch::Contains("another program"));
    CHECK(bytes_of(folder.file()) == foreign);
    fs::remove(folder.file());
    make(folder.file());
    OtherConnection(folder.file()).run("UPDATE outbox_state SET version = 2");
    const Status newer = opening(folder.file());
    CHECK(newer.reason() == "ERROR_OUTBOX_VERSION");
    CHECK(newer.code() == Code::failed_precondition);
    CHECK_THAT(newer.message(), Catch::Contains("version 2, this program knows 1"));
    // A folder of that name, and a folder that is not there.
    CHECK(opening(folder.path().string()).reason() == "ERROR_OUTBOX_FILE");
    CHECK(opening((folder.path() / "none" / "outbox.db").string()).reason() == "ERROR_OUTBOX_FILE");
}

TEST_CASE("when there is no room on the disk, nothing of a put is there", "[outbox]") {
    const OutboxFolder folder;
    const std::shared_ptr<state::Database> database = got(state::open_outbox_file(
        {folder.file(), std::chrono::milliseconds(0), std::uint64_t{128} * 1024}));
    const auto mutex = std::make_shared<std::recursive_mutex>();
    const auto cursor = got(state::AlertCursor::in(database, mutex));
    const auto outbox = got(Outbox::in(database, mutex, {}));
    CHECK(got(outbox->put({letter("small", "a")}, 1)) == 1);
    const std::vector<Letter> large = {letter("1", "a"),
                                       letter("2", "a", std::string(200'000, 'x'))};
    const Status full = outbox->put(large, 2).status();
    CHECK(full.reason() == "ERROR_OUTBOX_FULL");
    CHECK(full.code() == Code::resource_exhausted);
    CHECK(keys(got(outbox->waiting(10))) == std::vector<std::string>{"small"});
    // Nor of what was to be one with it, even for a sink that does not tell.
    for (const bool tells : {true, false}) {
        CAPTURE(tells);
        const Status taken =
            cursor->take("pc", {{"a", 10, "open"}}, [&](std::size_t, std::optional<std::int64_t>) {
                const Status put = outbox->put(large, 2).status();
                return tells ? put : Status();
            });
        if (tells) {
            CHECK(taken.reason() == "ERROR_OUTBOX_FULL");
            CHECK_FALSE(got(cursor->watermark("pc")).has_value());
        }
        CHECK(keys(got(outbox->waiting(10))) == std::vector<std::string>{"small"});
    }
    // What fits is still taken, and what waits is delivered.
    CHECK(got(outbox->put({letter("3", "a")}, 3)) == 1);
    CHECK(outbox->delivered(got(outbox->due(3, 1)).at(0).id).text() == "OK");
    CHECK(opening(folder.file()).text() == "OK");
}

TEST_CASE("where nothing can be written, an outbox says so", "[outbox]") {
    const OutboxFolder folder;
    make(folder.file());
    REQUIRE(::chmod(folder.file().c_str(), 0444) == 0);
    REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
    // Root may write everywhere: a child that is nobody looks.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) {
            ::_exit(10);
        }
        const Status status = opening(folder.file());
        ::_exit(status.reason() == "ERROR_OUTBOX_READ_ONLY" &&
                        status.code() == Code::failed_precondition
                    ? 0
                    : 11);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a damaged outbox is set aside whole, and a new one begins", "[outbox]") {
    const OutboxFolder folder;
    CHECK(state::set_outbox_aside(folder.file()).status().code() == Code::not_found);
    for (const char* number : {"1", "2"}) {
        make(folder.file());
        const std::string odd = bytes_of(folder.file()).substr(0, 5000);
        write(folder.file(), odd);
        write(folder.file() + "-wal", "left over");
        CHECK(opening(folder.file()).reason() == "ERROR_OUTBOX_CORRUPT");
        write(folder.file() + "-wal", "left over");
        const auto aside = state::set_outbox_aside(folder.file());
        REQUIRE(aside.status().text() == "OK");
        CHECK(*aside == folder.file() + ".corrupt-" + number);
        CHECK(bytes_of(*aside) == odd);
        CHECK(bytes_of(*aside + "-wal") == "left over");
        CHECK_FALSE(fs::exists(folder.file()));
        CHECK_FALSE(fs::exists(folder.file() + "-wal"));
    }
    CHECK(got(opened(folder.file())->counts()).waiting == 0);
}
