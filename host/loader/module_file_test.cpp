#include "host/loader/module_file.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "host/loader/test_directory.hpp"

namespace fs = std::filesystem;
using namespace pf::host::loader;
using pf::host::Code;
using pf::test::TestDirectory;

TEST_CASE("a digest is SHA-256") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("only regular files of a sane size are read") {
    const TestDirectory directory;
    const fs::path file = directory.path() / "file";
    CHECK(read_file(file, 10).status().code() == Code::not_found);
    pf::test::write_bytes(file, "0123456789");
    CHECK(*read_file(file, 10) == "0123456789");
    CHECK_THAT(read_file(file, 9).status().message(), Catch::Contains("larger than 9"));
    CHECK_THAT(read_file(directory.path(), 9).status().message(), Catch::Contains("regular file"));
    REQUIRE(::mkfifo((directory.path() / "fifo").c_str(), 0600) == 0);
    CHECK_THAT(read_file(directory.path() / "fifo", 9).status().message(),
               Catch::Contains("regular file"));
}

TEST_CASE("files and directories that everybody may write to are told") {
    const TestDirectory directory;
    const fs::path file = directory.path() / "file";
    pf::test::write_bytes(file, "x");
    fs::permissions(file, fs::perms(0600));
    CHECK(open_to_all(file).empty());
    fs::permissions(file, fs::perms(0602));
    CHECK(open_to_all(file).size() == 1);
    fs::permissions(directory.path(), fs::perms(0777));
    CHECK(open_to_all(file).size() == 2);
}

TEST_CASE("a copy lies in directories of this user alone and is written once") {
    const TestDirectory directory;
    const fs::path place = directory.path() / "state" / "modules";
    const auto copy = place_copy(place, "abcd", "vm", "bytes");
    REQUIRE(copy.status().message() == "");
    CHECK(*copy == place / "gen" / "abcd" / "vm.so");
    CHECK(pf::test::read_bytes(*copy) == "bytes");
    for (const fs::path& made : {place, place / "gen", place / "gen" / "abcd"}) {
        CHECK(fs::status(made).permissions() == fs::perms(0700));
    }
    struct stat before {};
    REQUIRE(::stat(copy->c_str(), &before) == 0);
    REQUIRE(place_copy(place, "abcd", "vm", "bytes").ok());
    struct stat after {};
    REQUIRE(::stat(copy->c_str(), &after) == 0);
    CHECK(before.st_ino == after.st_ino);
}

TEST_CASE("a copy with other bytes is replaced and not written into") {
    const TestDirectory directory;
    const auto copy = place_copy(directory.path() / "p", "abcd", "vm", "bytes");
    fs::permissions(*copy, fs::perms(0700));
    pf::test::write_bytes(*copy, "other");
    const std::string kept = (directory.path() / "kept").string();
    fs::create_hard_link(*copy, kept);
    REQUIRE(place_copy(directory.path() / "p", "abcd", "vm", "bytes").ok());
    CHECK(pf::test::read_bytes(*copy) == "bytes");
    CHECK(pf::test::read_bytes(kept) == "other");
}

TEST_CASE("a place that others can write to is refused") {
    const TestDirectory directory;
    const fs::path place = directory.path() / "open";
    fs::create_directory(place);
    fs::permissions(place, fs::perms(0777));
    CHECK_THAT(place_copy(place, "abcd", "vm", "bytes").status().message(),
               Catch::Contains("this user alone"));
    fs::create_directory(directory.path() / "real");
    fs::permissions(directory.path() / "real", fs::perms(0700));
    fs::create_directory_symlink(directory.path() / "real", directory.path() / "link");
    CHECK_FALSE(place_copy(directory.path() / "link", "abcd", "vm", "bytes").ok());
    pf::test::write_bytes(directory.path() / "file", "");
    CHECK_FALSE(place_copy(directory.path() / "file" / "x", "abcd", "vm", "bytes").ok());
}

TEST_CASE("copies that were not used for long are removed") {
    const TestDirectory directory;
    const auto old = place_copy(directory.path() / "p", "old", "vm", "old");
    REQUIRE(place_copy(directory.path() / "p", "new", "vm", "new").ok());
    CHECK(fs::exists(*old));
    fs::last_write_time(old->parent_path(),
                        fs::file_time_type::clock::now() - std::chrono::hours(24 * 31));
    REQUIRE(place_copy(directory.path() / "p", "new", "vm", "new").ok());
    CHECK_FALSE(fs::exists(*old));
}
