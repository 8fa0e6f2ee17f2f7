// The rules of writer.h, as the fake host's recorder keeps them.
#include <catch2/catch.hpp>
#include <limits>
#include <prismforet/testing.hpp>

namespace {

using pf::testing::Json;
using pf::testing::Record;
using pf::testing::Recorder;

const Json descriptor =
    Json::parse(R"({"outputs":[{"kind":"x","data":{"o":{},"a":[],"t":"","n":null}}]})");

struct Result {
    bool is_good = false;
    std::string error;
    std::string text;
    std::vector<std::string> notes;
};

// Writes one record with `body` and ends it.
template <class Body>
Result record(const Body& body, std::string_view id = "id") {
    Result result;
    Recorder recorder(descriptor, [&](auto code, auto, auto) { result.notes.emplace_back(code); });
    recorder.begin(0, id);
    body(recorder);
    Record out;
    result.is_good = recorder.end(out);
    result.error = recorder.error();
    if (result.is_good) result.text = out.text();
    return result;
}

// Writes {"data":{"o":{...}}} with `body` inside `o`.
template <class Body>
Result in_data(const Body& body) {
    return record([&](Recorder& out) {
        out.key("data");
        out.open(PF_KIND_OBJECT);
        out.key("o");
        out.open(PF_KIND_OBJECT);
        body(out);
        out.close();
        out.close();
    });
}

}  // namespace

TEST_CASE("what was not written goes out in its empty form") {
    CHECK(record([](Recorder&) {}).text == R"({"data":{"a":[],"n":null,"o":{},"t":""},"id":"id"})");
    CHECK(record([](Recorder& out) { out.unknown("a"); }).text ==
          R"({"data":{"n":null,"o":{},"t":""},"id":"id","unknown":["a"]})");
}

TEST_CASE("dollar keys vanish with all they hold, and huge numbers become texts") {
    const Result result = in_data([](Recorder& out) {
        out.key("$a");
        out.open(PF_KIND_OBJECT);
        out.key("x.y");
        out.f64(std::numeric_limits<double>::infinity());
        out.close();
        out.key("$b");
        out.str("x");
        out.key("big");
        out.i64((std::int64_t{1} << 53) + 1);
        out.key("edge");
        out.i64(-(std::int64_t{1} << 53));
        out.key("bad");
        out.str("\xFF");
        out.key("begun");  // one mark for a character that does not go on, as the host makes it
        out.str("\xE2\x82|\xF0\x9F\x98|\xC0\x80|\xED\xA0");
    });
    CHECK(result.text ==
          R"({"data":{"a":[],"n":null,"o":{"bad":"�","begun":"�|�|��|��","big":"9007199254740993",)"
          R"("edge":-9007199254740992},"t":""},"id":"id"})");
}

TEST_CASE("short texts are cut with a note, the region is not") {
    const std::string longer(300, 'x');
    const Result cut = record([&](Recorder& out) {
        out.key("instance_type");
        out.str(longer);
        out.key("ip_addresses");
        out.open(PF_KIND_ARRAY);
        out.str(longer);
        out.close();
    });
    CHECK(cut.is_good);
    CHECK(cut.notes.size() == 2);
    CHECK(cut.text.size() < 600);
    for (const std::string& region : {longer, std::string("r\xFF")}) {
        CHECK_FALSE(record([&](Recorder& out) {
                        out.key("region");
                        out.str(region);
                    }).is_good);
    }
}

TEST_CASE("an id is 1 to 1024 bytes of UTF-8") {
    const auto nothing = [](Recorder&) {};
    CHECK(record(nothing, std::string(1024, 'x')).is_good);
    for (const std::string& id : {std::string(), std::string(1025, 'x'), std::string("\xC3")}) {
        CHECK_FALSE(record(nothing, id).is_good);
    }
}

TEST_CASE("every misuse is refused with a reason") {
    using Body = std::function<void(Recorder&)>;
    const Body top_level[] = {
        [](Recorder& out) {
            out.key("account");
            out.str("x");
        },
        [](Recorder& out) { out.str("x"); },
        [](Recorder& out) { out.key("name"); },
        [](Recorder& out) {
            out.key("name");
            out.key("link");
        },
        [](Recorder& out) {
            out.key("name");
            out.i64(1);
        },
        [](Recorder& out) {
            out.key("name");
            out.null();
        },
        [](Recorder& out) {
            out.key("name");
            out.str("a");
            out.key("name");
            out.str("b");
        },
        [](Recorder& out) {
            out.key("data");
            out.open(PF_KIND_ARRAY);
            out.close();
        },
        [](Recorder& out) {
            out.key("data");
            out.open(PF_KIND_OBJECT);
        },
        [](Recorder& out) { out.close(); },
        [](Recorder& out) {
            out.key("ip_addresses");
            out.open(PF_KIND_ARRAY);
            out.i64(1);
            out.close();
        },
        [](Recorder& out) {
            out.key("instance_size");
            out.f64(std::numeric_limits<double>::quiet_NaN());
        },
        [](Recorder& out) {
            out.key("data");
            out.open(PF_KIND_OBJECT);
            out.key("zz");
            out.null();
            out.close();
        },
        [](Recorder& out) { out.unknown("zz"); },
        [](Recorder& out) {
            out.unknown("a");
            out.unknown("a");
        },
        [](Recorder& out) {
            out.unknown("a");
            out.key("data");
            out.open(PF_KIND_OBJECT);
            out.key("a");
            out.null();
            out.close();
        },
        [](Recorder& out) {
            out.key("data");
            out.open(PF_KIND_OBJECT);
            out.close();
            out.unknown("a");
        },
        [](Recorder& out) { out.begin(0, "second"); },
    };
    for (const Body& body : top_level) {
        const Result result = record(body);
        CHECK_FALSE(result.is_good);
        CHECK_FALSE(result.error.empty());
    }
    const Body inner[] = {
        [](Recorder& out) {
            out.key("a.b");
            out.null();
        },
        [](Recorder& out) {
            out.key(std::string_view("a\0b", 3));
            out.null();
        },
        [](Recorder& out) {
            out.key("");
            out.null();
        },
        [](Recorder& out) {
            out.key("x");
            out.f64(-std::numeric_limits<double>::infinity());
        },
        [](Recorder& out) {
            for (int i = 0; i < 31; ++i) {
                out.key("x");
                out.open(PF_KIND_OBJECT);
            }
            for (int i = 0; i < 31; ++i) out.close();
        },
        [](Recorder& out) {
            const std::string text(70'000, 'x');
            for (char c = 'a'; c < 'q'; ++c) {
                out.key(std::string(1, c));
                out.str(text);
            }
        },
    };
    for (const Body& body : inner) {
        const Result result = in_data(body);
        CHECK_FALSE(result.is_good);
        CHECK_FALSE(result.error.empty());
    }
    CHECK_FALSE(record([](Recorder&) {}, "").is_good);
    CHECK_FALSE(record([](Recorder&) {}, std::string(1025, 'x')).is_good);
}

TEST_CASE("32 levels are allowed, and tags may have dots") {
    CHECK(in_data([](Recorder& out) {
              for (int i = 0; i < 30; ++i) {
                  out.key("x");
                  out.open(PF_KIND_OBJECT);
              }
              for (int i = 0; i < 30; ++i) out.close();
          }).is_good);
    CHECK(record([](Recorder& out) {
              out.key("tags");
              out.open(PF_KIND_OBJECT);
              out.key("a.b");
              out.str("c");
              out.close();
          }).is_good);
}
