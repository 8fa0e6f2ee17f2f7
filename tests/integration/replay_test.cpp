// A Prism Central is recorded, and the simulator answers with the recording: collecting from the
// replay brings what collecting from Prism brought. Recorder and replay share no code; what is
// between them is docs/capture.md.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "host/capture/recording.hpp"
#include "host/doctor/doctor.hpp"
#include "host/runtime/inventory.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::host;
using namespace pf::test;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

class Rows final : public runtime::RowSink {
  public:
    encoding::RowFormat format() const override { return encoding::RowFormat::json_line; }
    bool write(runtime::RowBatch& batch) override {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            rows.emplace_back(batch.row(i));
        }
        return true;
    }
    bool is_gone() override { return false; }
    std::vector<std::string> rows;
};

struct Collected {
    std::vector<std::string> rows;
    runtime::RunReport report;

    std::vector<Json> services() const {
        std::vector<Json> found;
        for (const std::string& row : rows) {
            Json json = Json::parse(row);
            if (json.value("resource_type", "") == "inventory.CloudService") {
                found.push_back(std::move(json));
            }
        }
        return found;
    }
};

// A file of its own, removed at the end.
struct CaptureFileName {
    CaptureFileName() {
        std::string made = (fs::temp_directory_path() / "replay-XXXXXX").string();
        REQUIRE(::mkdtemp(made.data()) != nullptr);
        directory = made;
        path = (directory / "capture.ndjson").string();
    }
    ~CaptureFileName() { fs::remove_all(directory); }
    std::string text() const {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    fs::path directory;
    std::string path;
};

runtime::Request request_to(const pf::sim::Simulator& prism) {
    runtime::Request request;
    request.options = *runtime::parse_options(R"({"requests_per_second": 0, "kinds": ["vm"]})");
    auto targets = runtime::parse_secret(secret_for(prism.port(), prism.ca_pem()), request.options);
    REQUIRE(targets);
    request.targets = std::move(*targets);
    // Tries that fail on purpose must not take long.
    request.targets[0].spec.limits.backoff_base = std::chrono::milliseconds(1);
    request.targets[0].spec.limits.backoff_cap = std::chrono::milliseconds(2);
    return request;
}

Collected collect(Plugin& plugin, const runtime::Request& request) {
    prism::Targets targets;
    runtime::Inventory inventory(plugin.modules(), targets);
    Collected collected;
    Rows sink;
    static_cast<void>(inventory.collect(request, sink, Stop(), collected.report));
    collected.rows = std::move(sink.rows);
    return collected;
}

Collected record(Plugin& plugin, const pf::sim::Simulator& prism, const std::string& path,
                 bool is_redacted) {
    capture::RecordingSettings settings;
    settings.is_redacted = is_redacted;
    settings.program = "test";
    auto recording = capture::Recording::start(path, settings);
    REQUIRE(recording);
    runtime::Request request = request_to(prism);
    request.targets[0].spec.observer = (*recording)->observer(request.targets[0].name);
    Collected collected = collect(plugin, request);
    REQUIRE((*recording)->finish(collected.report.is_complete()).ok());
    return collected;
}

// Links in rows name the port, so a replay that shall give equal rows needs the same one.
std::unique_ptr<pf::sim::Simulator> replay(const std::string& path, std::uint16_t port) {
    pf::sim::Config config;
    config.replay = path;
    config.port = port;
    return std::make_unique<pf::sim::Simulator>(config);
}

// Walks two documents in step: numbers and shape are equal, texts correspond one to one. What the
// module sorts by its words is in another order afterwards, so of that it counts who has what.
class Correspondence {
  public:
    void compare_row(const Json& one, const Json& other) {
        compare(one, other, "");
        ++row_;
    }
    // The rows that share a category are the same rows before and after.
    void check_sharing() const {
        CHECK(groups(mine_) == groups(theirs_));
        CHECK(mine_.size() > 3);
    }
    std::size_t replaced() const { return replaced_; }

  private:
    using Sharers = std::map<std::string, std::vector<std::size_t>>;

