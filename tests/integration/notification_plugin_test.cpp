// The notification role as the program serves it: what CloudForet dispatches arrives at receivers
// on this machine, once, and what cannot arrive is said, kept, and shown.
#include <Poco/Base64Decoder.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "host/services/outbound/testing_mail_server.hpp"
#include "host/services/outbound/testing_receiver.hpp"
#include "tests/acceptance/reflection_client.hpp"
#include "tests/integration/becomes_true.hpp"
#include "tests/integration/program.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::host::services::testing::answer;
using pf::host::services::testing::MailServer;
using pf::host::services::testing::Posted;
using pf::host::services::testing::Receiver;

namespace {

const std::string canary = "c4nary-8f2e";

// The program with the notification role and a part `notify`, in a folder of its own.
class Scene {
  public:
    explicit Scene(json notify = json::object()) {
        directory_ = (std::filesystem::temp_directory_path() / "pf-notify-XXXXXX").string();
        if (::mkdtemp(directory_.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
        std::ofstream(config()) << json{
            {"modules", {{"dir", PF_MODULE_DIRECTORY}, {"enable", {"notification"}}}},
            {"serve", {{"roles", {"notification"}}}},
            {"log", {{"level", "debug"}}},
            {"notify", std::move(notify)}};
        start();
    }
    ~Scene() {
        process_.reset();
        std::filesystem::remove_all(directory_);
    }
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    std::string config() const { return directory_ + "/prismforet.yaml"; }
    void start() {
        process_ = std::make_unique<ServeProcess>(config());
        client_ = ReflectionClient::connect(process_->address());
    }
    // Killed, as by a crash.
    void kill() {
        client_.reset();
        process_.reset();
    }
    Ended end() {
        client_.reset();
        process_->terminate();
        return process_->wait();
    }
    CallReply call(const char* service, const char* method, const json& request) const {
        return client_->call(service, method, request.dump());
    }
    CallStatus dispatch(const json& options, const json& channel, const std::string& title,
                        const json& secret = json::object()) const {
        return call("Notification", "dispatch",
                    {{"options", options},
                     {"message", {{"title", title}, {"description", "Disk 3 of host h1"}}},
                     {"notification_type", "ERROR"},
                     {"secret_data", secret},
                     {"channel_data", channel}})
            .status;
    }

  private:
    std::string directory_;
    std::unique_ptr<ServeProcess> process_;
    std::unique_ptr<ReflectionClient> client_;
};

std::string header(const Posted& posted, const std::string& name) {
    const auto at = posted.head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return posted.head.substr(begin, posted.head.find("\r\n", begin) - begin);
}

Receiver::Answer always(int status) {
    return [status](unsigned, const Posted&) { return answer(status); };
}

// The first part of a mail, decoded.
std::string plain_part(const std::string& mail) {
    const auto type = mail.find("Content-Type: text/plain");
    const auto begin = mail.find("\r\n\r\n", type);
    REQUIRE(begin != std::string::npos);
    std::istringstream in(mail.substr(begin, mail.find("\r\n--", begin) - begin));
    Poco::Base64Decoder decoder(in);
    return {std::istreambuf_iterator<char>(decoder), {}};
}

std::string all_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("each format arrives once, with what the channel's secret says") {
    const Receiver receiver(always(200));
    Scene scene;
    const std::string url = receiver.url("/hook/" + canary);
    CHECK(scene.dispatch({{"format", "slack"}}, {{"url", url}}, "to slack").ok());
    CHECK(scene.dispatch({{"format", "teams"}}, {{"url", url}}, "to teams").ok());
    CHECK(scene
              .dispatch(json::object(),
                        {{"format", "webhook"}, {"url", url}, {"authorization", canary}},
                        "to a program")
              .ok());
    const auto posted = receiver.posted();
    REQUIRE(posted.size() == 3);
    for (const Posted& one : posted) {
        CHECK(one.head.starts_with("POST /hook/" + canary + " HTTP/1.1"));
        CHECK(header(one, "Content-Type").starts_with("application/json"));
        CHECK(header(one, "Idempotency-Key").size() >= 16);
    }
    CHECK(json::parse(posted[0].body).at("text").get<std::string>().find("to slack") !=
          std::string::npos);
    CHECK(json::parse(posted[1].body).at("attachments").size() == 1);
    const json own = json::parse(posted[2].body);
    CHECK(own.at("schema") == "prismforet/notification/1");
    CHECK(own.at("level") == "error");
    CHECK(own.at("title") == "to a program");
    CHECK(own.at("description") == "Disk 3 of host h1");
    CHECK(header(posted[2], "Authorization") == canary);
    CHECK(header(posted[0], "Authorization").empty());

    const Ended ended = scene.end();
    CHECK(ended.exit_code == 0);
    CHECK(ended.err.find(canary) == std::string::npos);
}

TEST_CASE("a mail arrives at its recipients") {
    const MailServer server({});
    Scene scene;
    const json secret = {{"mail_server", "127.0.0.1"}, {"mail_port", server.port()},
                         {"mail_security", "none"},    {"from", "cloud@example.com"},
                         {"username", "prismforet"},   {"password", canary}};
    CHECK(scene
              .dispatch({{"format", "email"}}, {{"to", "a@example.com, b@example.com"}},
                        "Plattenfehler auf Ä", secret)
              .ok());
    REQUIRE(server.mails().size() == 1);
    CHECK(plain_part(server.mails()[0]).find("Disk 3 of host h1") != std::string::npos);
    std::size_t recipients = 0;
    for (const std::string& command : server.commands()) {
        recipients += command.starts_with("RCPT TO:") ? 1 : 0;
    }
    CHECK(recipients == 2);
    const Ended ended = scene.end();
    CHECK(ended.exit_code == 0);
    CHECK(ended.err.find(canary) == std::string::npos);
}

TEST_CASE(
    "a receiver that is busy is tried again; one that refuses is not; errors hold no secret") {
    const Receiver busy(
        [](unsigned number, const Posted&) { return answer(number < 3 ? 503 : 200); });
    const Receiver refusing(always(404));
    Scene scene;
    const auto to = [](const std::string& url) {
        return json{{"url", url}, {"authorization", canary}};
    };
    CHECK(scene.dispatch({{"format", "slack"}}, to(busy.url("/" + canary)), "busy").ok());
    const auto posted = busy.posted();
    REQUIRE(posted.size() == 3);
    CHECK(header(posted[0], "Idempotency-Key") == header(posted[2], "Idempotency-Key"));

    std::uint16_t closed = 0;
    {
        const Receiver gone(always(200));
        closed = gone.port();
    }
    const std::vector<std::pair<std::string, std::string>> cases = {
        {refusing.url("/" + canary), "ERROR_OUTBOUND_REFUSED"},
        {"http://127.0.0.1:" + std::to_string(closed) + "/" + canary, "ERROR_OUTBOUND_UNREACHABLE"},
        {"http://169.254.169.254/" + canary, "ERROR_OUTBOUND_ADDRESS"},
        {"http://[::ffff:169.254.169.254]/" + canary, "ERROR_OUTBOUND_ADDRESS"},
        {"ftp://127.0.0.1/" + canary, "ERROR_OUTBOUND_CHANNEL"}};
    for (const auto& [url, code] : cases) {
        const CallStatus status = scene.dispatch({{"format", "slack"}}, to(url), "t");
        INFO(code << " " << status.describe());
        CHECK(!status.ok());
        CHECK(status.error_code() == code);
        CHECK(status.details.find(canary) == std::string::npos);
        // CloudForet's client would repeat the whole call.
        CHECK(status.code_name() != "UNAVAILABLE");
    }
    CHECK(refusing.posted().size() == 1);
    const CallStatus format = scene.dispatch({{"format", "pigeon"}}, to(busy.url("/")), "t");
    CHECK(format.code_name() == "INVALID_ARGUMENT");
    CHECK(format.details.find("slack") != std::string::npos);
    CHECK(busy.posted().size() == 3);
    CHECK(scene.end().err.find(canary) == std::string::npos);
}

TEST_CASE("a queued notification outlives a crash and a receiver that is down") {
    std::mutex mutex;
    int status = 503;
    const auto say = [&](int now) {
        const std::lock_guard lock(mutex);
        status = now;
    };
    const Receiver receiver([&](unsigned, const Posted&) {
        const std::lock_guard lock(mutex);
        return answer(status);
    });
    // The file's place is known after the folder is made.
    const std::string folder =
        (std::filesystem::temp_directory_path() / ("pf-notify-q" + std::to_string(::getpid())))
            .string();
    std::filesystem::create_directories(folder);
    {
        Scene scene(json::object({{"queue", folder + "/outbox.db"},
                                  {"channels",
                                   {{{"name", "ops"},
                                     {"format", "webhook"},
                                     {"url", receiver.url("/" + canary)},
                                     {"authorization", canary}}}}}));
        for (int i = 1; i <= 3; ++i) {
            CHECK(scene.dispatch({{"channel", "ops"}}, json::object(), std::to_string(i)).ok());
        }
        CHECK(becomes_true([&] { return !receiver.posted().empty(); }));
        scene.kill();
        say(200);
        scene.start();
        const auto titles = [&] {
            std::vector<std::string> arrived;
            const auto posted = receiver.posted();
            for (const Posted& one : posted) {
                const auto title = json::parse(one.body).at("title").get<std::string>();
                if (arrived.empty() || arrived.back() != title) arrived.push_back(title);
            }
            return arrived;
        };
        CHECK(becomes_true([&] { return titles().size() == 3; }));
        CHECK(titles() == std::vector<std::string>{"1", "2", "3"});
        for (const char* const ending : {"", "-wal", "-shm"}) {
            CHECK(all_of(folder + "/outbox.db" + ending).find(canary) == std::string::npos);
        }

        // What the receiver refuses is in the list of the dead, and can be sent once more.
        say(404);
        CHECK(scene.dispatch({{"channel", "ops"}}, json::object(), "refused").ok());
        const auto dead = [&] {
            const Ended ended = run_program(
                {"queue", "list", "--dead", "--file", folder + "/outbox.db", "-o", "json"});
            return ended.exit_code == 0 ? ended.out : "";
        };
        CHECK(becomes_true(
            [&] { return dead().find("ERROR_OUTBOUND_REFUSED") != std::string::npos; }));
        CHECK(dead().find(canary) == std::string::npos);
        say(200);
        const Ended retried =
            run_program({"queue", "retry", "--all", "--file", folder + "/outbox.db"});
        INFO(retried.err);
        CHECK(retried.exit_code == 0);
        CHECK(scene.dispatch({{"channel", "ops"}}, json::object(), "last").ok());
        CHECK(becomes_true([&] { return titles().back() == "last"; }));
        CHECK(titles() == std::vector<std::string>{"1", "2", "3", "refused", "last"});

        // What the options forbid is forbidden later, too.
        CHECK(scene
                  .dispatch({{"channel", "ops"}, {"private_addresses", false}}, json::object(),
                            "elsewhere")
                  .ok());
        CHECK(becomes_true(
            [&] { return dead().find("ERROR_OUTBOUND_ADDRESS") != std::string::npos; }));
        CHECK(titles().back() == "last");
        const Ended ended = scene.end();
        CHECK(ended.exit_code == 0);
        CHECK(ended.err.find(canary) == std::string::npos);
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE("notify test says how it went") {
    const Receiver receiver(always(200));
    Scene scene(json::object(
        {{"channels",
          {{{"name", "ops"}, {"format", "slack"}, {"url", receiver.url("/" + canary)}},
           {{"name", "lost"}, {"format", "slack"}, {"url", "http://169.254.1.1/x"}}}}}));
    const auto test = [&](const std::string& channel) {
        return run_program({"notify", "test", channel, "--config", scene.config()});
    };
    const Ended sent = test("ops");
    INFO(sent.err);
    CHECK(sent.exit_code == 0);
    CHECK(receiver.posted().size() == 1);
    CHECK(sent.err.find(canary) == std::string::npos);
    const Ended lost = test("lost");
    CHECK(lost.exit_code != 0);
    CHECK(lost.err.find("ERROR_OUTBOUND_ADDRESS") != std::string::npos);
    const Ended unknown = test("opps");
    CHECK(unknown.exit_code == 2);
    CHECK(unknown.err.find("did you mean 'ops'?") != std::string::npos);
}
