// Messages of any shape: whatever comes, what goes out is whole, within limits and always the same.
#include <catch2/catch.hpp>

#include <random>

#include "test_messages.hpp"
#include "texts.hpp"

using namespace notification_test;
using pf::testing::Json;

namespace {

constexpr std::string_view keys[] = {
    "title", "description", "link",        "image_url",   "short_message", "tags", "callbacks",
    "key",   "value",       "occurred_at", "domain_name", "label",         "url",  "occured_at"};
constexpr std::string_view pieces[] = {
    "<script", "</script>", "\"",           "'",       "&",    "\\", "\r\n",   "\n",     "\x01",
    "\x7f",    "\xC2\x85",  "가나다",       "😀",       "*_~",  "`",  "[a](b)", "1. ",    "- ",
    "    ",    "#",         "https://a.b/", "http://", "data", ": ", "word",   "\u2028", "-->",
    "]]>",     "{{",        "@channel"};

class Source {
  public:
    explicit Source(std::uint32_t seed) : engine_(seed) {}

    std::size_t below(std::size_t end) { return engine_() % end; }

    Json message() {
        Json out = Json::empty(PF_KIND_OBJECT);
        for (const std::string_view key : keys) {
            if (below(4) != 0) out.add(key, below(3) == 0 ? value(0) : usual(key));
        }
        return out;
    }

  private:
    std::string text() {
        std::string out;
        const std::size_t count = below(20) == 0 ? below(5000) : below(12);
        for (std::size_t i = 0; i < count; ++i) out += pieces[below(std::size(pieces))];
        return out;
    }

    // Of the type that belongs there.
    Json usual(std::string_view key) {
        if (key != "tags" && key != "callbacks") {
            const bool is_address = key == "link" || key == "image_url" || key == "url";
            return Json::of(std::string_view((is_address ? "https://a.b/" : "") + text()));
        }
        Json out = Json::empty(PF_KIND_ARRAY);
        const std::size_t count = below(40);
        for (std::size_t i = 0; i < count; ++i) {
            Json& one = out.add("", Json::empty(PF_KIND_OBJECT));
            for (const std::string_view member : {"key", "value", "label", "url"}) {
                one.add(member, below(6) == 0 ? value(1) : usual(member));
            }
        }
        return out;
    }

    Json value(std::size_t depth) {
        const auto kind = static_cast<std::int32_t>(1 + below(depth > 6 ? 5 : 7));
        switch (kind) {
            case PF_KIND_BOOL:
                return Json::of(below(2) == 0);
            case PF_KIND_INT:
                return Json::of(static_cast<std::int64_t>(engine_()) - 1'000'000'000);
            case PF_KIND_FLOAT:
                return Json::of(static_cast<double>(engine_()) * 1e-3);
            case PF_KIND_STRING:
                return Json::of(std::string_view(text()));
            case PF_KIND_NULL:
                return Json::empty(kind);
            default:
                break;
        }
        Json out = Json::empty(kind);
        const std::size_t count = below(5);
        for (std::size_t i = 0; i < count; ++i) {
            out.add(kind == PF_KIND_OBJECT ? keys[below(std::size(keys))] : "", value(depth + 1));
        }
        return out;
    }

    std::mt19937 engine_;
};

// No control characters but line ends, and valid UTF-8, in a text that goes out.
bool is_clean(const std::string& text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n') || byte == 0x7F) return false;
    }
    return pf::testing::valid_utf8(text) == text;
}

bool is_clean(const Json& json) {
    if (!is_clean(json.text)) return false;
    for (const Json& child : json.children) {
        if (!is_clean(child)) return false;
    }
    return true;
}

void check_post(std::string_view format, const std::string& body) {
    const Json json = Json::parse(body);
    CHECK(is_clean(json));
    if (format == "teams") CHECK(body.size() <= 28'000);
    if (format != "slack") return;
    const Json& blocks = json["attachments"].at(0)["blocks"];
    CHECK(blocks.children.size() <= 50);
    for (const Json& block : blocks.children) {
        CHECK(notification::length_of(block["text"]["text"].text) <= 3000);
        CHECK(block["fields"].children.size() <= 10);
    }
}

}  // namespace

TEST_CASE("messages of any shape") {
    const std::uint64_t odd_before = pf::testing::odd_reads();
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        INFO("seed " << seed);
        const Json message = Source(seed).message();
        for (const std::string_view format : formats) {
            INFO(format);
            const auto made = sent(format, message);
            CHECK(made == sent(format, message));
            for (const std::string& text : {made.subject, made.body, made.html}) {
                CHECK(is_clean(text));
            }
            CHECK(made.html.find("<script") == std::string::npos);
            if (format != "email") {
                check_post(format, made.body);
                continue;
            }
            CHECK(made.subject.starts_with("[ERROR] "));
            CHECK(made.subject.find('\n') == std::string::npos);
            CHECK(notification::length_of(made.subject) <= 200);
            CHECK(made.html.ends_with("</body>\n</html>\n"));
        }
    }
    CHECK(pf::testing::odd_reads() == odd_before);
}
