#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "host/services/document.hpp"
#include "host/services/findings.hpp"
#include "host/services/id_set.hpp"
#include "host/services/json_path.hpp"
#include "host/services/ledger.hpp"
#include "host/services/odd_reads.hpp"
#include "host/services/text.hpp"

using namespace pf::host;
using namespace pf::host::services;

TEST_CASE("the reader answers for every kind and says no to the wrong getter") {
    Document document;
    REQUIRE(document
                .parse(R"({"i":-5,"u":18446744073709551615,"f":1.5,"s":"x","t":true,"n":null,)"
                       R"("a":[1,[2],{}],"o":{"j":1,"k":"v"},"e":[]})")
                .ok());
    const pf_reader& r = reader();
    const pf_val root = document.root();
    const auto kind = [&](const char* key) { return r.kind(r.get(root, to_pf(key))); };
    CHECK(kind("i") == PF_KIND_INT);
    CHECK(kind("u") == PF_KIND_FLOAT);
    CHECK(kind("f") == PF_KIND_FLOAT);
    CHECK(kind("s") == PF_KIND_STRING);
    CHECK(kind("t") == PF_KIND_BOOL);
    CHECK(kind("n") == PF_KIND_NULL);
    CHECK(kind("a") == PF_KIND_ARRAY);
    CHECK(kind("o") == PF_KIND_OBJECT);
    CHECK(kind("missing") == PF_KIND_ABSENT);
    CHECK(r.kind(r.get(r.get(root, to_pf("missing")), to_pf("deeper"))) == PF_KIND_ABSENT);

    std::int64_t number = 77;
    double real = 0.25;
    std::int32_t truth = 9;
    pf_str text{nullptr, 0};
    CHECK(r.i64(r.get(root, to_pf("f")), &number) == 0);
    CHECK(r.i64(r.get(root, to_pf("u")), &number) == 0);
    CHECK(number == 77);
    CHECK(r.f64(r.get(root, to_pf("i")), &real) == 1);
    CHECK(real == -5.0);
    CHECK(r.f64(r.get(root, to_pf("s")), &real) == 0);
    CHECK(r.boolean(r.get(root, to_pf("n")), &truth) == 0);
    CHECK(truth == 9);
    CHECK(r.str(r.get(root, to_pf("i")), &text) == 0);
    CHECK(text_at(root, {"o", "k"}) == "v");

    std::string keys;
    for (pf_val member = r.first(root); member.doc != 0; member = r.next(root, member)) {
        REQUIRE(r.key(root, member, &text) == 1);
        keys += to_view(text);
    }
    CHECK(keys == "iufstnaoe");
    const pf_val array = r.get(root, to_pf("a"));
    int elements = 0;
    for (pf_val item = r.first(array); item.doc != 0; item = r.next(array, item)) {
        ++elements;
        CHECK(r.key(array, item, &text) == 0);
    }
    CHECK(elements == 3);
    CHECK(r.first(r.get(root, to_pf("e"))).doc == 0);
    CHECK(r.first(r.get(root, to_pf("i"))).doc == 0);
}

TEST_CASE("the modules' reader counts what is of another type than asked for") {
    Document document;
    REQUIRE(document.parse(R"({"n":null,"size":"x","list":[7],"o":{}})").ok());
    const pf_reader& r = module_reader();
    const auto at = [&](const char* key) { return r.get(document.root(), to_pf(key)); };
    std::int64_t number = 0;
    std::int32_t truth = 0;
    pf_str text{nullptr, 0};
    (void)take_odd_reads();

    SECTION("null, nothing and what fits are not odd") {
        CHECK(r.i64(at("n"), &number) == 0);
        CHECK(r.i64(at("missing"), &number) == 0);
        CHECK(r.get(at("n"), to_pf("x")).doc == 0);
        CHECK(r.first(at("o")).doc == 0);
        CHECK(r.i64(r.first(at("list")), &number) == 1);
        CHECK(r.str(at("size"), &text) == 1);
        CHECK(take_odd_reads().count == 0);
    }
    SECTION("the first is named, and asking takes") {
        CHECK(r.i64(at("size"), &number) == 0);
        CHECK(r.boolean(at("list"), &truth) == 0);
        CHECK(r.get(at("size"), to_pf("x")).doc == 0);
        CHECK(r.first(at("size")).doc == 0);
        const OddReads odd = take_odd_reads();
        CHECK(odd.count == 4);
        CHECK(odd.first == "size");
        CHECK(take_odd_reads().count == 0);
    }
    SECTION("an element has no name, and the host's own reading counts nothing") {
        CHECK(r.str(r.first(at("list")), &text) == 0);
        CHECK(reader().str(reader().first(document.root()), &text) == 0);
        CHECK(reader().i64(at("size"), &number) == 0);
        const OddReads odd = take_odd_reads();
        CHECK(odd.count == 1);
        CHECK(odd.first.empty());
    }
}

