// A day of changes and alerts during which `prismforet watch` is killed a hundred times: CloudForet
// hears of each at least once, of nothing else, and can tell repetitions by their keys.
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <iomanip>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "tests/cloudforet_sim/services/services.hpp"
#include "tests/integration/watch_scene.hpp"
#include "tests/prism_sim/model/alert_book.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::cloudforet_sim::Received;
using pf::cloudforet_sim::Services;
using pf::sim::AlertBook;
using pf::sim::AlertState;
using pf::sim::Simulator;

namespace {

constexpr int hours = 25;
constexpr int kills_an_hour = 4;
constexpr int kills_at_first = 10;
constexpr const char* webhook = "webhook-1";
constexpr const char* access_key = "k3y-of-the-webhook";

// What happened and what was heard of it, by "created ID", "deleted ID", "changed ID", "ALERT ID"
// and "RECOVERY ID".
using News = std::map<std::string, int>;

// One row of the table.
struct Count {
    int happened = 0;
    int heard = 0;     // different ones
    int repeated = 0;  // received once more
    int invented = 0;
    int lost = 0;
};

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

std::string tag(const json& request, const std::string& key) {
    for (const json& one : request["message"]["tags"]) {
        if (one["key"] == key) {
            return one["value"];
        }
    }
    return "no tag " + key;
}

// What a request says, and what tells its repetitions.
struct Heard {
    std::string news;
    std::string key;
};

Heard read(const Received& received) {
    const json request = json::parse(received.request);
    if (received.method == "notification.Notification.create") {
        const std::string title = request["message"]["title"];
        const std::string what = title.substr(title.rfind(' ') + 1);
        return {what + " " + tag(request, "ID"), tag(request, "Key")};
    }
    CHECK(received.method == "monitoring.Event.create");
    const json& data = request["data"];
    const std::string id = data["alert_uuid"];
    const bool is_over = data["resolved"];
    return {(is_over ? "RECOVERY " : "ALERT ") + id,
            id + (is_over ? " over " : " ") + std::string(data["occurred_at"])};
}

// The simulated site during the day.
class Site {
  public:
    explicit Site(Simulator& prism) : prism_(prism) {}

    // A few machines come, go or grow and a few alerts turn, none of which did so this hour.
    void change(std::mt19937_64& random) {
        const auto before = ids();
        prism_.churn();
        prism_.churn();
        const auto after = ids();
        for (const std::string& id : before) {
            if (after.count(id) != 0) {
                continue;
            }
            // What was new this hour may have gone before anybody looked.
            if (news_.erase("created " + id) != 0) {
                unsure_.insert({"created " + id, "deleted " + id});
                continue;
            }
            if (news_.erase("changed " + id) != 0) {
                unsure_.insert("changed " + id);
            }
            news_["deleted " + id] = 1;
        }
        for (const std::string& id : after) {
            if (before.count(id) == 0) {
                news_["created " + id] = 1;
            }
        }
        turn_alerts(random);
    }

    // Once an hour, as a machine that grows twice between two rounds is one change.
    void grow(std::mt19937_64& random) {
        for (const std::string& id : prism_.edit_vms(1 + random() % 3)) {
            news_["changed " + id] = 1;
        }
    }

