#include "host/capture/capture_check.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace pf::host;
using namespace pf::host::capture;

namespace {

const std::string head =
    R"({"schema":"prismforet/capture/1","program":"prismforet 0.9.0","began":"2026-11-23T08:15:00Z","redacted":true})"
    "\n";
const std::string target = R"({"target":0,"name":"10.0.0.1:9440"})"
                           "\n";

std::string exchange(const std::string& path, int status) {
    return R"({"n":0,"target":0,"request":{"method":"GET","target":")" + path +
           R"("},"answer":{"status":)" + std::to_string(status) + R"(,"headers":[],"body":"{}"}})" +
           "\n";
}

struct File {
    explicit File(const std::string& text) {
        std::string made = (std::filesystem::temp_directory_path() / "check-XXXXXX").string();
        const int fd = ::mkstemp(made.data());
        REQUIRE(fd >= 0);
        ::close(fd);
        path = made;
        std::ofstream(path) << text;
    }
    ~File() { std::filesystem::remove(path); }
    std::string path;
};

std::string complaint(const std::string& text) {
    const File file(text);
    const auto summary = check_capture(file.path);
    return summary ? "" : summary.status().text();
}

}  // namespace

TEST_CASE("a capture says what is in it") {
    const std::string id = "9b8f8626-ae01-40a3-a38d-6d4c2cc3254c";
    const File file(
        head + target + exchange("/api/vmm/v4.3/ahv/config/vms?$page=0", 200) +
        exchange("/api/vmm/v4.3/ahv/config/vms/" + id, 404) +
        R"({"n":2,"target":0,"request":{"method":"GET","target":"/api/x"},"failure":"ERROR_TLS"})"
        "\n"
        R"({"end":{"exchanges":3,"left_out":0,"complete":true}})"
        "\n");
    const auto summary = check_capture(file.path);
    REQUIRE(summary);
    CHECK(summary->is_redacted);
    CHECK(summary->has_end);
    CHECK(summary->is_complete);
    CHECK(summary->exchanges == 3);
    CHECK(summary->failures == 1);
    CHECK(summary->bytes == 4);
    CHECK(summary->targets == std::vector<std::string>{"10.0.0.1:9440"});
    CHECK(summary->by_status.at(404) == 1);
    CHECK(summary->by_resource.at("GET /api/vmm/v4.3/ahv/config/vms") == 1);
    CHECK(summary->by_resource.at("GET /api/vmm/v4.3/ahv/config/vms/{id}") == 1);
}

TEST_CASE("one that was cut off is told by its missing end") {
    const File file(head + target + exchange("/api/x", 200));
    const auto summary = check_capture(file.path);
    REQUIRE(summary);
    CHECK_FALSE(summary->has_end);
    CHECK_FALSE(summary->is_complete);
}

TEST_CASE("what is no capture is refused with the place and the reason") {
    CHECK_THAT(complaint(""), Catch::Contains("empty"));
    CHECK_THAT(complaint("hello\n"), Catch::Contains("no JSON object"));
    CHECK_THAT(complaint("{\"schema\":\"prismforet/v1\"}\n"), Catch::Contains("no capture"));
    CHECK_THAT(complaint("{\"schema\":\"prismforet/capture/9\",\"program\":\"prismforet 3.0\"}\n"),
               Catch::Contains("prismforet/capture/9") && Catch::Contains("prismforet 3.0"));
    CHECK_THAT(complaint(head + "{\"n\":1}\n"), Catch::Contains("line 2"));
    CHECK_THAT(complaint(head + exchange("/api/x", 200).substr(0, 40) + "\n"),
               Catch::Contains("line 2") && Catch::Contains("ERROR_CAPTURE"));
    CHECK_THAT(complaint(head + R"({"end":{"exchanges":3,"complete":true}})" + "\n"),
               Catch::Contains("3 exchanges"));
    CHECK_THAT(check_capture("/nowhere/x").status().text(), Catch::Contains("ERROR_CONFIG_FILE"));
}