TEST_CASE("every member is found in whatever order it is asked for, text after text") {
    std::mt19937_64 random(8);
    Document document;
    for (int round = 0; round < 300; ++round) {
        const int members = static_cast<int>(random() % 12);
        std::string text = "{";
        for (int i = 0; i < members; ++i) {
            text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) +
                    "\":{\"in\":" + std::to_string(i + round) + ",\"more\":[1,{}]}";
        }
        REQUIRE(document.parse(text + "}").ok());
        for (int i = 0; i < 40; ++i) {
            const int wanted = static_cast<int>(random() % 14);
            const pf_val inner = value_at(document.root(), {"k" + std::to_string(wanted), "in"});
            std::int64_t number = -1;
            CHECK(reader().i64(inner, &number) == (wanted < members ? 1 : 0));
            CHECK(number == (wanted < members ? wanted + round : -1));
        }
    }
}

TEST_CASE(
    "members of objects of every size are found by keys of every length, or known to be missing") {
    std::mt19937_64 random(9);
    const auto random_key = [&] {
        // Few letters and common ends, so that keys differ late, early or in their length only.
        std::string key(random() % 24, 'a');
        for (char& letter : key) {
            letter = random() % 4 == 0 ? 'b' : 'a';
        }
        return key;
    };
    Document document;
    for (int round = 0; round < 200; ++round) {
        std::vector<std::map<std::string, std::int64_t>> objects(8);
        std::string text = "[";
        for (auto& object : objects) {
            const std::size_t members = random() % (random() % 5 == 0 ? 300 : 40);
            text += text.size() > 1 ? ",{" : "{";
            for (std::size_t i = 0; i < members; ++i) {
                const std::string key = random_key();
                if (!object.emplace(key, static_cast<std::int64_t>(random() % 1000)).second) {
                    continue;
                }
                text += (text.back() == '{' ? "\"" : ",\"") + key + "\":" +
                        (random() % 3 == 0 ? "[" + std::to_string(object[key]) + ",{\"aa\":5}]"
                                           : std::to_string(object[key]));
            }
            text += "}";
        }
        REQUIRE(document.parse(text + "]").ok());
        std::vector<pf_val> values;
        for (pf_val at = reader().first(document.root()); at.doc != 0;
             at = reader().next(document.root(), at)) {
            values.push_back(at);
        }
        REQUIRE(values.size() == objects.size());
        for (int i = 0; i < 400; ++i) {
            const std::size_t which = random() % 3 == 0 ? random() % objects.size() : i / 50;
            const std::string key = random_key();
            const auto expected = objects[which].find(key);
            pf_val found = reader().get(values[which], to_pf(key));
            REQUIRE((found.doc != 0) == (expected != objects[which].end()));
            if (found.doc != 0) {
                found = reader().kind(found) == PF_KIND_ARRAY ? reader().first(found) : found;
                std::int64_t number = -1;
                REQUIRE(reader().i64(found, &number) == 1);
                REQUIRE(number == expected->second);
            }
        }
    }
}

TEST_CASE("what is no JSON, or too deep, is refused in words") {
    Document document;
    for (const char* text : {"", "{", "nul", "{\"a\":NaN}", "<html>", "{} x", "\"\xFF\""}) {
        const Status parsed = document.parse(text);
        CHECK(parsed.code() == Code::data_loss);
        CHECK(document.root().doc == 0);
    }
    CHECK_FALSE(document.parse(std::string(100000, '[')).ok());
    CHECK_FALSE(document.parse(std::string(80, '[') + std::string(80, ']')).ok());
    CHECK(document.parse(std::string(50, '[') + std::string(50, ']')).ok());
}

