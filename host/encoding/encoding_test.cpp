#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>
#include <random>

#include "host/encoding/json_text.hpp"
#include "host/encoding/row_encoder.hpp"
#include "host/encoding/struct_wire.hpp"

using namespace pf::host::encoding;
namespace gpb = google::protobuf;

namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

std::string random_text(Random& random) {
    static const std::vector<std::string> parts = {
        "a", "web-01", "\"", "\\",   "\n", "\t", std::string(1, '\0'), "\x7f",
        "é", "日",     "😀",  "\x1b", "/",  " ",  "</script>"};
    std::string text;
    const std::size_t count = below(random, 8) == 0 ? below(random, 400) : below(random, 6);
    for (std::size_t i = 0; i < count; ++i) {
        text += parts[below(random, parts.size())];
    }
    return text;
}

double random_number(Random& random) {
    switch (below(random, 4)) {
        case 0:
            return static_cast<double>(static_cast<std::int64_t>(random()) >> 12);
        case 1:
            return static_cast<double>(below(random, 100)) / 8;
        case 2:
            return -0.0;
        default:
            return std::ldexp(static_cast<double>(random() >> 11),
                              static_cast<int>(below(random, 400)) - 200);
    }
}

// Makes a random value, sends it to both encoders, and builds it with the official classes.
class Trio {
  public:
    Trio(Random& random, Tokens& first, Tokens& second)
        : random_(random), first_(first), second_(second) {}

    void value(gpb::Value& expected, int depth) {
        switch (below(random_, depth > 5 ? 5 : 8)) {
            case 0: {
                const std::string text = random_text(random_);
                both([&](Tokens& out) { out.str(text); });
                expected.set_string_value(text);
                break;
            }
            case 1: {
                const double number = random_number(random_);
                both([&](Tokens& out) { out.f64(number); });
                expected.set_number_value(number);
                break;
            }
            case 2: {
                const auto number = static_cast<std::int64_t>(random_());
                both([&](Tokens& out) { out.i64(number); });
                if (number > largest_exact || number < -largest_exact) {
                    expected.set_string_value(std::to_string(number));
                } else {
                    expected.set_number_value(static_cast<double>(number));
                }
                break;
            }
            case 3: {
                const bool truth = below(random_, 2) == 0;
                both([&](Tokens& out) { out.boolean(truth); });
                expected.set_bool_value(truth);
                break;
            }
            case 4:
                both([](Tokens& out) { out.null(); });
                expected.set_null_value(gpb::NULL_VALUE);
                break;
            case 5:
                both([](Tokens& out) { out.open_array(); });
                expected.mutable_list_value();
                for (std::size_t i = below(random_, 12); i > 0; --i) {
                    value(*expected.mutable_list_value()->add_values(), depth + 1);
                }
                both([](Tokens& out) { out.close(); });
                break;
            default:
                object(*expected.mutable_struct_value(), depth);
        }
    }

    void object(gpb::Struct& expected, int depth) {
        both([](Tokens& out) { out.open_object(); });
        members(expected, depth);
        both([](Tokens& out) { out.close(); });
    }

    void members(gpb::Struct& expected, int depth) {
        for (std::size_t i = below(random_, 12); i > 0; --i) {
            const std::string key = random_text(random_) + std::to_string(i);
            both([&](Tokens& out) { out.key(key); });
            value((*expected.mutable_fields())[key], depth + 1);
        }
    }

  private:
    template <class F>
    void both(F send) {
        send(first_);
        send(second_);
    }
    Random& random_;
    Tokens& first_;
    Tokens& second_;
};

}  // namespace

TEST_CASE("random documents: the official parser reads both encodings as equal") {
    Random random(20240611);
    Buffer wire_bytes;
    Buffer json_bytes;
    for (int round = 0; round < 3000; ++round) {
        wire_bytes.clear();
        json_bytes.clear();
        StructWire wire(wire_bytes);
        JsonText json(json_bytes);
        wire.open_message(4);
        json.open_object();
        gpb::Struct expected;
        Trio(random, wire, json).members(expected, 0);
        wire.close();
        json.close();

        // Field 4 of an enclosing message: ListValue has no field 4, so read it as a group member
        // by hand: tag, length, body.
        const std::string_view bytes = wire_bytes.view();
        REQUIRE(bytes[0] == 0x22);
        std::size_t at = 1;
        std::uint64_t length = 0;
        for (int shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(bytes[at++]);
            length |= std::uint64_t{byte & 127u} << shift;
            if (byte < 128) {
                break;
            }
        }
        REQUIRE(length == bytes.size() - at);
        gpb::Struct from_wire;
        REQUIRE(from_wire.ParseFromArray(bytes.data() + at, static_cast<int>(length)));
        REQUIRE(gpb::util::MessageDifferencer::Equals(from_wire, expected));
        // Shortest lengths everywhere: the official serializer needs as many bytes.
        REQUIRE(from_wire.ByteSizeLong() == length);

        gpb::Struct from_json;
        const auto status =
            gpb::util::JsonStringToMessage(std::string(json_bytes.view()), &from_json);
        INFO(json_bytes.view());
        REQUIRE(status.ok());
        REQUIRE(gpb::util::MessageDifferencer::Equals(from_json, expected));
    }
}

