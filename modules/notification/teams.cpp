#include <utility>

#include "formats.hpp"
#include "json_text.hpp"
#include "texts.hpp"

namespace notification {
namespace {

// Teams takes about 28 KB, all included.
constexpr std::size_t most_bytes = 28'000;
// It shows no more buttons of one set.
constexpr std::size_t most_ways = 6;
constexpr std::size_t most_title = 520;
constexpr std::size_t most_fact = 300;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether a line begins with this many digits and nothing else, as the number of a list does.
bool ends_with_number(std::string_view before) {
    std::size_t digits = 0;
    while (digits < before.size() && is_digit(before[before.size() - 1 - digits])) ++digits;
    before.remove_suffix(digits);
    return digits != 0 && (before.empty() || before.back() == '\n');
}

// As a character of Markdown that stands for itself. One line is a paragraph, else Teams would
// join lines.
void escape_markdown(std::string& out, std::string_view character, std::string_view before) {
    const char c = character[0];
    if (c == '\n') {
        out += "\n\n";
        return;
    }
    if (c == ' ' && !before.empty() && before.back() == '\n') {
        out += "\u00A0";  // else an indented line would be code
        return;
    }
    const bool is_first = before.empty() || before.back() == '\n' || before.back() == ' ';
    const bool is_mark = std::string_view("\\`*_[]()#~|<>&!").find(c) != std::string_view::npos;
    const bool is_item =
        ((c == '-' || c == '+' || c == '=') && is_first) || (c == '.' && ends_with_number(before));
    if (is_mark || is_item) out += '\\';
    out += character;
}

std::string escaped(std::string_view text, std::size_t most) {
    return fit(fit(text, most), text.size() * 2, &escape_markdown);
}

std::string_view color_of(pf::NoticeLevel level) {
    switch (level) {
        case pf::NoticeLevel::success:
            return "Good";
        case pf::NoticeLevel::warning:
            return "Warning";
        case pf::NoticeLevel::error:
            return "Attention";
        case pf::NoticeLevel::info:
            break;
    }
    return "Accent";
}

// How much of a message the card shows.
struct Extent {
    std::size_t description = 0;  // UTF-16 units
    std::size_t tags = 0;
    std::size_t ways = 0;
};

void write_facts(JsonText& json, const std::vector<Tag>& tags, std::size_t most) {
    if (tags.empty() || most == 0) return;
    json.begin('{').text("type", "FactSet").begin("facts", '[');
    for (std::size_t i = 0; i < tags.size() && i < most; ++i) {
        json.begin('{').text("title", escaped(tags[i].key, most_fact));
        json.text("value", escaped(tags[i].value, most_fact)).end('}');
    }
    json.end(']').end('}');
}

void write_ways(JsonText& json, const std::vector<Callback>& ways) {
    if (ways.empty()) return;
    json.begin('{').text("type", "ActionSet").begin("actions", '[');
    for (const Callback& one : ways) {
        json.begin('{').text("type", "Action.OpenUrl").text("title", one.label);
        json.text("url", one.url).end('}');
    }
    json.end(']').end('}');
}

void write_body(JsonText& json, const Message& message, const Extent& extent) {
    json.begin('{')
        .text("type", "TextBlock")
        .text("text", escaped(headline(message, most_title), most_title));
    json.text("size", "Large").text("weight", "Bolder").text("color", color_of(message.level));
    json.yes("wrap").end('}');
    if (!message.description.empty() && extent.description != 0) {
        json.begin('{').text("type", "TextBlock");
        json.text("text", escaped(message.description, extent.description)).yes("wrap").end('}');
    }
    write_facts(json, message.tags, extent.tags);
    if (!message.image.empty()) {
        json.begin('{').text("type", "Image").text("url", message.image);
        json.text("altText", message.title).end('}');
    }
    write_ways(json, message.ways(extent.ways));
    const std::string origin = message.origin();
    if (origin.empty()) return;
    json.begin('{').text("type", "TextBlock").text("text", escaped(origin, most_fact));
    json.text("size", "Small").yes("isSubtle").yes("wrap").end('}');
}

std::string card(const Message& message, const Extent& extent) {
    JsonText json;
    json.begin('{').text("type", "message").begin("attachments", '[').begin('{');
    json.text("contentType", "application/vnd.microsoft.card.adaptive").begin("content", '{');
    json.text("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    json.text("type", "AdaptiveCard").text("version", "1.4").begin("body", '[');
    write_body(json, message, extent);
    return json.end(']').end('}').end('}').end(']').end('}').take();
}

}  // namespace

std::string teams(const Message& message) {
    Extent extent{length_of(message.description), message.tags.size(), most_ways};
    std::string out = card(message, extent);
    if (out.size() <= most_bytes) return out;
    // The longest description that fits lies between these two.
    std::size_t too_long = extent.description + 1;
    extent.description = 0;
    out = card(message, extent);
    while (out.size() > most_bytes && extent.tags + extent.ways != 0) {
        --(extent.tags != 0 ? extent.tags : extent.ways);
        out = card(message, extent);
    }
    while (extent.description + 1 < too_long) {
        Extent longer = extent;
        longer.description = (extent.description + too_long) / 2;
        std::string tried = card(message, longer);
        if (tried.size() > most_bytes) {
            too_long = longer.description;
        } else {
            extent = longer;
            out = std::move(tried);
        }
    }
    return out;
}

}  // namespace notification