    void compare(const Json& one, const Json& other, const std::string& path) {
        INFO(path << ": " << one.dump().substr(0, 200) << " | " << other.dump().substr(0, 200));
        REQUIRE(one.type() == other.type());
        if (path == "/resource/data/categories" || path == "/resource/tags" ||
            path.ends_with("/ip_addresses")) {
            REQUIRE(one.size() == other.size());
            share(one, mine_);
            share(other, theirs_);
        } else if (one.is_string()) {
            pair(one.get<std::string>(), other.get<std::string>());
        } else if (one.is_structured()) {
            REQUIRE(one.size() == other.size());
            auto theirs = other.begin();
            for (auto mine = one.begin(); mine != one.end(); ++mine, ++theirs) {
                if (one.is_object()) {
                    pair(mine.key(), theirs.key());
                }
                compare(mine.value(), theirs.value(),
                        path + "/" + (one.is_object() ? mine.key() : ""));
            }
        } else {
            CHECK(one == other);
        }
    }
    void share(const Json& items, Sharers& sharers) const {
        for (const auto& [key, value] : items.items()) {
            sharers[(items.is_object() ? key : "") + value.dump()].push_back(row_);
        }
    }
    static std::multiset<std::vector<std::size_t>> groups(const Sharers& sharers) {
        std::multiset<std::vector<std::size_t>> all;
        for (const auto& [what, rows] : sharers) {
            all.insert(rows);
        }
        return all;
    }
    void pair(const std::string& mine, const std::string& theirs) {
        CHECK(there_.emplace(mine, theirs).first->second == theirs);
        CHECK(back_.emplace(theirs, mine).first->second == mine);
        replaced_ += mine != theirs ? 1 : 0;
    }
    std::size_t row_ = 0;
    Sharers mine_;
    Sharers theirs_;
    std::map<std::string, std::string> there_;
    std::map<std::string, std::string> back_;
    std::size_t replaced_ = 0;
};

void check_same_ledger(const runtime::RunReport& one, const runtime::RunReport& other) {
    CHECK(one.is_complete() == other.is_complete());
    CHECK(one.total().server_total == other.total().server_total);
    CHECK(one.total().received == other.total().received);
    CHECK(one.total().unique == other.total().unique);
    CHECK(one.total().emitted == other.total().emitted);
    CHECK(one.total().filtered == other.total().filtered);
    CHECK(one.total().skipped == other.total().skipped);
    CHECK(one.rows == other.rows);
}

}  // namespace

TEST_CASE("without redaction a replay gives the rows of the live collection, byte for byte") {
    Plugin plugin;
    const CaptureFileName file;
    pf::sim::Config config;
    config.vms = 430;
    config.unknown_enums = true;
    auto live = std::make_unique<pf::sim::Simulator>(config);
    const std::uint16_t port = live->port();
    const Collected first = record(plugin, *live, file.path, false);
    const Collected second = collect(plugin, request_to(*live));
    REQUIRE(first.rows.size() > 430);
    REQUIRE(first.rows == second.rows);
    live.reset();

    const auto again = replay(file.path, port);
    for (int i = 0; i < 2; ++i) {
        const Collected replayed = collect(plugin, request_to(*again));
        CHECK(replayed.rows == first.rows);
        check_same_ledger(first.report, replayed.report);
    }
    CHECK(again->stats().by_status.count(410) == 0);
}

TEST_CASE("with redaction replays equal each other, and the live collection name by name") {
    Plugin plugin;
    const CaptureFileName file;
    pf::sim::Config config;
    config.vms = 430;
    auto live = std::make_unique<pf::sim::Simulator>(config);
    const std::uint16_t port = live->port();
    const Collected first = record(plugin, *live, file.path, true);
    std::vector<std::string> ids = live->vm_ids();
    ids.push_back(live->prism_central_id());
    live.reset();

    // Nothing of what Prism names is in the file.
    const std::string text = file.text();
    for (const std::string& id : ids) {
        CHECK(text.find(id) == std::string::npos);
    }
    for (const Json& row : first.services()) {
        const std::string name = row["resource"]["name"];
        INFO(name);
        CHECK(text.find('"' + name + '"') == std::string::npos);
        CHECK(text.find("\\\"" + name + "\\\"") == std::string::npos);
    }

    const auto again = replay(file.path, port);
    const Collected replayed = collect(plugin, request_to(*again));
    CHECK(collect(plugin, request_to(*again)).rows == replayed.rows);
    check_same_ledger(first.report, replayed.report);
    const auto mine = first.services();
    const auto theirs = replayed.services();
    REQUIRE(mine.size() == 430);
    REQUIRE(theirs.size() == 430);
    Correspondence all;
    for (std::size_t i = 0; i < mine.size(); ++i) {
        all.compare_row(mine[i], theirs[i]);
    }
    all.check_sharing();
    CHECK(all.replaced() > 430 * 4);
    CHECK(again->stats().by_status.count(410) == 0);
}

