#include "host/cli/queue/queue.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "host/cli/exit_code.hpp"

namespace cli = pf::host::cli;
namespace state = pf::host::state;
using pf::host::Code;
using pf::host::Status;

namespace {

// Three letters: one waits, two are dead; a fourth was delivered.
class Queue {
  public:
    Queue() {
        std::string name = (std::filesystem::temp_directory_path() / "queue-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        auto opened = state::Outbox::open(path(), {}, std::chrono::seconds(60));
        REQUIRE(opened.ok());
        outbox = std::move(*opened);
        std::vector<state::Letter> letters;
        for (const char* key : {"one", "two", "three", "four"}) {
            letters.push_back({key, "disk\x1b[31m", "ops", std::string("text of ") + key});
        }
        REQUIRE(outbox->put(letters, 1'767'225'600'000).ok());
        const Status away(Code::unavailable, "ERROR_CHANNEL", "the receiver is away");
        REQUIRE(outbox->give_up(1, away).ok());
        REQUIRE(outbox->give_up(2, away).ok());
        REQUIRE(outbox->delivered(3).ok());
    }
    ~Queue() { std::filesystem::remove_all(folder_); }
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;

    std::string path() const { return (folder_ / "outbox.db").string(); }
    std::string folder() const { return folder_.string(); }
    std::string text(const cli::QueueView& view) {
        const auto text = cli::queue_text(*outbox, view, {});
        REQUIRE(text.status().text() == "OK");
        return *text;
    }

    std::unique_ptr<state::Outbox> outbox;

  private:
    std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("the queue as a table names what waits, never what the letters say", "[queue]") {
    Queue queue;
    cli::QueueView view;
    view.is_utc = true;
    CHECK(queue.text(view) ==
          "ID  CHANNEL  LANE       PUT                DUE                ATTEMPTS  LAST FAILURE\n"
          " 4  ops      disk?[31m  2026-01-01 00:00Z  2026-01-01 00:00Z         0\n"
          "1 waiting, 2 dead, 1 delivered, 0 dropped; the oldest waits since 2026-01-01 00:00Z\n");
    view.is_dead = true;
    view.most = 1;
    const std::string dead = queue.text(view);
    CHECK_THAT(dead, Catch::Contains("ERROR_CHANNEL: the receiver is away"));
    CHECK_THAT(dead, Catch::Contains("\n... and 1 more\n1 waiting, 2 dead"));
    CHECK_THAT(dead, !Catch::Contains("text of"));
    REQUIRE(queue.outbox->forget({}).ok());
    REQUIRE(queue.outbox->delivered(4).ok());
    CHECK(queue.text(view) == "0 waiting, 0 dead, 2 delivered, 0 dropped\n");
}

TEST_CASE("the queue as JSON has everything", "[queue]") {
    Queue queue;
    cli::QueueView view;
    view.is_json = true;
    view.is_dead = true;
    const auto document = nlohmann::json::parse(queue.text(view));
    CHECK(document["schema"] == "prismforet/queue/1");
    REQUIRE(document["items"].size() == 2);
    CHECK(document["items"][0] == nlohmann::json{{"id", 1},
                                                 {"key", "one"},
                                                 {"lane", "disk\x1b[31m"},
                                                 {"channel", "ops"},
                                                 {"put_at", "2026-01-01T00:00:00Z"},
                                                 {"due_at", "2026-01-01T00:00:00Z"},
                                                 {"attempts", 1},
                                                 {"code", "ERROR_CHANNEL"},
                                                 {"why", "the receiver is away"},
                                                 {"content", "text of one"}});
    CHECK(document["summary"]["waiting"] == 1);
    CHECK(document["summary"]["dead"] == 2);
    CHECK(document["summary"]["put"] == 4);
    CHECK(document["summary"]["delivered"] == 1);
    CHECK(document["summary"]["oldest_at"] == "2026-01-01T00:00:00Z");
}

TEST_CASE("dead letters are tried again or forgotten, those that are meant", "[queue]") {
    Queue queue;
    const auto one = cli::retry_dead(*queue.outbox, {{1, 1}, false}, 5);
    REQUIRE(one.status().text() == "OK");
    CHECK(*one == "1 letter waits again");
    const Status some = cli::retry_dead(*queue.outbox, {{2, 99}, false}, 5).status();
    CHECK(some.reason() == "ERROR_OUTBOX_PARCEL");
    CHECK_THAT(some.message(), Catch::StartsWith("1 letter waits again; 1 ID not among the dead"));
    CHECK(cli::exit_code(some) == cli::exit_failed);
    CHECK(queue.outbox->counts()->waiting == 3);
    CHECK(*cli::retry_dead(*queue.outbox, {{}, true}, 5) == "0 letters wait again");
    const Status away(Code::unavailable, "ERROR_CHANNEL", "the receiver is away");
    const auto waiting = queue.outbox->waiting(10);
    REQUIRE(waiting.ok());
    for (const state::Parcel& parcel : *waiting) {
        REQUIRE(queue.outbox->give_up(parcel.id, away).ok());
    }
    CHECK(*cli::forget_dead(*queue.outbox, {{4}, false}) == "1 letter forgotten");
    CHECK(cli::forget_dead(*queue.outbox, {{4}, false}).status().code() == Code::not_found);
    CHECK(*cli::forget_dead(*queue.outbox, {{}, true}) == "2 letters forgotten");
    CHECK(queue.outbox->counts()->dead == 0);
}

TEST_CASE("what does not find room stays dead, and that is said", "[queue]") {
    Queue queue;
    auto small = state::Outbox::open(queue.path(), {2, 1 << 20, 10}, std::chrono::seconds(60));
    REQUIRE(small.ok());
    const Status full = cli::retry_dead(**small, {{}, true}, 5).status();
    CHECK(full.reason() == "ERROR_OUTBOX_FULL");
    CHECK_THAT(full.message(), Catch::StartsWith("1 letter waits again, and there is no room"));
    CHECK(queue.outbox->counts()->dead == 1);
}

TEST_CASE("a choice of dead letters is some or all", "[queue]") {
    Queue queue;
    for (const cli::QueueChoice& choice : {cli::QueueChoice{}, cli::QueueChoice{{1}, true}}) {
        for (const Status& status : {cli::retry_dead(*queue.outbox, choice, 5).status(),
                                     cli::forget_dead(*queue.outbox, choice).status()}) {
            CHECK(status.reason() == "ERROR_USAGE");
            CHECK(cli::exit_code(status) == cli::exit_usage);
        }
    }
    CHECK(queue.outbox->counts()->dead == 2);
}

TEST_CASE("the outbox is where the configuration or the flag says", "[queue]") {
    const Queue queue;
    CHECK(*cli::queue_file("", {queue.path()}) == queue.path());
    CHECK(*cli::queue_file(queue.path(), {"/nowhere", "/either"}) == queue.path());
    CHECK(cli::queue_file("", {}).status().reason() == "ERROR_USAGE");
    CHECK_THAT(cli::queue_file("", {}).status().message(), Catch::Contains("notify.queue"));
    CHECK(cli::queue_file("", {"/a", "/b"}).status().reason() == "ERROR_USAGE");
    const Status missing = cli::queue_file("", {queue.folder() + "/none"}).status();
    CHECK(missing.reason() == "ERROR_OUTBOX_FILE");
    CHECK(cli::exit_code(missing) == cli::exit_failed);
}
