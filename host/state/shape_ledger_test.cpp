// What the ledger makes of collections, one after the other.
#include "host/state/shape_ledger.hpp"

#include <catch2/catch.hpp>

#include "host/state/testing_ledger.hpp"

using namespace pf::test;
using pf::host::Code;

TEST_CASE("a change is dated to the observation that shows it") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    const auto first = feed(ledger, 1000, {machine("a", 2), machine("b", 4)});
    REQUIRE(first.status().text() == "OK");
    CHECK(first->resources == 2);
    CHECK(first->cut == 2);
    REQUIRE(feed(ledger, 2000, {machine("a", 2), machine("b", 4)}).ok());
    const auto third = feed(ledger, 3000, {machine("a", 8), machine("b", 4)});
    REQUIRE(third.ok());
    CHECK(third->cut == 1);
    CHECK(third->gone == 0);
    CHECK(*read(folder.settings(), 0, 10000, 3500) ==
          Segments{"a 2 [1000,3000) measured", "a 8 [3000,3500) assumed",
                   "b 4 [1000,3000) measured", "b 4 [3000,3500) assumed"});
    CHECK(*read(folder.settings(), 1500, 2500, 3500) ==
          Segments{"a 2 [1500,2500) measured", "b 4 [1500,2500) measured"});
    CHECK(read(folder.settings(), 5000, 6000, 3500)->empty());
    CHECK(read(folder.settings(), 0, 1000, 3500)->empty());
    const auto extent = state::read_extent(folder.settings());
    REQUIRE(extent.ok());
    CHECK((*extent)->from == 1000);
    CHECK((*extent)->to == 3000);
}

TEST_CASE("a segment carries everything that was observed") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    Shape shape = machine("a", 2, 500);
    shape.region = "region";
    shape.text(ShapeField::project) = "project";
    shape.gpus = {{"A16", "VIRTUAL", 8, -1}};
    shape.categories = {{"k", "v"}};
    REQUIRE(feed(ledger, 1000, {shape}).ok());
    auto shapes = state::read_segments(folder.settings(), {0, 2000}, 1000);
    REQUIRE(shapes.ok());
    Shape got;
    REQUIRE(*(*shapes)->next(got));
    shape.from = 500;
    shape.to = 1000;
    CHECK(got == shape);
    CHECK_FALSE(*(*shapes)->next(got));
}

TEST_CASE("only a complete collection ends a resource") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    REQUIRE(feed(ledger, 1000, {machine("a", 2), machine("b", 4)}).ok());
    REQUIRE(feed(ledger, 2000, {machine("b", 4)}, false)->gone == 0);
    CHECK(*read(folder.settings(), 0, 10000, 2500) == Segments{"a 2 [1000,2500) assumed",
                                                               "b 4 [1000,2000) measured",
                                                               "b 4 [2000,2500) assumed"});
    // A partial one opens and cuts.
    REQUIRE(feed(ledger, 3000, {machine("b", 5), machine("c", 1)}, false)->cut == 2);
    REQUIRE(feed(ledger, 4000, {machine("b", 5)})->gone == 2);
    CHECK(*read(folder.settings(), 0, 10000, 5000) ==
          Segments{"a 2 [1000,4000) measured", "b 4 [1000,3000) measured",
                   "b 5 [3000,4000) measured", "b 5 [4000,5000) assumed",
                   "c 1 [3000,4000) measured"});
    // It comes back: what was between is not charged.
    REQUIRE(feed(ledger, 6000, {machine("a", 2), machine("b", 5)})->cut == 1);
    REQUIRE(feed(ledger, 7000, {}, true)->gone == 2);
    CHECK(*read(folder.settings(), 0, 10000, 9000) ==
          Segments{"a 2 [1000,4000) measured", "a 2 [6000,7000) measured",
                   "b 4 [1000,3000) measured", "b 5 [3000,7000) measured",
                   "c 1 [3000,4000) measured"});
}

TEST_CASE("before it was seen a resource is assumed since it was created") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    REQUIRE(feed(ledger, 1000, {machine("old", 1, 10), machine("esxi", 1)}).ok());
    // Created before the collection that did not show it: it came from somewhere else.
    REQUIRE(feed(ledger, 2000, {machine("moved", 1, 500), machine("new", 1, 1500)}).ok());
    CHECK(*read(folder.settings(), 0, 10000, 2000) ==
          Segments{"esxi 1 [1000,2000) measured", "moved 1 [1000,2000) assumed",
                   "new 1 [1500,2000) assumed", "old 1 [10,1000) assumed",
                   "old 1 [1000,2000) measured"});
    CHECK(*read(folder.settings(), 0, 900, 2000) == Segments{"old 1 [10,900) assumed"});
}

