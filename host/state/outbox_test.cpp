// What an outbox takes in, hands out and keeps.
#include "host/state/outbox.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "host/state/alert_cursor.hpp"
#include "host/state/outbox_file.hpp"
#include "host/state/testing_outbox.hpp"

using namespace pf::test;
using pf::host::Code;
using pf::host::Status;

namespace {

using Keys = std::vector<std::string>;

std::int64_t id_of(Outbox& outbox, const std::string& key) {
    for (const Parcel& parcel : got(outbox.waiting(1000))) {
        if (parcel.letter.key == key) {
            return parcel.id;
        }
    }
    throw std::runtime_error("no parcel " + key);
}

Keys due(Outbox& outbox, std::int64_t now, std::size_t most = 100) {
    return keys(got(outbox.due(now, most)));
}

}  // namespace

TEST_CASE("a letter is handed out as it was put, until it is delivered", "[outbox]") {
    const OutboxFolder folder;
    const auto outbox = opened(folder.file());
    const std::string odd("a\0b\xff\n", 5);
    CHECK(got(outbox->put({{"k", "lane", "ops", odd}}, 1000)) == 1);
    const auto parcels = got(outbox->due(1000, 10));
    REQUIRE(parcels.size() == 1);
    CHECK(parcels[0].letter.key == "k");
    CHECK(parcels[0].letter.lane == "lane");
    CHECK(parcels[0].letter.channel == "ops");
    CHECK(parcels[0].letter.content == odd);
    CHECK(parcels[0].put_at == 1000);
    CHECK(parcels[0].due_at == 1000);
    CHECK(parcels[0].attempts == 0);
    CHECK(parcels[0].code.empty());
    CHECK(got(outbox->due(999, 10)).empty());
    CHECK(outbox->delivered(parcels[0].id).text() == "OK");
    CHECK(got(outbox->due(2000, 10)).empty());
    CHECK_FALSE(got(outbox->next_due()).has_value());
    CHECK(outbox->delivered(parcels[0].id).reason() == "ERROR_OUTBOX_PARCEL");
    CHECK(got(outbox->counts()).delivered == 1);
    // A key that is gone is news again, with an id of its own.
    CHECK(got(outbox->put({letter("k", "lane")}, 1001)) == 1);
    CHECK(got(outbox->due(1001, 10)).at(0).id > parcels[0].id);
}

TEST_CASE("a lane keeps its order, and no lane waits for another", "[outbox]") {
    const OutboxFolder folder;
    const auto outbox = opened(folder.file());
    CHECK(got(outbox->put(
              {letter("a1", "a"), letter("a2", "a"), letter("b1", "b"), letter("c1", "")}, 10)) ==
          4);
    CHECK(due(*outbox, 10) == Keys{"a1", "b1", "c1"});
    CHECK(due(*outbox, 10, 2) == Keys{"a1", "b1"});
    // What failed makes its lane wait, and only that.
    CHECK(outbox->retry(id_of(*outbox, "a1"), 50, refused).text() == "OK");
    CHECK(due(*outbox, 49) == Keys{"b1", "c1"});
    CHECK(got(outbox->next_due()) == 10);
    CHECK(outbox->delivered(id_of(*outbox, "b1")).text() == "OK");
    CHECK(outbox->delivered(id_of(*outbox, "c1")).text() == "OK");
    CHECK(got(outbox->next_due()) == 50);
    CHECK(due(*outbox, 49).empty());
    CHECK(due(*outbox, 50) == Keys{"a1"});
    const Parcel parcel = got(outbox->due(50, 1)).at(0);
    CHECK(parcel.attempts == 1);
    CHECK(parcel.due_at == 50);
    CHECK(parcel.code == "ERROR_REFUSED");
    CHECK(parcel.why == "the receiver is away");
    // What was given up does not.
    CHECK(outbox->give_up(parcel.id, refused).text() == "OK");
    CHECK(due(*outbox, 50) == Keys{"a2"});
    CHECK(keys(got(outbox->dead(10))) == Keys{"a1"});
    CHECK(got(outbox->dead(10)).at(0).attempts == 2);
    CHECK(outbox->retry(parcel.id, 60, refused).code() == Code::not_found);
    CHECK(outbox->give_up(parcel.id, refused).code() == Code::not_found);
    CHECK(outbox->delivered(parcel.id).code() == Code::not_found);
}

TEST_CASE("a key that waits or is dead is not put again", "[outbox]") {
    const OutboxFolder folder;
    const auto outbox = opened(folder.file());
    CHECK(got(outbox->put({letter("a", "x", "first"), letter("a", "y", "second")}, 1)) == 2);
    CHECK(got(outbox->put({letter("a", "x")}, 2)) == 1);
    CHECK(got(outbox->waiting(10)).at(0).letter.content == "first");
    CHECK(got(outbox->counts()).waiting == 1);
    CHECK(got(outbox->counts()).put == 1);
    CHECK(outbox->give_up(id_of(*outbox, "a"), refused).text() == "OK");
    CHECK(got(outbox->put({letter("a", "x")}, 3)) == 1);
    CHECK(got(outbox->waiting(10)).empty());
    CHECK(got(outbox->counts()).dropped == 0);
}

