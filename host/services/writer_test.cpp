#include "host/services/writer.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

using namespace pf::host;
using namespace pf::host::services;

namespace {

// A writer for one output, JSON lines, and what it needs.
class Bench {
  public:
    explicit Bench(encoding::RowFormat format = encoding::RowFormat::json_line)
        : writer(bytes, findings, "https://pc:9440") {
        output.kind = "thing";
        output.group = "G";
        output.type = "T";
        output.data_keys = {{"a", EmptyForm::object},
                            {"b", EmptyForm::array},
                            {"c", EmptyForm::text},
                            {"d", EmptyForm::null}};
        encoding::RowShape shape;
        shape.resource_type = "X";
        slot.output = &output;
        slot.encoder = std::make_unique<encoding::RowEncoder>(format, shape, bytes);
    }
    void begin(std::string_view id = "id-1") { writer.begin(slot, id); }
    // The resource of the record finished now.
    std::string resource() {
        const Status done = writer.finish(true);
        INFO(done.text());
        REQUIRE(done.ok());
        const std::string_view row = bytes.view();
        const std::string_view mark = "\"resource\":";
        const auto at = row.find(mark) + mark.size();
        return std::string(row.substr(at, row.size() - at - 1));
    }
    std::string error() {
        const Status done = writer.finish(true);
        REQUIRE_FALSE(done.ok());
        CHECK(bytes.size() == 0);
        return done.message();
    }
    void data(std::string_view key) {
        writer.key("data");
        writer.open(false);
        writer.key(key);
    }

    Output output;
    encoding::Buffer bytes;
    Findings findings;
    WriterOutput slot;
    Writer writer;
};

}  // namespace