TEST_CASE("what was not found out is what it was before") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    REQUIRE(feed(ledger, 1000, {machine("a", 2)}).ok());
    Shape odd = machine("a", 9);
    odd.unknown = pf::host::services::bit_of(ShapeField::vcpus) |
                  pf::host::services::bit_of(ShapeField::disks) |
                  pf::host::services::bit_of(ShapeField::project);
    odd.disks.clear();
    CHECK(feed(ledger, 2000, {odd})->cut == 0);
    CHECK(*read(folder.settings(), 0, 2000, 2000) == Segments{"a 2 [1000,2000) measured"});
    // Nothing was ever known: it is told by name, and the others are taken in.
    odd.id = "b";
    const auto fed = feed(ledger, 3000, {machine("a", 8), odd});
    REQUIRE(fed.status().text() == "OK");
    CHECK(fed->resources == 2);
    CHECK(fed->uncharged == 1);
    CHECK(fed->first_uncharged.reason() == "ERROR_SHAPE_FIELD");
    CHECK(fed->first_uncharged.code() == Code::data_loss);
    CHECK_THAT(fed->first_uncharged.message(), Catch::Contains("vcpus of vm b"));
    CHECK(*read(folder.settings(), 0, 4000, 3000) == Segments{"a 2 [1000,3000) measured"});
    REQUIRE(feed(ledger, 4000, {machine("a", 8), machine("b", 1)})->uncharged == 0);
    CHECK(*read(folder.settings(), 3000, 9000, 5000) == Segments{"a 8 [3000,4000) measured",
                                                                 "a 8 [4000,5000) assumed",
                                                                 "b 1 [4000,5000) assumed"});
}

TEST_CASE("the same collection twice changes nothing") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    const std::vector<std::pair<std::int64_t, std::vector<Shape>>> collections{
        {1000, {machine("a", 2), machine("b", 1)}}, {2000, {machine("a", 4)}}, {3000, {}}};
    for (const auto& [at, shapes] : collections) {
        REQUIRE(feed(ledger, at, shapes).ok());
    }
    const auto once = *read(folder.settings(), 0, 10000, 4000);
    CHECK(once == Segments{"a 2 [1000,2000) measured", "a 4 [2000,3000) measured",
                           "b 1 [1000,2000) measured"});
    for (const auto& [at, shapes] : collections) {
        const auto again = feed(ledger, at, shapes);
        REQUIRE(again.ok());
        CHECK(again->gone == 0);
    }
    CHECK(*read(folder.settings(), 0, 10000, 4000) == once);
}

TEST_CASE("a late observation changes only the time between its neighbours") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    for (const std::int64_t at : {1000, 2000, 4000, 5000}) {
        REQUIRE(feed(ledger, at, {machine("a", 2), machine("b", 1)}).ok());
    }
    REQUIRE(feed(ledger, 3000, {machine("a", 7)}).ok());
    CHECK(*read(folder.settings(), 0, 10000, 5000) ==
          Segments{"a 2 [1000,3000) measured", "a 7 [3000,4000) measured",
                   "a 2 [4000,5000) measured", "b 1 [1000,3000) measured",
                   "b 1 [4000,5000) measured"});
    // Earlier than everything.
    REQUIRE(feed(ledger, 500, {machine("a", 2)}).ok());
    CHECK(*read(folder.settings(), 0, 3000, 5000) ==
          Segments{"a 2 [500,3000) measured", "b 1 [1000,3000) measured"});
}

