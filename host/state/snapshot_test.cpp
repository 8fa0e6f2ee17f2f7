#include "host/state/snapshot.hpp"

#include <catch2/catch.hpp>

#include "host/state/snapshot_file_test.hpp"

using namespace pf::test;
using pf::host::Code;
using pf::host::Status;
using state::Change;
using state::RoundResult;
using state::SnapshotRow;

namespace {

std::vector<SnapshotRow> many(int from, int to) {
    std::vector<SnapshotRow> rows;
    for (int i = from; i < to; ++i) {
        rows.push_back(snapshot_row(std::to_string(1000 + i), {{"data.x", "1"}}));
    }
    return rows;
}

}  // namespace

TEST_CASE("the first complete round is the baseline; then changes are told") {
    SnapshotFile file;
    state::Snapshot& snapshot = *file.snapshot;
    RoundResult result;
    const auto a = snapshot_row("a", {{"data.x", "1"}, {"name", "\"a\""}});
    const auto b = snapshot_row("b", {{"data.x", "1"}});
    CHECK(told_by(snapshot, {a}, false, &result).empty());
    CHECK(result.is_unused);
    CHECK(told_by(snapshot, {a, b}, true, &result).empty());
    CHECK((result.is_baseline && result.round == 1 && result.seen == 2));
    CHECK(told_by(snapshot, {b, a}, true, &result).empty());
    CHECK((!result.is_baseline && result.round == 2 && result.known == 2));

    const auto a2 = snapshot_row("a", {{"data.x", "2"}, {"name", "\"a\""}});
    const auto c = snapshot_row("c", {{"data.x", "1"}});
    CHECK(told_by(snapshot, {a2, c}, true, &result) ==
          Texts{"changed a data.x: 1 -> 2", "created c", "deleted b"});
    CHECK((result.created == 1 && result.changed == 1 && result.deleted == 1));
    CHECK(told_by(snapshot, {a2, c}, true).empty());
    CHECK(*snapshot.size() == 2);
}

TEST_CASE("a round that is not complete tells no deletion and keeps what it does not show") {
    SnapshotFile file;
    state::Snapshot& snapshot = *file.snapshot;
    const auto a = snapshot_row("a", {{"data.x", "1"}});
    const auto b = snapshot_row("b", {{"data.x", "1"}});
    told_by(snapshot, {a, b}, true);
    const auto c = snapshot_row("c", {});
    const auto b2 = snapshot_row("b", {{"data.x", "2"}});
    CHECK(told_by(snapshot, {b2, c}, false) == Texts{"changed b data.x: 1 -> 2", "created c"});
    CHECK(told_by(snapshot, {}, false).empty());
    CHECK(told_by(snapshot, {b2, c}, true) == Texts{"deleted a"});
}

TEST_CASE("a group that a row lacks is unknown, and kept; one that is new is no change") {
    SnapshotFile file;
    state::Snapshot& snapshot = *file.snapshot;
    told_by(snapshot, {snapshot_row("a", {{"data.host.name", "\"h1\""}, {"data.x", "1"}})}, true);
    CHECK(told_by(snapshot, {snapshot_row("a", {{"data.x", "1"}})}, true).empty());
    CHECK(told_by(
              snapshot,
              {snapshot_row("a", {{"data.host.name", "\"h2\""}, {"data.x", "1"}, {"data.y", "5"}})},
              true) == Texts{"changed a data.host.name: \"h1\" -> \"h2\""});
    // Within a group, members come and go.
    CHECK(told_by(snapshot,
                  {snapshot_row("a", {{"data.host.uuid", "7"}, {"data.x", "1"}, {"data.y", "5"}})},
                  true) == Texts{"changed a data.host.name: \"h2\" -> , data.host.uuid:  -> 7"});
}

