#include "formats.hpp"
#include "texts.hpp"

namespace notification {
namespace {

constexpr std::size_t most_subject = 200;
constexpr std::size_t most_heading = 520;

std::string_view color_of(pf::NoticeLevel level) {
    switch (level) {
        case pf::NoticeLevel::success:
            return "#1e7e4f";
        case pf::NoticeLevel::warning:
            return "#9a6700";
        case pf::NoticeLevel::error:
            return "#b3123f";
        case pf::NoticeLevel::info:
            break;
    }
    return "#1f5fa8";
}

std::string text_body(const Message& message) {
    std::string out = headline(message, most_heading) + "\n";
    if (!message.description.empty()) out += "\n" + message.description + "\n";
    if (!message.tags.empty()) out += '\n';
    for (const Tag& tag : message.tags) {
        out += tag.key + (tag.key.empty() ? "" : ": ") + tag.value + "\n";
    }
    const auto ways = message.ways(message.callbacks.size() + 1);
    if (!ways.empty() || !message.image.empty()) out += '\n';
    for (const Callback& one : ways) out += one.label + ": " + one.url + "\n";
    if (!message.image.empty()) out += "Image: " + message.image + "\n";
    const std::string origin = message.origin();
    if (!origin.empty()) out += "\n" + origin + "\n";
    return out;
}

// The text for HTML; it may grow, so that nothing is cut here.
std::string html_of(std::string_view text) { return fit(text, text.size() * 6, &escape_html); }

void add_table(std::string& out, const std::vector<Tag>& tags) {
    if (tags.empty()) return;
    out += "<table style=\"border-collapse:collapse\">\n";
    for (const Tag& tag : tags) {
        out += "<tr><th style=\"text-align:left;vertical-align:top;padding:2px 12px 2px 0\">";
        out += html_of(tag.key);
        out += "</th><td style=\"white-space:pre-wrap;padding:2px 0\">";
        out += html_of(tag.value) + "</td></tr>\n";
    }
    out += "</table>\n";
}

std::string html_body(const Message& message) {
    const std::string title = html_of(headline(message, most_heading));
    std::string out = "<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>";
    out += title + "</title></head>\n<body style=\"font-family:sans-serif;color:#222\">\n";
    out += "<h2 style=\"color:" + std::string(color_of(message.level)) + "\">" + title + "</h2>\n";
    if (!message.description.empty()) {
        out += "<p style=\"white-space:pre-wrap\">" + html_of(message.description) + "</p>\n";
    }
    add_table(out, message.tags);
    for (const Callback& one : message.ways(message.callbacks.size() + 1)) {
        out += "<p><a href=\"" + html_of(one.url) + "\">" + html_of(one.label) + "</a></p>\n";
    }
    if (!message.image.empty()) {
        out += "<p><img src=\"" + html_of(message.image) + "\" alt=\"" + title +
               "\" style=\"max-width:100%\"></p>\n";
    }
    const std::string origin = message.origin();
    if (!origin.empty()) {
        out += "<p style=\"color:#666;font-size:small\">" + html_of(origin) + "</p>\n";
    }
    return out + "</body>\n</html>\n";
}

}  // namespace

Mail email(const Message& message) {
    return {headline(message, most_subject), text_body(message), html_body(message)};
}

}  // namespace notification