TEST_CASE("lengths that cross one, two and three bytes at every level") {
    for (const std::size_t size : {0u, 1u, 100u, 110u, 120u, 125u, 126u, 127u, 128u, 130u, 16370u,
                                   16380u, 16383u, 16384u, 16400u, 2097140u, 2097152u}) {
        Buffer bytes;
        StructWire wire(bytes);
        wire.open_message(6);
        wire.key("outer");
        wire.open_object();
        wire.key("list");
        wire.open_array();
        wire.str(std::string(size, 'x'));
        wire.open_array();
        wire.close();
        wire.close();
        wire.key("after");
        wire.open_text();
        bytes.append(std::string(size, 'y'));
        wire.close();
        wire.close();
        wire.close();
        gpb::Struct parsed;
        const std::size_t header = 1 + (bytes.size() < 130       ? 1u
                                        : bytes.size() < 16387   ? 2u
                                        : bytes.size() < 2097156 ? 3u
                                                                 : 4u);
        REQUIRE(
            parsed.ParseFromArray(bytes.data() + header, static_cast<int>(bytes.size() - header)));
        const auto& outer = parsed.fields().at("outer").struct_value().fields();
        CHECK(outer.at("list").list_value().values(0).string_value().size() == size);
        CHECK(outer.at("after").string_value() == std::string(size, 'y'));
    }
}

TEST_CASE("a row carries its constants and its data in each form") {
    RowShape shape;
    shape.resource_type = "inventory.CloudService";
    shape.match_keys = {"reference.resource_id", "provider"};
    shape.constants = {{"provider", "nutanix"}, {"account", "pc"}};
    shape.metadata = R"({"view":{"sub_data":{}}})";
    Buffer bytes;
    RowEncoder rows(RowFormat::json_line, shape, bytes);
    for (int i = 0; i < 2; ++i) {
        bytes.clear();
        rows.begin();
        rows.top().key("name");
        rows.top().str("web");
        Tokens& data = rows.begin_data();
        data.open_object();
        data.key("core");
        data.i64(4);
        data.close();
        rows.end_data();
        rows.end();
        CHECK(bytes.view() ==
              R"({"state":"SUCCESS","resource_type":"inventory.CloudService",)"
              R"("match_rules":{"1":["reference.resource_id","provider"]},"resource":)"
              R"({"provider":"nutanix","account":"pc","metadata":{"view":{"sub_data":{}}},)"
              R"("name":"web","data":{"core":4}}})");
    }
}

TEST_CASE("plain text is ASCII that JSON does not escape, whatever its length") {
    for (std::size_t size = 0; size < 40; ++size) {
        std::string text(size, 'x');
        std::string copy(size, '?');
        CHECK(is_plain(text));
        CHECK(copy_plain(copy.data(), text));
        CHECK(copy == text);
        for (std::size_t at = 0; at < size; ++at) {
            for (const int byte : {0x00, 0x09, 0x1F, 0x20, 0x21, 0x22, 0x2E, 0x2F, 0x5B, 0x5C, 0x5D,
                                   0x7E, 0x7F, 0x80, 0xC3, 0xFF}) {
                text[at] = static_cast<char>(byte);
                const bool expected = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
                if (is_plain(text) != expected || copy_plain(copy.data(), text) != expected ||
                    is_plain(text, '.') != (expected && byte != '.') ||
                    (expected && copy != text)) {
                    FAIL("byte " << byte << " at " << at << " of " << size);
                }
            }
            text[at] = 'x';
        }
    }
}

TEST_CASE("the quick ways give what the long ways give") {
    Random random(7);
    for (int round = 0; round < 2000; ++round) {
        Buffer quick_bytes;
        Buffer long_bytes;
        JsonText quick(quick_bytes);
        JsonText slow(long_bytes);
        quick.open_object();
        slow.open_object();
        for (std::size_t i = below(random, 6); i > 0; --i) {
            const std::string key = random_text(random);
            const std::string text = random_text(random);
            if (!quick.plain_key(key)) {
                quick.key(key);
            }
            quick.open_array();
            for (int twice = 0; twice < 2; ++twice) {
                if (!quick.plain_str(text)) {
                    quick.str(text);
                }
            }
            quick.close();
            slow.key(key);
            slow.open_array();
            slow.str(text);
            slow.str(text);
            slow.close();
        }
        quick.close();
        slow.close();
        REQUIRE(quick_bytes.view() == long_bytes.view());
    }
}

TEST_CASE("a block's memory goes back to its pool, from wherever it dies") {
    auto pool = std::make_shared<BlockPool>(1);
    Buffer rows;
    Block first = rows.take(pool->take());
    CHECK(first.size() == 0);
    rows.append(std::string(10000, 'a'));
    first = rows.take(pool->take());
    CHECK(std::string_view(first.data(), first.size()) == std::string(10000, 'a'));
    rows.append("b");
    Block second = rows.take(pool->take());
    CHECK(second.capacity() >= 10000);  // what the first came to need
    const char* const memory = second.data();
    second = Block();
    CHECK(pool->take().data() == memory);  // and back it goes at once
    {
        const Block kept = pool->take();
        first = Block();  // the pool keeps one
        CHECK(kept.data() == memory);
    }
    Block last = pool->take();
    pool.reset();
    last.reserve(100);
    last.data()[0] = 'x';  // outlives the pool's last user
}

TEST_CASE("text that is no JSON is not replayed") {
    Buffer bytes;
    JsonText json(bytes);
    CHECK_FALSE(replay_json("{\"a\":", json));
    CHECK_FALSE(replay_json(std::string(200, '['), json));
    bytes.clear();
    json.reset();
    CHECK(replay_json(R"({"a":[1,2.5,"x",null,true,18446744073709551615]})", json));
    CHECK(bytes.view() == R"({"a":[1,2.5,"x",null,true,"18446744073709551615"]})");
}
