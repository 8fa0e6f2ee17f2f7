// Slack's limits: https://docs.slack.dev/reference/block-kit/blocks
#include "formats.hpp"
#include "json_text.hpp"
#include "texts.hpp"

namespace notification {
namespace {

constexpr std::size_t most_header = 150;
constexpr std::size_t most_section = 3000;
constexpr std::size_t most_field = 2000;
constexpr std::size_t fields_per_section = 10;
constexpr std::size_t most_label = 75;
constexpr std::size_t most_ways = 10;

// Slack has no way to show a mark such as '*' for what it is, so only what may do harm is escaped.
void escape_mark(std::string& out, std::string_view character, std::string_view) {
    if (character == "&") {
        out += "&amp;";
    } else if (character == "<") {
        out += "&lt;";
    } else if (character == ">") {
        out += "&gt;";
    } else {
        out += character;
    }
}

std::string_view color_of(pf::NoticeLevel level) {
    switch (level) {
        case pf::NoticeLevel::success:
            return "#2eb67d";
        case pf::NoticeLevel::warning:
            return "#ecb22e";
        case pf::NoticeLevel::error:
            return "#e01e5a";
        case pf::NoticeLevel::info:
            break;
    }
    return "#36a2eb";
}

// Writes the members of a text that Slack searches for its marks. Verbatim: a text that says
// "@channel" wakes nobody.
void marked(JsonText& json, std::string_view text) {
    json.text("type", "mrkdwn").text("text", text).yes("verbatim");
}

void write_fields(JsonText& json, const std::vector<Tag>& tags) {
    for (std::size_t i = 0; i < tags.size(); ++i) {
        if (i % fields_per_section == 0) {
            if (i != 0) json.end(']').end('}');
            json.begin('{').text("type", "section").begin("fields", '[');
        }
        const Tag& tag = tags[i];
        const std::string key =
            tag.key.empty() ? "" : "*" + fit(tag.key, most_field / 2, &escape_mark) + "*\n";
        json.begin('{');
        marked(json, key + fit(tag.value, most_field - length_of(key), &escape_mark));
        json.end('}');
    }
    if (!tags.empty()) json.end(']').end('}');
}

void write_ways(JsonText& json, const std::vector<Callback>& ways) {
    if (ways.empty()) return;
    json.begin('{').text("type", "actions").begin("elements", '[');
    for (const Callback& one : ways) {
        json.begin('{').text("type", "button").begin("text", '{').text("type", "plain_text");
        json.text("text", fit(one.label, most_label, &escape_mark)).end('}');
        json.text("url", one.url).end('}');
    }
    json.end(']').end('}');
}

void write_blocks(JsonText& json, const Message& message) {
    json.begin('{').text("type", "header").begin("text", '{').text("type", "plain_text");
    json.text("text", fit(message.title, most_header, &escape_mark)).end('}').end('}');
    if (!message.description.empty()) {
        json.begin('{').text("type", "section").begin("text", '{');
        marked(json, fit(message.description, most_section, &escape_mark));
        json.end('}').end('}');
    }
    write_fields(json, message.tags);
    if (!message.image.empty()) {
        json.begin('{').text("type", "image").text("image_url", message.image);
        json.text("alt_text", fit(message.title, most_field, &escape_mark)).end('}');
    }
    write_ways(json, message.ways(most_ways));
    const std::string origin = message.origin();
    if (origin.empty()) return;
    json.begin('{').text("type", "context").begin("elements", '[').begin('{');
    marked(json, fit(origin, most_field, &escape_mark));
    json.end('}').end(']').end('}');
}

}  // namespace

std::string slack(const Message& message) {
    JsonText json;
    json.begin('{');
    // What Slack shows where it has no room for blocks, such as in a pop-up.
    json.text("text", fit(headline(message, most_section), most_section, &escape_mark));
    json.begin("attachments", '[').begin('{').text("color", color_of(message.level));
    json.begin("blocks", '[');
    write_blocks(json, message);
    return json.end(']').end('}').end(']').end('}').take();
}

}  // namespace notification