TEST_CASE("a full outbox takes no more, and counts what it did not take", "[outbox]") {
    const OutboxFolder folder;
    const auto by_count = opened(folder.file(), {3, 1 << 20, 10});
    CHECK(got(by_count->put({letter("1", "a"), letter("2", "a")}, 1)) == 2);
    CHECK(got(by_count->put(
              {letter("3", "a"), letter("4", "a"), letter("5", "a"), letter("1", "a")}, 2)) == 2);
    CHECK(keys(got(by_count->waiting(10))) == Keys{"1", "2", "3"});
    CHECK(got(by_count->counts()).dropped == 2);
    CHECK(got(by_count->counts()).put == 3);
    CHECK(by_count->delivered(id_of(*by_count, "1")).text() == "OK");
    CHECK(got(by_count->put({letter("4", "a")}, 3)) == 1);

    const auto by_bytes = opened((folder.path() / "bytes.db").string(), {100, 1000, 10});
    CHECK(got(by_bytes->put({letter("1", "a", std::string(990, 'x'))}, 1)) == 1);
    CHECK(got(by_bytes->counts()).bytes == 990 + 1 + 1 + 3);
    // Nothing new gets past what did not fit.
    CHECK(got(by_bytes->put({letter("2", "a", std::string(10, 'x')), letter("3", "", "")}, 1)) ==
          0);
    CHECK(got(by_bytes->counts()).dropped == 2);
    CHECK(by_bytes->give_up(id_of(*by_bytes, "1"), refused).text() == "OK");
    CHECK(got(by_bytes->counts()).bytes == 0);
    CHECK(got(by_bytes->put({letter("2", "a", std::string(990, 'x'))}, 1)) == 1);
    // There is no room for the dead one to come back.
    CHECK(got(by_bytes->revive({}, 2)) == 0);
    CHECK(got(by_bytes->counts()).dead == 1);
}

TEST_CASE("a letter that is too large or has no key is refused, with all put at once", "[outbox]") {
    const OutboxFolder folder;
    const auto outbox = opened(folder.file());
    const std::string name(257, 'n');
    const std::string large((1 << 20) + 1, 'x');
    for (const Letter& wrong :
         {Letter{"", "a", "c", "x"}, Letter{name, "a", "c", "x"}, Letter{"k", name, "c", "x"},
          Letter{"k", "a", name, "x"}, Letter{"k", "a", "c", large}}) {
        const Status status = outbox->put({letter("good", "a"), wrong}, 1).status();
        CHECK(status.reason() == "ERROR_OUTBOX_LETTER");
        CHECK(status.code() == Code::invalid_argument);
    }
    CHECK(got(outbox->counts()).waiting == 0);
    const std::string longest(256, 'n');
    CHECK(got(outbox->put({{longest, longest, longest, large.substr(1)}}, 1)) == 1);
    CHECK(got(outbox->due(1, 1)).at(0).letter.content.size() == 1 << 20);
}

TEST_CASE("the oldest dead ones go when there are too many", "[outbox]") {
    const OutboxFolder folder;
    const auto outbox = opened(folder.file(), {100, 1 << 20, 2});
    for (const char* key : {"1", "2", "3", "4"}) {
        CHECK(got(outbox->put({letter(key, "a")}, 1)) == 1);
        CHECK(outbox->give_up(id_of(*outbox, key), refused).text() == "OK");
    }
    CHECK(keys(got(outbox->dead(10))) == Keys{"3", "4"});
    CHECK(keys(got(outbox->dead(1))) == Keys{"3"});
    const auto counts = got(outbox->counts());
    CHECK(counts.dead == 2);
    CHECK(counts.given_up == 4);
    CHECK(counts.dropped == 2);
}

TEST_CASE("dead ones come back at the end, or are forgotten", "[outbox]") {
    const OutboxFolder folder;
    const auto outbox = opened(folder.file());
    CHECK(got(outbox->put({letter("1", "a"), letter("2", "a"), letter("3", "a"), letter("4", "a")},
                          1)) == 4);
    std::vector<std::int64_t> ids;
    for (const char* key : {"1", "2", "3"}) {
        ids.push_back(id_of(*outbox, key));
        CHECK(outbox->give_up(ids.back(), refused).text() == "OK");
    }
    CHECK(got(outbox->revive({ids[1], ids[1], 999}, 70)) == 1);
    CHECK(keys(got(outbox->waiting(10))) == Keys{"4", "2"});
    const Parcel back = got(outbox->waiting(10)).at(1);
    CHECK(back.due_at == 70);
    CHECK(back.put_at == 1);
    CHECK(back.attempts == 0);
    CHECK(back.code.empty());
    CHECK(got(outbox->forget({ids[0], 999, id_of(*outbox, "4")})) == 1);
    CHECK(keys(got(outbox->dead(10))) == Keys{"3"});
    CHECK(got(outbox->revive({}, 80)) == 1);
    CHECK(keys(got(outbox->waiting(10))) == Keys{"4", "2", "3"});
    CHECK(outbox->give_up(id_of(*outbox, "3"), refused).text() == "OK");
    CHECK(got(outbox->forget({})) == 1);
    const auto counts = got(outbox->counts());
    CHECK(counts.dead == 0);
    CHECK(counts.waiting == 2);
    CHECK(counts.dropped == 0);
    CHECK(counts.oldest_at == 1);
}