TEST_CASE("an id set is exact") {
    std::mt19937_64 random(4);
    IdSet ids;
    std::set<std::string> expected;
    ids.prefetch("00000000-0000-0000-0000-000000000000");
    for (int i = 0; i < 20000; ++i) {
        if (i % 5000 == 100) {
            ids.expect(static_cast<std::uint64_t>(i) / 3);  // too few, then too many
        }
        char text[40];
        std::snprintf(text, sizeof text, "%08x-0000-0000-0000-%012x",
                      static_cast<unsigned>(random() % 3), static_cast<unsigned>(random() % 9000));
        std::string id = i % 7 == 0 ? "name-" + std::to_string(random() % 500) : text;
        ids.prefetch(id);
        CHECK(ids.contains(id) == expected.contains(id));
        CHECK(ids.insert(id) == expected.insert(id).second);
    }
    CHECK(ids.size() == expected.size());
    const std::string upper = "ABCDEF00-0000-0000-0000-00000000000A";
    CHECK(ids.insert(upper));
    CHECK_FALSE(ids.insert("abcdef00-0000-0000-0000-00000000000a"));
    CHECK(ids.insert("00000000-0000-0000-0000-000000000000") !=
          expected.contains("00000000-0000-0000-0000-000000000000"));
    for (const char* other :
         {"0000000g-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000/",
          "00000000-0000_0000-0000-00000000000a"}) {
        CHECK(ids.insert(other));
        CHECK_FALSE(ids.insert(other));
    }
}

TEST_CASE("the ledger's two equations hold and the first word counts") {
    std::mt19937_64 random(5);
    Ledger ledger;
    std::uint64_t lost = 0;
    for (int page = 1; page < 200; ++page) {
        std::vector<pf_val> items;
        for (std::uint64_t i = 1; i <= random() % 100; ++i) {
            items.push_back({static_cast<std::uint64_t>(page), i * 7});
            ledger.enter(items.back(), random() % 10 != 0);
            if (random() % 10 == 0) {
                ledger.exclude_last();
            }
        }
        for (std::size_t i = 0; i < items.size() * 2 && !items.empty(); ++i) {
            const pf_val item = items[random() % items.size()];
            ledger.settle(item, static_cast<Ledger::Settled>(random() % 3));
            CHECK(ledger.standing(item) != Ledger::Standing::open);
        }
        CHECK(ledger.standing({static_cast<std::uint64_t>(page), 3}) == Ledger::Standing::unknown);
        CHECK(ledger.standing({9999, 7}) == Ledger::Standing::unknown);
        ledger.close_page([&](pf_val) { ++lost; });
    }
    const Counts& counts = ledger.counts();
    CHECK(counts.received == counts.unique + counts.repeated);
    CHECK(counts.unique == counts.emitted + counts.filtered + counts.skipped + counts.lost);
    CHECK(counts.lost == lost);
    CHECK(lost > 0);
}

