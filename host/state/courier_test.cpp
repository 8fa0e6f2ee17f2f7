#include "host/state/courier.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <vector>

using namespace pf::host;
using namespace pf::host::state;

namespace {

constexpr std::int64_t start = 1'800'000'000'000;
constexpr std::int64_t second = 1000;

Status down() {
    return Status(Code::unavailable, "ERROR_OUTBOUND_UNREACHABLE", "nobody answers; start it");
}

std::unique_ptr<Outbox> in_memory() {
    auto outbox = Outbox::open(":memory:", {}, std::chrono::milliseconds(100));
    REQUIRE(outbox.ok());
    return std::move(*outbox);
}

// An outbox, and receivers that answer what the test says.
struct Scene {
    explicit Scene(CourierRules rules = {})
        : outbox(in_memory()),
          courier(
              *outbox,
              [this](const Parcel& parcel, const Stop&) {
                  asked.push_back(parcel.letter.key);
                  const auto found = answers.find(parcel.letter.channel);
                  return found == answers.end() ? Status() : found->second;
              },
              std::move(rules)) {}

    void put(const std::string& key, const std::string& lane, const std::string& channel,
             std::int64_t now = start) {
        const auto taken = outbox->put({{key, lane, channel, "{}"}}, now);
        REQUIRE(taken.ok());
        REQUIRE(*taken == 1);
    }
    std::optional<std::int64_t> step(std::int64_t now) {
        const auto next = courier.step(now, Stop());
        REQUIRE(next.ok());
        return *next;
    }
    std::vector<std::string> take_asked() { return std::exchange(asked, {}); }

    std::unique_ptr<Outbox> outbox;
    std::map<std::string, Status> answers;  // by channel
    std::vector<std::string> asked;
    Courier courier;
};

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("what is due is delivered in order, and once") {
    Scene scene;
    scene.put("a1", "a", "ops");
    scene.put("a2", "a", "ops");
    scene.put("b1", "b", "ops");
    CHECK(!scene.step(start));
    Keys asked = scene.take_asked();
    REQUIRE(asked.size() == 3);
    const auto place = [&](const char* key) {
        return std::find(asked.begin(), asked.end(), key) - asked.begin();
    };
    CHECK(place("a1") < place("a2"));
    CHECK(!scene.step(start));
    CHECK(scene.take_asked().empty());
    CHECK(scene.outbox->counts()->delivered == 3);
}

TEST_CASE("a channel that is down rests, longer each time, and holds up no other") {
    Scene scene;
    scene.answers["ops"] = down();
    scene.put("a1", "a", "ops");
    scene.put("b1", "b", "ops");
    scene.put("c1", "c", "mail");
    CHECK(scene.step(start) == start + 10 * second);
    CHECK(scene.take_asked() == Keys{"a1", "c1"});
    CHECK(scene.step(start + 9 * second) == start + 10 * second);
    CHECK(scene.take_asked().empty());

    // The second failure in a row is of another parcel: the channel's pause is doubled all the
    // same.
    scene.step(start + 10 * second);
    CHECK(scene.take_asked().size() == 1);
    scene.step(start + 20 * second);
    CHECK(scene.take_asked().empty());
    scene.step(start + 30 * second);
    CHECK(scene.take_asked().size() == 1);

    scene.answers.erase("ops");
    CHECK(!scene.step(start + 3600 * second));
    CHECK(scene.outbox->counts()->waiting == 0);
    CHECK(scene.outbox->counts()->delivered == 3);
    CHECK(scene.outbox->counts()->given_up == 0);
}

TEST_CASE("the order of a lane outlives failures") {
    Scene scene;
    scene.answers["ops"] = down();
    for (const char* const key : {"1", "2", "3"}) {
        scene.put(key, "a", "ops");
    }
    scene.step(start);
    scene.answers.clear();
    scene.take_asked();
    scene.step(start + 10 * second);
    CHECK(scene.take_asked() == Keys{"1", "2", "3"});
}

TEST_CASE("what another attempt would not help is given up at once") {
    Scene scene;
    scene.answers["ops"] =
        Status(Code::invalid_argument, "ERROR_OUTBOUND_REFUSED", "404; correct the address");
    scene.put("a1", "a", "ops");
    scene.put("a2", "a", "ops");
    CHECK(!scene.step(start));
    CHECK(scene.take_asked() == Keys{"a1", "a2"});
    const auto dead = scene.outbox->dead(10);
    REQUIRE(dead->size() == 2);
    CHECK(dead->front().code == "ERROR_OUTBOUND_REFUSED");
    CHECK(dead->front().attempts == 1);
}

TEST_CASE("a parcel that waits too long is given up") {
    CourierRules rules;
    rules.longest_life = std::chrono::hours(1);
    Scene scene(rules);
    scene.answers["ops"] = down();
    scene.put("a1", "a", "ops");
    std::int64_t now = start;
    int steps = 0;
    for (auto next = scene.step(now); next && steps < 100; next = scene.step(now)) {
        REQUIRE(*next > now);
        now = *next;
        ++steps;
    }
    CHECK(now - start >= 3600 * second);
    CHECK(now - start <= 3600 * second + 15 * 60 * second);
    CHECK(scene.outbox->counts()->dead == 1);
    CHECK(scene.outbox->dead(1)->front().code == "ERROR_OUTBOUND_UNREACHABLE");
}

TEST_CASE("a stop in the middle of a delivery counts as no failure") {
    StopSource source;
    const auto outbox = in_memory();
    REQUIRE(outbox->put({{"a1", "a", "ops", "{}"}}, start).ok());
    Courier courier(*outbox,
                    [&source](const Parcel&, const Stop&) {
                        source.request(Status(Code::aborted, "ERROR_DRAINING", "the process ends"));
                        return down();
                    },
                    {});
    REQUIRE(courier.step(start, source.stop()).ok());
    const auto waiting = outbox->waiting(10);
    REQUIRE(waiting->size() == 1);
    CHECK(waiting->front().attempts == 0);
    CHECK(waiting->front().due_at == start);
}

TEST_CASE("what another process has delivered meanwhile stops nothing") {
    const auto outbox = in_memory();
    REQUIRE(outbox->put({{"a1", "a", "ops", "{}"}, {"b1", "b", "ops", "{}"}}, start).ok());
    Courier courier(*outbox,
                    [&](const Parcel& parcel, const Stop&) { return outbox->delivered(parcel.id); },
                    {});
    const auto next = courier.step(start, Stop());
    REQUIRE(next.ok());
    CHECK(!*next);
    CHECK(outbox->counts()->delivered == 2);
}
