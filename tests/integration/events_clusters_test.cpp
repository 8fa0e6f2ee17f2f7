// Which alerts, events and audits of a simulated Prism Central are of which cluster.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>

#include "tests/integration/events_scene.hpp"
#include "tests/prism_sim/simulation.hpp"

using namespace pf::test::events;

TEST_CASE("clusters are found by name or UUID, and part what happened") {
    const std::string api = GENERATE("auto", "v3");
    INFO(api);
    Scene site(world(), api);
    const sim::Simulation twin(world());
    const sim::Cluster& first = twin.world().clusters[0];
    const sim::Cluster& second = twin.world().clusters[1];
    const auto find = [&](std::vector<std::string> names) {
        site.request.options.clusters = std::move(names);
        return runtime::EventClusters::find(site.targets, site.request, Stop());
    };
    const auto every = find({});
    REQUIRE(every.ok());
    CHECK(every->is_every());
    const auto wrong = find({first.name, "no such cluster"}).status();
    CHECK(wrong.reason() == "ERROR_CLUSTER_UNKNOWN");
    CHECK(wrong.message().find("no such cluster") != std::string::npos);
    std::string shouted = to_text(second.id);
    for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const auto both = find({first.name, shouted});
    REQUIRE(both.ok());

    using Place = runtime::EventClusters::Place;
    const auto with = [](const std::string& name, const std::string& text) {
        Occurrence one;
        one.additional_info = {{name, text}};
        return one;
    };
    CHECK(both->place(with("cluster_uuid", to_text(first.id))) == Place::inside);
    CHECK(both->place(with("cluster_uuid", to_text(second.id))) == Place::inside);
    CHECK(both->place(with("cluster_name", second.name)) == Place::inside);
    const sim::Cluster& third = twin.world().clusters[2];
    CHECK(both->place(with("cluster_uuid", to_text(third.id))) == Place::outside);
    CHECK(both->place(with("cluster_name", third.name)) == Place::outside);
    CHECK(every->place(with("cluster_name", third.name)) == Place::inside);
    Occurrence about;
    CHECK(both->place(about) == Place::unknown);
    about.resource = {to_text(third.id), third.name, "cluster"};
    CHECK(both->place(about) == Place::outside);
    about.affected = {to_text(second.id)};
    CHECK(both->place(about) == Place::inside);
}

TEST_CASE("a log of one cluster holds what is its own, up to the limit") {
    Scene site;
    const sim::Simulation twin(world());
    site.request.options.clusters = {twin.world().clusters[0].name};
    EventsSource source(Scene::modules(), site.targets);
    auto clusters = runtime::EventClusters::find(site.targets, site.request, Stop());
    REQUIRE(clusters.ok());
    LogWish wish;
    std::size_t all = 0;
    std::vector<std::string> own;
    const OccurrenceSink keep = [&](const Occurrence& one) {
        ++all;
        for (const auto& [name, text] : one.additional_info) {
            if (name == "cluster_uuid") own.push_back(text);
        }
        return Status();
    };
    REQUIRE(source.log(site.request, wish, keep, Stop()).end.ok());
    const std::string uuid = to_text(twin.world().clusters[0].id);
    const auto expected = static_cast<std::size_t>(std::count(own.begin(), own.end(), uuid));
    CHECK(expected > 5);
    CHECK(expected < all);
    all = 0;
    own.clear();
    wish.clusters = *clusters;
    const LogEnd log = source.log(site.request, wish, keep, Stop());
    REQUIRE(log.end.ok());
    CHECK(log.placeless == 0);
    CHECK(all == own.size());
    CHECK(own == std::vector<std::string>(own.size(), uuid));
    // The spans end at different moments.
    CHECK(std::max(expected, all) - std::min(expected, all) <= 2);
    all = 0;
    wish.limit = 3;
    CHECK(source.log(site.request, wish, keep, Stop()).has_more);
    CHECK(all == 3);
}