TEST_CASE("rows that are made in another form are no change by what only one of them has") {
    SnapshotFile file;
    state::Snapshot& snapshot = *file.snapshot;
    auto a = snapshot_row("a", {{"data.c.core", "1"}, {"data.c.old", "1"}});
    auto b = snapshot_row("b", {{"data.c.core", "1"}, {"data.c.old", "1"}});
    told_by(snapshot, {a, b}, true);
    a = snapshot_row("a", {{"data.c.core", "2"}, {"data.c.new", "1"}});
    a.content.form = "2";
    CHECK(told_by(snapshot, {a}, false) == Texts{"changed a data.c.core: 1 -> 2"});
    a.content.fields.push_back({"data.c.newer", "1"});
    b.content.form = "2";
    b.content.fields.pop_back();
    CHECK(told_by(snapshot, {a, b}, true) == Texts{"changed a data.c.newer:  -> 1"});
}

TEST_CASE("long values are kept as what tells them apart") {
    SnapshotFile file;
    state::Snapshot& snapshot = *file.snapshot;
    const std::string most(state::longest_kept_value, 'x');
    const std::string more(100'000, 'y');
    told_by(snapshot, {snapshot_row("a", {{"data.x", most}, {"data.y", more}})}, true);
    CHECK(
        told_by(snapshot, {snapshot_row("a", {{"data.x", most}, {"data.y", more}})}, true).empty());
    const Texts told =
        told_by(snapshot, {snapshot_row("a", {{"data.x", "1"}, {"data.y", more + "y"}})}, true);
    REQUIRE(told.size() == 1);
    CHECK(told[0].find("changed a data.x: " + most + " -> 1, data.y: #") == 0);
    CHECK(told[0].size() < 200);
}

TEST_CASE("a resource that comes twice is the same one whatever the order") {
    SnapshotFile file;
    const auto one = snapshot_row("a", {{"data.x", "1"}});
    const auto other = snapshot_row("a", {{"data.x", "2"}});
    told_by(*file.snapshot, {one, other}, true);
    CHECK(told_by(*file.snapshot, {other, one}, true).empty());
    CHECK(*file.snapshot->size() == 1);
}

TEST_CASE("more than half of many that are gone at once are believed the second time") {
    SnapshotFile file;
    state::Snapshot& snapshot = *file.snapshot;
    RoundResult result;
    told_by(snapshot, many(0, 20), true);
    CHECK(told_by(snapshot, many(10, 20), true, &result).size() == 10);  // half is not more
    told_by(snapshot, many(0, 20), true);

    CHECK(told_by(snapshot, many(11, 21), true, &result) == Texts{"created 1020"});
    CHECK((result.is_shrunk && result.missing == 11 && result.known == 20));
    CHECK(*snapshot.size() == 21);
    file.reopen();
    // One is back, so it is doubted once more; incomplete rounds between do not count.
    CHECK(told_by(*file.snapshot, many(0, 1), true, &result).empty());
    CHECK(result.is_shrunk);
    CHECK(told_by(*file.snapshot, many(15, 16), false, &result).empty());
    CHECK(told_by(*file.snapshot, many(0, 2), true, &result).empty());
    CHECK(result.is_shrunk);
    CHECK(told_by(*file.snapshot, many(0, 1), true, &result).size() == 20);
    CHECK((!result.is_shrunk && result.deleted == 20));

    told_by(*file.snapshot, many(0, 20), true);
    CHECK(told_by(*file.snapshot, {}, true, &result, true).size() == 20);
    CHECK(*file.snapshot->size() == 0);
}

TEST_CASE("a shrink that is over is forgotten") {
    SnapshotFile file;
    RoundResult result;
    told_by(*file.snapshot, many(0, 30), true);
    told_by(*file.snapshot, many(0, 3), true, &result);
    CHECK(result.is_shrunk);
    CHECK(told_by(*file.snapshot, many(0, 30), true, &result).empty());
    told_by(*file.snapshot, many(0, 3), true, &result);
    CHECK(result.is_shrunk);
}

TEST_CASE("when the receiver of changes fails, nothing was told and nothing is kept") {
    SnapshotFile file;
    state::Snapshot& snapshot = *file.snapshot;
    told_by(snapshot, {snapshot_row("a", {{"data.x", "1"}}), snapshot_row("b", {})}, true);
    REQUIRE(file.database->run("CREATE TABLE letter (text TEXT)").ok());
    REQUIRE(snapshot.begin().ok());
    REQUIRE(snapshot.stage(snapshot_row("a", {{"data.x", "2"}})).ok());
    bool fails = true;
    std::vector<std::int64_t> sums;
    const auto sink = [&](const std::vector<Change>& changes) {
        if (changes.empty()) {
            return Status();  // the end
        }
        sums.push_back(changes.at(0).before);
        sums.push_back(changes.at(0).after);
        sums.push_back(changes.at(0).round);
        REQUIRE(file.database->run("INSERT INTO letter VALUES ('a'), ('b')").ok());
        return fails ? Status(Code::unavailable, "ERROR_TEST", "no") : Status();
    };
    const auto failed = snapshot.finish({"pc1", "vm", true}, sink);
    CHECK(failed.status().reason() == "ERROR_TEST");
    CHECK(*file.database->number_of("SELECT count(*) FROM letter") == 0);
    CHECK(*snapshot.size() == 2);
    fails = false;
    // What was staged is still there, and the same is told.
    REQUIRE(snapshot.finish({"pc1", "vm", true}, sink).ok());
    CHECK(*file.database->number_of("SELECT count(*) FROM letter") == 2);
    CHECK(*snapshot.size() == 1);
    REQUIRE(sums.size() == 6);
    CHECK(std::vector(sums.begin(), sums.begin() + 3) == std::vector(sums.begin() + 3, sums.end()));
}

TEST_CASE("a damaged row is an error and no change") {
    SnapshotFile file;
    const auto a = snapshot_row("a", {{"data.x", "1"}});
    told_by(*file.snapshot, {a}, true);
    const char* const damage = GENERATE("name = 'other'", "field_values = X'0132'",
                                        "field_values = X''", "layout = 7", "categories = ''");
    INFO(damage);
    REQUIRE(file.database->run(std::string("UPDATE watch_row SET ") + damage).ok());
    REQUIRE(file.snapshot->begin().ok());
    for (const bool is_gone : {false, true}) {
        if (!is_gone) {
            REQUIRE(file.snapshot->stage(a).ok());
        }
        const auto failed = file.snapshot->finish(
            {"pc1", "vm", true}, [](const std::vector<Change>&) { return Status(); });
        CHECK(failed.status().reason() == "ERROR_LEDGER_CORRUPT");
        REQUIRE(file.snapshot->begin().ok());
    }
    CHECK(*file.snapshot->size() == 1);
}

TEST_CASE("who looks at another part of the world begins anew, and nothing looks deleted") {
    SnapshotFile file;
    state::Snapshot& snapshot = *file.snapshot;
    CHECK(*snapshot.has_view(""));
    CHECK_FALSE(*snapshot.has_view("cluster-1"));
    const auto a = snapshot_row("a", {});
    const auto b = snapshot_row("b", {});
    told_by(snapshot, {a, b}, true);
    CHECK(snapshot.set_view("").ok());
    CHECK(told_by(snapshot, {a, b}, true).empty());
    REQUIRE(snapshot.set_view("cluster-1").ok());
    CHECK(*snapshot.has_view("cluster-1"));
    CHECK(*snapshot.size() == 0);
    RoundResult result;
    CHECK(told_by(snapshot, {a}, true, &result).empty());
    // Rounds count on, as letters that wait are known by their numbers.
    CHECK((result.is_baseline && result.round == 3));
    REQUIRE(snapshot.set_view("cluster-1").ok());
    CHECK(told_by(snapshot, {}, true) == Texts{"deleted a"});
}