TEST_CASE("figures that move all the time cut once a day") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    const auto container = [](std::int64_t used) {
        Shape shape = machine("c", 1);
        shape.number(ShapeField::used_bytes) = used;
        return shape;
    };
    constexpr std::int64_t day = 86400;
    for (int hour = 0; hour < 48; ++hour) {
        REQUIRE(feed(ledger, 10 * day + hour * 3600, {container(1000 + hour)}).ok());
    }
    auto shapes = state::read_segments(folder.settings(), {0, 20 * day}, 10 * day + 47 * 3600);
    REQUIRE(shapes.ok());
    std::vector<std::pair<std::int64_t, std::int64_t>> figures;
    for (Shape shape; *(*shapes)->next(shape);) {
        figures.emplace_back(shape.from, shape.number(ShapeField::used_bytes));
    }
    CHECK(figures ==
          std::vector<std::pair<std::int64_t, std::int64_t>>{{10 * day, 1023}, {11 * day, 1047}});
    // What is no such figure cuts at once.
    Shape larger = container(1047);
    larger.disks[0].bytes = 7;
    CHECK(feed(ledger, 12 * day, {larger})->cut == 1);
    larger.disks[0].bytes = 8;
    CHECK(feed(ledger, 12 * day + 60, {larger})->cut == 1);
}

TEST_CASE("accounts and kinds do not end each other's resources") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    Shape other = machine("a", 3);
    other.account = "pc2";
    REQUIRE(feed(ledger, 1000, {machine("a", 2)}).ok());
    REQUIRE(feed(ledger, 1500, {other}, true, "pc2").ok());
    REQUIRE(feed(ledger, 1800, {}, true, "pc", "esxi_vm").ok());
    CHECK(*read(folder.settings(), 0, 10000, 2000) ==
          Segments{"a 2 [1000,2000) assumed", "a 3 [1500,2000) assumed"});
    const auto wrong = feed(ledger, 2000, {other});
    CHECK(wrong.status().reason() == "ERROR_INTERNAL");
    CHECK_THAT(wrong.status().message(), Catch::Contains("pc2"));
}

TEST_CASE("a reader sees one state, whatever is fed meanwhile") {
    const LedgerFolder folder;
    auto ledger = opened(folder.settings());
    REQUIRE(feed(ledger, 1000, {machine("a", 2), machine("b", 4)}).ok());
    auto shapes = state::read_segments(folder.settings(), {0, 10000}, 1500);
    REQUIRE(shapes.ok());
    const Segments before{"a 2 [1000,1500) assumed", "b 4 [1000,1500) assumed"};
    Shape shape;
    REQUIRE(*(*shapes)->next(shape));
    REQUIRE(feed(ledger, 1200, {machine("a", 16)}).ok());
    REQUIRE(*(*shapes)->next(shape));
    CHECK(shape.id == "b");
    CHECK(*segments_of(**shapes) == before);
    CHECK(*segments_of(**shapes) == before);
    CHECK(*read(folder.settings(), 0, 10000, 1500) == Segments{"a 2 [1000,1200) measured",
                                                               "a 16 [1200,1500) assumed",
                                                               "b 4 [1000,1200) measured"});
}

TEST_CASE("what ended long ago is forgotten, what lasts is not") {
    const LedgerFolder folder;
    auto settings = folder.settings();
    settings.keep = std::chrono::days(100);
    auto ledger = opened(settings);
    constexpr std::int64_t day = 86400;
    REQUIRE(feed(ledger, 1 * day, {machine("old", 1), machine("lasting", 2)}).ok());
    REQUIRE(feed(ledger, 2 * day, {machine("lasting", 2)}).ok());
    for (int i = 3; i < 200; ++i) {
        REQUIRE(feed(ledger, i * day, {machine("lasting", i < 150 ? 2 : 3)}).ok());
    }
    CHECK(*read(settings, 0, 1000 * day, 199 * day) ==
          Segments{text_of("lasting", 2, day, 150 * day, true),
                   text_of("lasting", 3, 150 * day, 199 * day, true)});
    CHECK((*state::read_extent(settings))->from == day);
}

TEST_CASE("a ledger that is not there is no empty ledger") {
    const LedgerFolder folder;
    const auto absent = read(folder.settings(), 0, 1, 1);
    CHECK(absent.status().code() == Code::not_found);
    CHECK(absent.status().reason() == "ERROR_LEDGER_FILE");
    CHECK_FALSE(std::filesystem::exists(folder.settings().path));
    const auto ledger = opened(folder.settings());
    CHECK(read(folder.settings(), 0, 1, 1)->empty());
    CHECK_FALSE(state::read_extent(folder.settings())->has_value());
    auto nowhere = folder.settings();
    nowhere.path = (folder.path() / "no" / "such" / "folder").string();
    const auto failed = state::ShapeLedger::open(nowhere).status();
    CHECK(failed.reason() == "ERROR_LEDGER_FILE");
    CHECK_THAT(failed.message(), Catch::Contains(nowhere.path));
}
