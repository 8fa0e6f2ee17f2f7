#include "host/capture/recording.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "host/observe/redact.hpp"
#include "host/prism/target.hpp"

using namespace pf::host;
using namespace pf::host::capture;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Directory {
    Directory() {
        std::string text = (fs::temp_directory_path() / "capture-XXXXXX").string();
        REQUIRE(::mkdtemp(text.data()) != nullptr);
        path = text;
    }
    ~Directory() { fs::remove_all(path); }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(path), fs::directory_iterator()));
    }
    fs::path path;
};

std::vector<json> lines_of(const fs::path& path) {
    std::ifstream file(path);
    std::vector<json> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(json::parse(line));
    }
    return lines;
}

std::string text_of(const fs::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

void show(prism::ExchangeObserver& observer, const std::string& path, const std::string& body,
          int status = 200, const std::vector<std::string>& cookies = {}) {
    const prism::Request request{prism::Method::get, path, {}};
    const std::vector<prism::HeaderField> headers = {{"Content-Type", "application/json"}};
    observer.observe({request, status, Status(), headers, cookies, body, true,
                      std::chrono::system_clock::now(), std::chrono::milliseconds(3)});
}

std::unique_ptr<Recording> start(const fs::path& path, bool is_redacted) {
    RecordingSettings settings;
    settings.is_redacted = is_redacted;
    settings.program = "test";
    auto recording = Recording::start(path.string(), std::move(settings));
    REQUIRE(recording);
    return std::move(*recording);
}

}  // namespace

TEST_CASE("a capture appears whole, for its owner only, or not at all") {
    const Directory directory;
    const fs::path path = directory.path / "c.ndjson";
    {
        const auto dropped = start(path, true);
        show(*dropped->observer("h:9440"), "/api/x", "{}");
        CHECK_FALSE(fs::exists(path));
    }
    CHECK(directory.files() == 0);
    const auto recording = start(path, true);
    show(*recording->observer("h:9440"), "/api/x", "{}");
    REQUIRE(recording->finish(true).ok());
    CHECK(directory.files() == 1);
    struct stat facts {};
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0600U);
    CHECK(Recording::start("/nowhere/c.ndjson", {}).status().reason() == "ERROR_OUTPUT");
}

TEST_CASE("without redaction every byte of an answer is there") {
    const Directory directory;
    const fs::path path = directory.path / "c.ndjson";
    const auto recording = start(path, false);
    const auto observer = recording->observer("pc1.example.com:9440");
    const std::string text = "{\"name\": \"w\\u0000eb\", \"x\":1.50}\n";
    const std::string bytes = "\xff\xfe<html>";
    show(*observer, "/api/vmm/v4.3/ahv/config/vms?$page=0", text);
    show(*observer, "/api/y", bytes, 503);
    REQUIRE(recording->finish(true).ok());
    const auto lines = lines_of(path);
    REQUIRE(lines.size() == 5);
    CHECK(lines[0]["schema"] == "prismforet/capture/1");
    CHECK(lines[0]["redacted"] == false);
    CHECK(lines[1] == json{{"target", 0}, {"name", "pc1.example.com:9440"}});
    CHECK(lines[2]["request"]["method"] == "GET");
    CHECK(lines[2]["request"]["target"] == "/api/vmm/v4.3/ahv/config/vms?$page=0");
    CHECK(lines[2]["answer"]["status"] == 200);
    CHECK(lines[2]["answer"]["body"] == text);
    CHECK(lines[2]["answer"]["headers"] ==
          json::array({json::array({"Content-Type", "application/json"})}));
    CHECK(lines[3]["answer"]["status"] == 503);
    CHECK(lines[3]["answer"]["body_base64"] == "//48aHRtbD4=");
    CHECK(lines[4]["end"] == json{{"exchanges", 2}, {"left_out", 0}, {"complete", true}});
}

TEST_CASE("secrets never get in, whoever says them") {
    observe::forget_secrets();
    observe::register_login("svc", "canary-pässword");
    const Directory directory;
    for (const bool is_redacted : {true, false}) {
        const fs::path path = directory.path / "c.ndjson";
        const auto recording = start(path, is_redacted);
        const auto observer = recording->observer("h:9440");
        show(*observer, "/api/x", "{}", 200, {"NTNX_IGW_SESSION=canary-cookie; Path=/", "odd=c2"});
        show(*observer, "/api/x?a=canary-cookie",
             R"({"message":"canary-pässword and canary-cookie were wrong"})", 401);
        show(*observer, "/api/y", "Basic c3ZjOmNhbmFyeS1ww6Rzc3dvcmQ=", 200);
        REQUIRE(recording->finish(true).ok());
        const std::string text = text_of(path);
        INFO(text);
        CHECK(text.find("canary") == std::string::npos);
        CHECK(text.find("c3ZjOmNhbmFyeS1ww6Rzc3dvcmQ") == std::string::npos);
        const auto lines = lines_of(path);
        CHECK(lines[2]["answer"]["cookies"] == json{"NTNX_IGW_SESSION", "(another)"});
        CHECK(lines.back()["end"]["left_out"] == (is_redacted ? 1 : 0));
    }
    observe::forget_secrets();
}

TEST_CASE("threads write whole lines") {
    const Directory directory;
    const fs::path path = directory.path / "c.ndjson";
    const auto recording = start(path, true);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, observer = recording->observer("h:" + std::to_string(t))] {
                for (int i = 0; i < 50; ++i) {
                    show(*observer, "/api/x", R"({"name":"web-01"})");
                }
            });
        }
    }
    REQUIRE(recording->finish(false).ok());
    std::size_t exchanges = 0;
    for (const json& line : lines_of(path)) {
        exchanges += line.contains("request") ? 1 : 0;
    }
    CHECK(exchanges == 200);
    CHECK(recording->exchanges() == 200);
}

TEST_CASE("a full disk is told, and no capture comes to be") {
    // /dev/full takes nothing; the draft beside it cannot even be made.
    CHECK(Recording::start("/dev/full/c", {}).status().reason() == "ERROR_OUTPUT");
    const Directory directory;
    const fs::path path = directory.path / "c.ndjson";
    auto file = CaptureFile::create(path.string());
    REQUIRE(file);
    (*file)->spoil("no memory");
    (*file)->write("{}");
    CHECK((*file)->commit().reason() == "ERROR_OUTPUT");
    file = Result<std::unique_ptr<CaptureFile>>(Status(Code::cancelled, "ERROR_CANCELLED", "over"));
    CHECK(directory.files() == 0);
}