    const News& news() const { return news_; }
    // May be heard, and need not be.
    bool is_unsure(const std::string& news) const { return unsure_.count(news) != 0; }
    void next_hour() {
        news_.clear();
        unsure_.clear();
        turned_.clear();
        prism_.alerts().advance(3'600'000'000);
    }

  private:
    std::set<std::string> ids() const {
        const auto all = prism_.vm_ids();
        return {all.begin(), all.end()};
    }

    void turn_alerts(std::mt19937_64& random) {
        AlertBook& book = prism_.alerts();
        const auto alerts = book.alerts();
        const auto& one = alerts[random() % alerts.size()];
        if (turned_.insert(one.id).second) {
            const bool is_over = one.state == AlertState::resolved;
            const auto turn = is_over             ? AlertBook::Turn::reopen
                              : random() % 3 != 0 ? AlertBook::Turn::resolve
                              : one.state == AlertState::acknowledged
                                  ? AlertBook::Turn::resolve
                                  : AlertBook::Turn::acknowledge;
            REQUIRE(book.turn(one.id, turn));
            const bool ends = turn == AlertBook::Turn::resolve;
            news_[(ends ? "RECOVERY " : "ALERT ") + to_text(one.id)] = 1;
        }
        const pf::sim::Uuid opened = book.open();
        turned_.insert(opened);
        news_["ALERT " + to_text(opened)] = 1;
    }

    Simulator& prism_;
    News news_;
    std::set<std::string> unsure_;
    std::set<pf::sim::Uuid> turned_;
};

bool is_all_heard(const Site& site, const std::vector<Received>& received) {
    std::set<std::string> heard;
    for (const Received& one : received) {
        heard.insert(read(one).news);
    }
    return std::all_of(site.news().begin(), site.news().end(),
                       [&](const auto& one) { return heard.count(one.first) != 0; });
}

// When a watcher is killed: after so many requests to Prism Central, or so many to CloudForet, or
// when all is heard, at any instant of what follows.
struct Moment {
    std::uint64_t asked = 1'000'000;
    std::uint64_t told = 1'000'000;
    std::uint64_t spin = 0;
};

// Requests with news that CloudForet got.
std::size_t told_to(const Services& cloudforet) {
    return cloudforet.calls("notification.Notification.create") +
           cloudforet.calls("monitoring.Event.create");
}

void run_and_kill(const WatchScene& watch, const Site& site, const Simulator& prism,
                  const Services& cloudforet, const Moment& moment) {
    const std::uint64_t asked = prism.stats().requests;
    const std::size_t told = told_to(cloudforet);
    const std::size_t known = cloudforet.received().size();
    std::size_t received = 0;
    bool is_over = false;
    RunningProgram program(watch.command("watch"));
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!is_over) {
        REQUIRE_FALSE(program.has_ended());
        REQUIRE(std::chrono::steady_clock::now() < limit);
        const std::size_t now = told_to(cloudforet);
        is_over = prism.stats().requests - asked >= moment.asked || now - told >= moment.told;
        if (now - told != received) {
            const auto all = cloudforet.received();
            received = all.size() - known;
            is_over = is_over || is_all_heard(site, all);
        }
        std::this_thread::yield();
    }
    volatile std::uint64_t left = moment.spin;
    while (left > 0) {
        left = left - 1;
    }
    program.signal(SIGKILL);
    CHECK(program.wait().signal == SIGKILL);
}

// Compares what happened with what was heard; the rows by kind of news.
void settle(const Site& site, const std::vector<Received>& received,
            std::map<std::string, Count>& rows) {
    std::map<std::string, std::string> said;  // by key
    News heard;
    for (const Received& one : received) {
        const Heard what = read(one);
        const auto [known, is_new] = said.emplace(what.key, one.request);
        // A repetition says the same, so that whoever compares keys loses nothing.
        CHECK(known->second == one.request);
        ++(is_new ? heard[what.news] : rows[first_word(what.news)].repeated);
    }
    for (const auto& [news, times] : site.news()) {
        Count& row = rows[first_word(news)];
        ++row.happened;
        row.lost += heard.count(news) == 0 ? 1 : 0;
        INFO(news);
        CHECK(heard.count(news) == 1);
    }
    for (const auto& [news, times] : heard) {
        Count& row = rows[first_word(news)];
        row.heard += times;
        INFO(news << " " << times);
        const bool is_known = site.news().count(news) != 0 || site.is_unsure(news);
        CHECK(is_known);
        CHECK(times == 1);
        row.invented += is_known && times == 1 ? 0 : 1;
    }
}

void print(const std::map<std::string, Count>& rows, int kills) {
    std::ostringstream table;
    const auto cells = [&table](const std::vector<std::string>& texts) {
        for (const std::string& text : texts) {
            table << std::setw(11) << text;
        }
        table << "\n";
    };
    table << kills << " kills\n";
    cells({"", "happened", "heard", "repeated", "invented", "lost"});
    for (const auto& [word, row] : rows) {
        cells({word, std::to_string(row.happened), std::to_string(row.heard),
               std::to_string(row.repeated), std::to_string(row.invented),
               std::to_string(row.lost)});
    }
    std::cout << table.str() << std::flush;
}

}  // namespace

TEST_CASE("a day with a hundred kills: all that happens is heard, nothing else") {
    pf::sim::Config config;
    config.vms = 60;
    config.clusters = 2;
    Simulator prism(config);
    Services cloudforet;
    cloudforet.add_webhook("monitoring", webhook, access_key);
    const WatchScene watch(
        prism, {{"cloudforet",
                 {{"identity", "grpc://" + cloudforet.address("identity")},
                  {"token", cloudforet.tokens().issue({})}}},
                {"watch",
                 {{"rules", {{{"name", "all"}, {"at_most", 1000}}}},
                  {"alerts",
                   {{"via", "webhook"}, {"webhook_id", webhook}, {"access_key", access_key}}}}}});
    std::mt19937_64 random(20260714);
    Site site(prism);
    // Also while its file is made and the first round is no news to anybody.
    int kills = 0;
    for (; kills < kills_at_first; ++kills) {
        run_and_kill(watch, site, prism, cloudforet,
                     {.asked = random() % 20, .spin = random() % 20'000'000});
    }
    const std::uint64_t begin = prism.stats().requests;
    const Ended first = watch.run({"--once"});
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    const std::uint64_t usual = prism.stats().requests - begin;
    for (const Received& one : cloudforet.received()) {
        CHECK(first_word(read(one).news) == "ALERT");
    }
    cloudforet.forget_received();
    std::map<std::string, Count> rows;
    for (int hour = 0; hour < hours; ++hour) {
        CAPTURE(hour);
        site.next_hour();
        site.grow(random);
        for (int i = 0; i < kills_an_hour; ++i, ++kills) {
            site.change(random);
            // While it collects, or while it delivers.
            const Moment moment =
                i % 2 == 0 ? Moment{.asked = random() % usual, .spin = random() % 20'000'000}
                           : Moment{.told = 1 + random() % 4, .spin = random() % 100'000};
            run_and_kill(watch, site, prism, cloudforet, moment);
        }
        const Ended end = watch.run({"--once"});
        INFO(end.err);
        REQUIRE(end.exit_code == 0);
        CHECK(watch.waiting().empty());
        settle(site, cloudforet.received(), rows);
        cloudforet.forget_received();
    }
    print(rows, kills);
    CHECK(kills == 110);
    CHECK(watch.counts().dead == 0);
    CHECK(watch.counts().dropped == 0);
    for (const char* word : {"created", "changed", "deleted", "ALERT", "RECOVERY"}) {
        CHECK(rows[word].happened > 10);
    }
}