TEST_CASE("a record carries what was written, the empty forms of the rest, and its reference") {
    Bench bench;
    bench.begin();
    bench.writer.key("name");
    bench.writer.str("web");
    bench.writer.key("region");
    bench.writer.str("r1");
    bench.writer.key("instance_size");
    bench.writer.i64(4);
    bench.writer.key("link");
    bench.writer.str("/console");
    bench.writer.key("ip_addresses");
    bench.writer.open(true);
    bench.writer.str("10.0.0.1");
    bench.writer.close();
    bench.data("c");
    bench.writer.str("text");
    bench.writer.unknown("b");
    bench.writer.close();
    CHECK(bench.resource() ==
          R"({"name":"web","region_code":"r1","instance_size":4,"ip_addresses":["10.0.0.1"],)"
          R"("data":{"c":"text","a":{},"d":null},)"
          R"("reference":{"resource_id":"id-1","external_link":"https://pc:9440/console"}})");
    CHECK(bench.writer.region() == "r1");
}

TEST_CASE("a record without data or name carries every empty form, and its id as the name") {
    Bench bench;
    bench.begin();
    CHECK(bench.resource() == R"({"data":{"a":{},"b":[],"c":"","d":null},"name":"id-1",)"
                              R"("reference":{"resource_id":"id-1"}})");
    REQUIRE(bench.findings.all_notes().size() == 1);
    CHECK(bench.findings.all_notes()[0].code == "writer.no_name");
}

TEST_CASE("members whose key begins with a dollar sign are dropped whole") {
    Bench bench;
    bench.begin();
    bench.data("a");
    bench.writer.open(false);
    bench.writer.key("$reserved");
    bench.writer.open(false);
    bench.writer.key("deep");
    bench.writer.open(true);
    bench.writer.i64(1);
    bench.writer.close();
    bench.writer.close();
    bench.writer.key("$objectType");
    bench.writer.str("x");
    bench.writer.key("kept");
    bench.writer.boolean(true);
    bench.writer.close();
    bench.writer.close();
    CHECK(bench.resource().find(R"("a":{"kept":true})") != std::string::npos);
}

TEST_CASE("what CloudForet cannot keep is cut, replaced or turned into text") {
    Bench bench;
    bench.begin();
    bench.writer.key("instance_type");
    std::string text;
    for (int i = 0; i < 300; ++i) {
        text += "é";
    }
    bench.writer.str(text);
    bench.data("a");
    bench.writer.open(false);
    bench.writer.key("bad\xFFkey");
    bench.writer.str("\xC3");
    bench.writer.key("big");
    bench.writer.i64(9007199254740993);
    bench.writer.key("limit");
    bench.writer.i64(9007199254740992);
    bench.writer.close();
    bench.writer.close();
    const std::string row = bench.resource();
    CHECK(row.find("\"" + text.substr(0, 510) + "\"") != std::string::npos);
    CHECK(row.find("\"bad\xEF\xBF\xBDkey\":\"\xEF\xBF\xBD\"") != std::string::npos);
    CHECK(row.find(R"("big":"9007199254740993","limit":9007199254740992)") != std::string::npos);
    REQUIRE(bench.findings.all_notes().size() == 2);  // and it has no name
    CHECK(bench.findings.all_notes()[0].code == "writer.text_cut");
}

TEST_CASE("the first error sticks, and the record leaves no byte") {
    Bench bench;
    using Break = std::function<void(Writer&)>;
    const std::vector<std::pair<std::string, Break>> breaks = {
        {"without a key", [](Writer& w) { w.str("x"); }},
        {"is none of",
         [](Writer& w) {
             w.key("launched_at");
             w.str("ignored, since the first error sticks");
         }},
        {"written twice",
         [](Writer& w) {
             w.key("name");
             w.str("a");
             w.key("name");
         }},
        {"value was due",
         [](Writer& w) {
             w.key("name");
             w.key("region");
         }},
        {"number where",
         [](Writer& w) {
             w.key("name");
             w.i64(1);
         }},
        {"text where",
         [](Writer& w) {
             w.key("data");
             w.str("x");
         }},
        {"another form",
         [](Writer& w) {
             w.key("data");
             w.open(true);
         }},
        {"texts only",
         [](Writer& w) {
             w.key("ip_addresses");
             w.open(true);
             w.f64(1);
         }},
        {"leave the member out",
         [](Writer& w) {
             w.key("name");
             w.null();
         }},
        {"not finite",
         [](Writer& w) {
             w.key("instance_size");
             w.f64(std::nan(""));
         }},
        {"not listed",
         [](Writer& w) {
             w.key("data");
             w.open(false);
             w.key("z");
         }},
        {"without dots",
         [](Writer& w) {
             w.key("data");
             w.open(false);
             w.key("a.b");
         }},
        {"NUL",
         [](Writer& w) {
             w.key("tags");
             w.open(false);
             w.key({"a\0b", 3});
         }},
        {"nothing open", [](Writer& w) { w.close(); }},
        {"open container",
         [](Writer& w) {
             w.key("data");
             w.open(false);
         }},
        {"open container", [](Writer& w) { w.key("name"); }},
        {"1 MiB",
         [](Writer& w) {
             w.key("name");
             w.str(std::string(10u << 20, 'x'));
         }},
        {"1 MiB",
         [](Writer& w) {
             w.key("tags");
             w.open(false);
             for (int i = 0; i < 3000; ++i) {
                 w.key(std::to_string(i));
                 w.str(std::string(500, 'x'));
             }
         }},
        {"32 levels",
         [](Writer& w) {
             w.key("data");
             w.open(false);
             w.key("b");
             for (int i = 0; i < 10000; ++i) {
                 w.open(true);
             }
         }},
        {"after data was closed",
         [](Writer& w) {
             w.key("data");
             w.open(false);
             w.close();
             w.unknown("a");
         }},
    };
    for (const auto& [words, spoil] : breaks) {
        bench.begin();
        spoil(bench.writer);
        INFO(words);
        CHECK(bench.error().find(words) != std::string::npos);
    }
    bench.begin("");
    CHECK(bench.error().find("identity") != std::string::npos);
    bench.begin("\xFF");
    CHECK(bench.error().find("identity") != std::string::npos);
    CHECK_FALSE(bench.writer.finish(true).ok());
    bench.begin();
    CHECK(bench.writer.finish(false).ok());
    CHECK(bench.bytes.size() == 0);
    bench.begin();
    CHECK_FALSE(bench.resource().empty());
}

TEST_CASE("random token streams never break the bytes before them") {
    std::mt19937_64 random(99);
    for (int round = 0; round < 2000; ++round) {
        Bench bench;
        bench.begin("first");
        (void)bench.resource();
        const std::string before(bench.bytes.view());
        bench.begin("second");
        for (int i = static_cast<int>(random() % 60); i > 0; --i) {
            static const char* keys[] = {"name", "data", "tags",         "a",
                                         "b",    "$x",   "ip_addresses", "link"};
            switch (random() % 8) {
                case 0:
                case 1:
                case 2:
                    bench.writer.key(keys[random() % 8]);
                    break;
                case 3:
                    bench.writer.str("s");
                    break;
                case 4:
                    bench.writer.i64(1);
                    break;
                case 5:
                    bench.writer.open(false);
                    break;
                case 6:
                    bench.writer.open(true);
                    break;
                default:
                    bench.writer.close();
                    break;
            }
        }
        const Status done = bench.writer.finish(true);
        CHECK(bench.bytes.view().substr(0, before.size()) == before);
        if (!done.ok()) {
            CHECK(bench.bytes.size() == before.size());
        }
    }
}

namespace {

// Tells the same to several writers, and writes down what JSON text should come of it.
class Telling {
  public:
    Telling(std::mt19937_64& random, std::vector<Writer*> writers)
        : random_(random), writers_(std::move(writers)) {}

    void value(int depth) {
        switch (random_() % (depth > 4 ? 5 : 8)) {
            case 0:
                all([](Writer& w) { w.i64(-42); });
                expected += "-42";
                return;
            case 1:
                all([](Writer& w) { w.f64(0.5); });
                expected += "0.5";
                return;
            case 2:
                all([](Writer& w) { w.boolean(true); });
                expected += "true";
                return;
            case 3:
                all([](Writer& w) { w.null(); });
                expected += "null";
                return;
            case 4:
                text();
                return;
            case 5:
                all([](Writer& w) { w.open(true); });
                expected += '[';
                for (std::size_t i = random_() % 5; i > 0; --i) {
                    value(depth + 1);
                    expected += i > 1 ? "," : "";
                }
                all([](Writer& w) { w.close(); });
                expected += ']';
                return;
            default:
                all([](Writer& w) { w.open(false); });
                expected += '{';
                members(depth + 1);
                all([](Writer& w) { w.close(); });
                expected += '}';
        }
    }

    // One of all mistakes, wherever it is.
    void mistake() {
        static const std::string invalid = "a.b";
        switch (random_() % 6) {
            case 0:
                all([](Writer& w) { w.key("k"), w.key("l"); });
                return;
            case 1:
                all([](Writer& w) { w.key(invalid); });
                return;
            case 2:
                all([](Writer& w) { w.key(""); });
                return;
            case 3:
                all([](Writer& w) { w.key("k"), w.close(); });
                return;
            case 4:
                all([](Writer& w) { w.str("x"), w.str("x"), w.close(), w.close(); });
                return;
            default:
                all([](Writer& w) { w.unknown("nobody"); });
        }
    }

    void data(bool with_mistake) {
        all([](Writer& w) {
            w.key("data");
            w.open(false);
        });
        expected = "{";
        for (const char* key : {"a", "b", "c", "d"}) {
            all([&](Writer& w) { w.key(key); });
            expected += (expected.size() > 1 ? ",\"" : "\"") + std::string(key) + "\":";
            value(1);
        }
        if (with_mistake) {
            mistake();
        }
        all([](Writer& w) { w.close(); });
        expected += '}';
    }

    std::string expected;

  private:
    void text() {
        static const std::vector<std::pair<std::string, std::string>> texts = {
            {"", ""},
            {"plain", "plain"},
            {std::string(40, 'x'), std::string(40, 'x')},
            {"a\"b", "a\\\"b"},
            {"tab\there", "tab\\there"},
            {"grün", "grün"},
            {"bad\xFF", "bad\xEF\xBF\xBD"}};
        const auto& [given, shown] = texts[random_() % texts.size()];
        all([text = std::string_view(given)](Writer& w) { w.str(text); });
        expected += '"' + shown + '"';
    }

    void members(int depth) {
        bool is_first = true;
        for (std::size_t i = random_() % 5; i > 0; --i) {
            const bool is_dropped = random_() % 6 == 0;
            const std::string key = (is_dropped           ? "$"
                                     : random_() % 8 == 0 ? "grün"
                                                          : "k") +
                                    std::to_string(i);
            all([&](Writer& w) { w.key(key); });
            const std::string before = expected;
            expected += (is_first ? "\"" : ",\"") + key + "\":";
            value(depth);
            if (is_dropped) {
                expected = before;
            } else {
                is_first = false;
            }
        }
    }

    template <class F>
    void all(F tell) {
        for (Writer* writer : writers_) {
            tell(*writer);
        }
    }

    std::mt19937_64& random_;
    std::vector<Writer*> writers_;
};

}  // namespace

TEST_CASE("the quick way writes, accepts and refuses what the general way does") {
    std::mt19937_64 random(3);
    for (int round = 0; round < 3000; ++round) {
        Bench lines;
        Bench rows(encoding::RowFormat::wire_json_data);
        Bench structs(encoding::RowFormat::wire_struct);  // never goes the quick way
        for (Bench* bench : {&lines, &rows, &structs}) {
            bench->begin();
        }
        Telling telling(random, {&lines.writer, &rows.writer, &structs.writer});
        const bool with_mistake = round % 2 == 1;
        telling.data(with_mistake);
        const Status by_general = structs.writer.finish(true);
        const Status by_quick = lines.writer.finish(true);
        REQUIRE(by_general.ok() != with_mistake);
        REQUIRE(by_quick.message() == by_general.message());
        REQUIRE(rows.writer.finish(true).message() == by_general.message());
        if (with_mistake) {
            REQUIRE(lines.bytes.size() + rows.bytes.size() == 0);
        } else {
            INFO(telling.expected);
            REQUIRE(lines.bytes.view().find("\"data\":" + telling.expected + ",\"name") !=
                    std::string_view::npos);
            REQUIRE(rows.bytes.view().find(telling.expected) != std::string_view::npos);
        }
        // After a record nothing is open, whatever it ended with.
        lines.writer.key("k");
        lines.writer.str("v");
        lines.writer.close();
        const std::size_t size = lines.bytes.size();
        REQUIRE_FALSE(lines.writer.finish(true).ok());
        REQUIRE(lines.bytes.size() == size);
    }
}