TEST_CASE("troubles on the way are replayed as well, and end in the same rows") {
    Plugin plugin;
    const CaptureFileName file;
    pf::sim::Config config;
    config.vms = 330;
    config.faults = {"status-429:first=3:retry-after=0", "status-503@1:first=1", "drop@2:first=1"};
    auto live = std::make_unique<pf::sim::Simulator>(config);
    const std::uint16_t port = live->port();
    const Collected first = record(plugin, *live, file.path, false);
    REQUIRE(first.report.is_complete());
    REQUIRE(first.report.prism_retries >= 4);
    live.reset();
    const auto again = replay(file.path, port);
    const Collected replayed = collect(plugin, request_to(*again));
    CHECK(replayed.rows == first.rows);
    CHECK(replayed.report.prism_retries >= 3);  // all but the one that had no answer
    CHECK(again->stats().by_status.at(429) == 3);
}

TEST_CASE("what was not recorded makes a run partial, never shorter") {
    Plugin plugin;
    const CaptureFileName file;
    pf::sim::Config config;
    config.vms = 230;
    auto live = std::make_unique<pf::sim::Simulator>(config);
    const std::uint16_t port = live->port();
    static_cast<void>(record(plugin, *live, file.path, false));
    live.reset();
    // A capture from which one page was taken out.
    std::string text = file.text();
    const std::size_t at = text.find("page=1&");
    REQUIRE(at != std::string::npos);
    const std::size_t begin = text.rfind('\n', at) + 1;
    text.erase(begin, text.find('\n', at) + 1 - begin);
    std::ofstream(file.path, std::ios::binary) << text;
    const auto again = replay(file.path, port);
    const Collected replayed = collect(plugin, request_to(*again));
    CHECK_FALSE(replayed.report.is_complete());
    REQUIRE(!replayed.report.missing.empty());
    CHECK_THAT(replayed.report.missing[0].text, Catch::Contains("not in the capture"));
}

TEST_CASE("doctor examines a replay as it examined Prism") {
    Plugin plugin;
    const CaptureFileName file;
    auto live = std::make_unique<pf::sim::Simulator>(pf::sim::Config{});
    const std::uint16_t port = live->port();
    capture::RecordingSettings settings;
    settings.program = "test";
    settings.path_words = {"templates"};
    auto recording = capture::Recording::start(file.path, settings);
    REQUIRE(recording);
    runtime::Request request = request_to(*live);
    request.targets[0].spec.observer = (*recording)->observer("pc");
    doctor::Plan plan{request, plugin.modules()};
    const doctor::Report before = doctor::examine(plan, Stop());
    REQUIRE((*recording)->finish(true).ok());
    live.reset();
    const auto again = replay(file.path, port);
    runtime::Request replayed = request_to(*again);
    doctor::Plan second{replayed, plugin.modules()};
    const doctor::Report after = doctor::examine(second, Stop());
    REQUIRE(before.targets[0].findings.size() == after.targets[0].findings.size());
    for (std::size_t i = 0; i < before.targets[0].findings.size(); ++i) {
        const doctor::Finding& one = before.targets[0].findings[i];
        INFO(one.check << ": " << one.text << " | " << after.targets[0].findings[i].text);
        // The order of ids is not that of their pseudonyms.
        const bool may_differ = one.check == "paging";
        CHECK((may_differ || one.verdict == after.targets[0].findings[i].verdict));
    }
    CHECK(again->stats().by_status.count(410) == 0);
}