TEST_CASE("what is in an outbox is there when it is opened again", "[outbox]") {
    const OutboxFolder folder;
    {
        const auto outbox = opened(folder.file());
        CHECK(got(outbox->put({letter("1", "a"), letter("2", "b"), letter("3", "c")}, 5)) == 3);
        CHECK(outbox->delivered(id_of(*outbox, "1")).text() == "OK");
        CHECK(outbox->give_up(id_of(*outbox, "2"), refused).text() == "OK");
        CHECK(outbox->retry(id_of(*outbox, "3"), 90, refused).text() == "OK");
    }
    const auto outbox = opened(folder.file());
    CHECK(keys(got(outbox->waiting(10))) == Keys{"3"});
    CHECK(keys(got(outbox->dead(10))) == Keys{"2"});
    CHECK(got(outbox->next_due()) == 90);
    const auto counts = got(outbox->counts());
    CHECK(counts.put == 3);
    CHECK(counts.delivered == 1);
    CHECK(counts.given_up == 1);
    CHECK(counts.oldest_at == 5);
}

TEST_CASE("two that share a file lose nothing and repeat nothing", "[outbox][concurrent]") {
    constexpr int letters = 60;
    const OutboxFolder folder;
    const auto one = opened(folder.file());
    const auto two = opened(folder.file());
    Keys delivered;
    bool is_well = true;
    {
        std::jthread puts([&] {
            for (int i = 0; i < letters; ++i) {
                is_well = is_well && one->put({letter(std::to_string(i), "a")}, i).ok();
            }
        });
        while (delivered.size() < letters) {
            for (const Parcel& parcel : got(two->due(1000, 5))) {
                delivered.push_back(parcel.letter.key);
                REQUIRE(two->delivered(parcel.id).text() == "OK");
            }
        }
    }
    CHECK(is_well);
    for (int i = 0; i < letters; ++i) {
        CHECK(delivered[static_cast<std::size_t>(i)] == std::to_string(i));
    }
    CHECK(got(one->counts()).waiting == 0);
    CHECK(got(one->counts()).delivered == letters);
}

TEST_CASE("what a cursor takes and what is put because of it are one", "[outbox]") {
    const OutboxFolder folder;
    const std::shared_ptr<state::Database> database =
        got(state::open_outbox_file({folder.file(), std::chrono::seconds(60)}));
    const auto mutex = std::make_shared<std::recursive_mutex>();
    const auto cursor = got(state::AlertCursor::in(database, mutex));
    const auto outbox = got(Outbox::in(database, mutex, {2, 1 << 20, 10}));
    const std::vector<state::AlertMark> marks = {{"a", 10, "open"}, {"b", 20, "open"}};
    const auto sink_up_to = [&](std::size_t last) {
        return [&, last](std::size_t at, std::optional<std::int64_t>) {
            if (at == last) {
                return refused;
            }
            return outbox->put({letter(marks[at].key, "lane")}, 1).status();
        };
    };
    CHECK(cursor->take("pc", marks, sink_up_to(1)).reason() == "ERROR_REFUSED");
    CHECK(got(outbox->counts()).waiting == 0);
    CHECK(got(outbox->counts()).put == 0);
    CHECK_FALSE(got(cursor->watermark("pc")).has_value());
    CHECK(cursor->take("pc", marks, sink_up_to(9)).text() == "OK");
    CHECK(keys(got(outbox->waiting(10))) == Keys{"a", "b"});
    CHECK(got(cursor->watermark("pc")) == 20);
    // A put that fails is undone alone; the rest is as the sink says.
    CHECK(cursor
              ->take("pc", {{"c", 30, "open"}},
                     [&](std::size_t, std::optional<std::int64_t>) {
                         CHECK_FALSE(outbox->put({letter("c", "lane"), letter("", "")}, 1).ok());
                         return Status();
                     })
              .text() == "OK");
    CHECK(got(outbox->counts()).put == 2);
    CHECK(got(cursor->watermark("pc")) == 30);
    // Another process sees the same.
    CHECK(keys(got(opened(folder.file())->waiting(10))) == Keys{"a", "b"});
}
