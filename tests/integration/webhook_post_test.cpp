// What a simulated Prism Central posts about its alerts tells the same as a poll does.
#include <map>

#include "tests/integration/events_scene.hpp"
#include "tests/prism_sim/net/webhook_receiver.hpp"

using namespace pf::test::events;

namespace {

constexpr std::optional<Turn> life[] = {std::nullopt,      Turn::repeat, Turn::acknowledge,
                                        Turn::resolve,     Turn::reopen, Turn::acknowledge,
                                        Turn::acknowledge, Turn::resolve};

sim::Config posting_to(const sim::WebhookReceiver& receiver, sim::WebhookForm form) {
    sim::Config config = world();
    config.webhooks = {receiver.url()};
    config.webhook_form = form;
    return config;
}

// What the bodies tell, one after the other.
std::vector<Occurrence> told_by(Scene& site, const std::vector<std::string>& bodies,
                                const Request* lookup) {
    EventsSource source(Scene::modules(), site.targets);
    std::vector<Occurrence> told;
    for (const std::string& body : bodies) {
        auto found = source.parse(body, "{}", lookup, Stop());
        INFO(body);
        REQUIRE(found.ok());
        REQUIRE(found->size() == 1);
        told.push_back(found->front());
    }
    return told;
}

void check_same(const Occurrence& posted, const Occurrence& polled, bool has_all) {
    CHECK(posted.event_key == polled.event_key);
    CHECK(posted.type == polled.type);
    CHECK(posted.severity == polled.severity);
    CHECK(posted.title == polled.title);
    CHECK(posted.resource.id == polled.resource.id);
    CHECK(posted.resource.name == polled.resource.name);
    CHECK(posted.resource.type == polled.resource.type);
    if (!has_all) return;
    CHECK(posted.description == polled.description);
    CHECK(posted.rule == polled.rule);
    CHECK(posted.occurred_at == polled.occurred_at);
    CHECK(posted.updated_at == polled.updated_at);
    CHECK(posted.additional_info == polled.additional_info);
    CHECK(posted.affected == polled.affected);
}

}  // namespace

TEST_CASE("a webhook and a playbook tell what polls tell, under the same keys") {
    const auto form = GENERATE(sim::WebhookForm::v3, sim::WebhookForm::playbook);
    sim::WebhookReceiver receiver;
    Scene site(posting_to(receiver, form), "v3");
    REQUIRE(site.poll().ok());
    site.told.clear();
    const sim::Uuid first = site.prism.alerts().open();
    REQUIRE(site.poll().ok());
    const sim::Uuid second = site.prism.alerts().open();
    REQUIRE(site.poll().ok());
    for (const sim::Uuid& id : {first, second, first}) {
        for (const auto turn : life) {
            if (!turn) continue;
            REQUIRE(site.prism.alerts().turn(id, *turn));
            REQUIRE(site.poll().ok());
        }
    }
    const std::size_t changes = 2 + 3 * (std::size(life) - 1);
    REQUIRE(site.told.size() == changes);
    const auto posted = told_by(site, receiver.bodies(changes), nullptr);
    REQUIRE(posted.size() == changes);
    for (std::size_t i = 0; i < changes; ++i) {
        INFO("change " << i);
        check_same(posted[i], site.told[i], form == sim::WebhookForm::v3);
        CHECK_FALSE(posted[i].is_reference);
    }
}

TEST_CASE("a webhook with no more than a reference is looked up, by both generations") {
    const std::string api = GENERATE("v4", "v3");
    INFO(api);
    sim::WebhookReceiver receiver;
    Scene site(posting_to(receiver, sim::WebhookForm::reference), api);
    REQUIRE(site.poll().ok());
    const sim::Uuid id = site.prism.alerts().open();
    for (const auto turn : life) {
        if (turn) REQUIRE(site.prism.alerts().turn(id, *turn));
    }
    const auto bodies = receiver.bodies(std::size(life));
    REQUIRE(bodies.size() == std::size(life));
    // The reference alone knows how it ended, and whose alert it is.
    const auto bare = told_by(site, bodies, nullptr);
    std::vector<std::string> words;
    for (const Occurrence& one : bare) {
        CHECK(one.is_reference);
        CHECK(one.event_key == to_text(id));
        words.emplace_back(runtime::to_text(one.type));
    }
    CHECK(words ==
          Words{"ALERT", "ALERT", "ALERT", "RECOVERY", "ALERT", "ALERT", "ALERT", "RECOVERY"});
    // Looked up, each tells how the alert is now.
    site.told.clear();
    REQUIRE(site.poll().ok());
    REQUIRE(site.told.size() == 2);
    for (const Occurrence& one : told_by(site, bodies, &site.request)) {
        check_same(one, site.told.back(), true);
        CHECK(one.account == site.prism.prism_central_id());
    }
}

TEST_CASE("random lives: the last post about an alert is how the next poll finds it") {
    sim::WebhookReceiver receiver;
    Scene site(posting_to(receiver, sim::WebhookForm::v3), "v3");
    REQUIRE(site.poll().ok());
    site.prism.alerts().live(120);
    const auto bodies = receiver.bodies(120);
    REQUIRE(bodies.size() == 120);
    std::map<std::string, Occurrence> last;
    for (const Occurrence& one : told_by(site, bodies, nullptr)) last[one.event_key] = one;
    site.told.clear();
    REQUIRE(site.poll().ok());
    std::map<std::string, Occurrence> found;
    for (const Occurrence& one : site.told) found[one.event_key] = one;
    REQUIRE(found.size() == last.size());
    for (const auto& [key, one] : last) {
        REQUIRE(found.count(key) == 1);
        check_same(one, found.at(key), true);
    }
}