TEST_CASE("invalid UTF-8 is replaced part by part") {
    CHECK(replace_invalid_utf8("a\xFF"
                               "b") ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(replace_invalid_utf8("\xE2\x82") == "\xEF\xBF\xBD");
    CHECK(replace_invalid_utf8("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(replace_invalid_utf8("grün 日本 😀") == "grün 日本 😀");
    std::mt19937_64 random(6);
    for (int i = 0; i < 5000; ++i) {
        std::string bytes(random() % 50, ' ');
        for (char& byte : bytes) {
            byte = static_cast<char>(random() % 4 == 0 ? random() : 'a');
        }
        const std::string fixed = replace_invalid_utf8(bytes);
        CHECK(is_valid_utf8(fixed));
        CHECK((is_valid_utf8(bytes) ? fixed == bytes : fixed != bytes));
    }
    CHECK(cut_characters("日本語", 2) == "日本");
    CHECK(cut_characters("abc", 3) == "abc");
    CHECK(printable("a\x1b[31m\n") == "a [31m ");
}

TEST_CASE("values of a text that is gone read as absent, and are counted") {
    (void)take_stale_reads();
    const pf_reader& r = reader();
    Document document;
    REQUIRE(document.parse(R"({"a":{"b":"c"},"list":[1,2]})").ok());
    const pf_val root = document.root();
    const pf_val inner = value_at(root, {"a", "b"});
    const pf_val list = r.get(root, to_pf("list"));
    const pf_val first = r.first(list);
    // A text much shorter than the one before: places of the old one are beyond its end.
    REQUIRE(document.parse("7").ok());
    pf_str text{nullptr, 0};
    std::int64_t number = 5;
    CHECK(r.kind(root) == PF_KIND_ABSENT);
    CHECK(r.str(inner, &text) == 0);
    CHECK(r.i64(first, &number) == 0);
    CHECK(number == 5);
    CHECK(r.first(list).doc == 0);
    CHECK(r.next(list, first).doc == 0);
    CHECK(r.key(root, inner, &text) == 0);
    CHECK(take_stale_reads() == 6);
    CHECK(r.kind(pf_val{0, 0}) == PF_KIND_ABSENT);
    CHECK(r.kind(pf_val{0, 99}) == PF_KIND_ABSENT);
    CHECK(take_stale_reads() == 0);
    {
        Document other;
        REQUIRE(other.parse("[1]").ok());
        const pf_val one = other.root();
        CHECK(r.kind(one) == PF_KIND_ARRAY);
        other = Document();
        CHECK(r.kind(one) == PF_KIND_ABSENT);
    }
    CHECK_FALSE(document.parse("{").ok());
    CHECK(r.kind(root) == PF_KIND_ABSENT);
}

TEST_CASE("only the thread that parsed or adopted a document reads it") {
    Document document;
    REQUIRE(document.parse(R"(["x"])").ok());
    const pf_val root = document.root();
    int32_t kind = -1;
    std::thread([&] { kind = reader().kind(root); }).join();
    CHECK(kind == PF_KIND_ABSENT);
    CHECK(document.was_read_elsewhere());
    std::thread([&] {
        document.adopt();
        kind = reader().kind(root);
    }).join();
    CHECK(kind == PF_KIND_ARRAY);
    CHECK(reader().kind(root) == PF_KIND_ABSENT);
}

TEST_CASE("a step from a value that is no member of the container leads nowhere") {
    const pf_reader& r = reader();
    Document document;
    Document other;
    REQUIRE(document.parse(R"({"a":["x",2305843009213693951],"b":{"c":[1]},"d":1})").ok());
    REQUIRE(other.parse(R"({"k":["v","w"],"l":2})").ok());
    const pf_val root = document.root();
    const pf_val a = r.get(root, to_pf("a"));
    const pf_val x = r.first(a);
    pf_str text{nullptr, 0};
    CHECK(r.next(root, r.next(a, x)).doc == 0);
    CHECK(r.next(root, value_at(other.root(), {"l"})).doc == 0);
    CHECK(r.next(a, root).doc == 0);
    CHECK(r.next(a, r.get(root, to_pf("d"))).doc == 0);
    CHECK(r.key(root, value_at(other.root(), {"k"}), &text) == 0);
    CHECK(r.key(root, x, &text) == 0);
    CHECK(r.key(root, root, &text) == 0);
    CHECK(r.get(root, pf_str{nullptr, 3}).doc == 0);
    CHECK(r.get(root, pf_str{nullptr, 0}).doc == 0);
    REQUIRE(other.parse(R"({"":1})").ok());
    CHECK(r.get(other.root(), pf_str{nullptr, 0}).doc != 0);
}

TEST_CASE("findings are gathered by code and stay bounded") {
    Findings findings;
    for (int i = 0; i < 100; ++i) {
        findings.missing("same", "first text", "id" + std::to_string(i));
        findings.remark("code" + std::to_string(i), "n");
    }
    REQUIRE(findings.all_missing().size() == 1);
    CHECK(findings.all_missing()[0].count == 100);
    CHECK(findings.all_missing()[0].first_ids.size() == 5);
    REQUIRE(findings.all_notes().size() == Findings::most_words + 1);
    CHECK(findings.all_notes().back().code == Findings::further_words);
    CHECK(findings.all_notes().back().count == 100 - Findings::most_words);
}

TEST_CASE("a module's codes do not push out what the host has to say") {
    Findings findings;
    for (int i = 0; i < 1000; ++i) {
        findings.skip("code" + std::to_string(i), "n");
    }
    findings.missing("ERROR_MODULE_LOST", "t", "x", 3);
    REQUIRE(findings.all_missing().size() == Findings::most_words + 2);
    CHECK(findings.all_missing().back().code == "ERROR_MODULE_LOST");
    CHECK(findings.all_missing().back().count == 3);
}

TEST_CASE("what a module says comes out clean and short") {
    Findings findings;
    findings.skip("bad code\x1b\xFF" + std::string(1000, 'x'),
                  "why\n\xE2\x82" + std::string(5000, 'y'),
                  std::string(127, 'i') + "\xE2\x82\xAC" + std::string(1000, 'j'));
    findings.skip("bad code\x1b\xFF" + std::string(1000, 'x'), "again");
    findings.remark("", "");
    REQUIRE(findings.all_missing().size() == 1);
    const Finding& finding = findings.all_missing()[0];
    CHECK(finding.code == "bad_code__" + std::string(54, 'x'));
    CHECK(finding.count == 2);
    CHECK(is_valid_utf8(finding.text));
    CHECK_THAT(finding.text, Catch::StartsWith("why \xEF\xBF\xBDyyy"));
    CHECK(finding.text.size() < 1100);
    CHECK(finding.first_ids.at(0) == std::string(127, 'i') + "\xE2\x82\xAC");
    CHECK(findings.all_notes().at(0).code == "module.no_code");
}
