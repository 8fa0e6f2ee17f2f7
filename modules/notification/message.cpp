#include "message.hpp"

#include <utility>

#include "texts.hpp"

namespace notification {
namespace {

constexpr std::size_t most_title = 500;
constexpr std::size_t most_description = 20'000;
constexpr std::size_t most_key = 100;
constexpr std::size_t most_value = 1000;
constexpr std::size_t most_label = 100;
constexpr std::size_t most_origin = 100;
constexpr std::size_t most_tags = 30;
constexpr std::size_t most_callbacks = 10;
constexpr std::string_view no_title = "Notification from CloudForet";

void add_tag(Message& message, std::string key, std::string value) {
    if (message.tags.size() == most_tags || (key.empty() && value.empty())) return;
    message.tags.push_back({std::move(key), std::move(value)});
}

// A list of {key, value}; some senders write an object instead.
void read_tags(Message& message, pf::Value tags) {
    if (tags.kind() == pf::Kind::object) {
        for (auto at = tags.begin(); at != tags.end(); ++at) {
            if (message.tags.size() == most_tags) return;
            add_tag(message, line_of(at.key(), most_key), text_of(*at, most_value));
        }
        return;
    }
    if (tags.kind() != pf::Kind::array) {
        add_tag(message, {}, text_of(tags, most_value));
        return;
    }
    for (const pf::Value tag : tags) {
        if (message.tags.size() == most_tags) return;
        if (tag.kind() == pf::Kind::object) {
            add_tag(message, line_of(tag["key"], most_key), text_of(tag["value"], most_value));
        } else {
            add_tag(message, {}, text_of(tag, most_value));
        }
    }
}

void read_callbacks(Message& message, pf::Value callbacks) {
    if (callbacks.kind() != pf::Kind::array) return;
    for (const pf::Value one : callbacks) {
        if (message.callbacks.size() == most_callbacks) return;
        if (one.kind() != pf::Kind::object) continue;
        Callback callback{line_of(one["label"], most_label), address_of(one["url"])};
        if (callback.url.empty()) continue;
        if (callback.label.empty()) callback.label = "Open";
        message.callbacks.push_back(std::move(callback));
    }
}

void read_texts(Message& message, pf::Value from) {
    message.title = line_of(from["title"], most_title);
    message.description = text_of(from["description"], most_description);
    const std::string short_message = text_of(from["short_message"], most_description);
    if (message.description.empty()) message.description = short_message;
    if (message.title.empty()) {
        const std::string_view text = message.description;
        message.title = fit(text.substr(0, text.find('\n')), most_title);
    }
    if (message.title.empty()) message.title = no_title;
    if (message.description == message.title) message.description.clear();
}

}  // namespace

std::vector<Callback> Message::ways(std::size_t most) const {
    std::vector<Callback> all;
    if (!link.empty()) all.push_back({"Open", link});
    all.insert(all.end(), callbacks.begin(), callbacks.end());
    if (all.size() > most) all.resize(most);
    return all;
}

std::string Message::origin() const {
    if (occurred.empty() || domain.empty()) return occurred + domain;
    return occurred + " · " + domain;
}

Message read_message(const pf::Notice& notice) {
    Message message;
    message.level = notice.level;
    const pf::Value from = notice.message;
    if (from.kind() != pf::Kind::object) {
        message.title = line_of(from, most_title);
        if (message.title.empty()) message.title = no_title;
        return message;
    }
    read_texts(message, from);
    message.link = address_of(from["link"]);
    message.image = address_of(from["image_url"]);
    message.occurred = line_of(from["occurred_at"], most_origin);
    if (message.occurred.empty()) message.occurred = line_of(from["occured_at"], most_origin);
    message.domain = line_of(from["domain_name"], most_origin);
    read_tags(message, from["tags"]);
    read_callbacks(message, from["callbacks"]);
    return message;
}

std::string_view word_of(pf::NoticeLevel level) {
    switch (level) {
        case pf::NoticeLevel::success:
            return "success";
        case pf::NoticeLevel::warning:
            return "warning";
        case pf::NoticeLevel::error:
            return "error";
        case pf::NoticeLevel::info:
            break;
    }
    return "info";
}

std::string headline(const Message& message, std::size_t most) {
    std::string out = "[";
    for (const char c : word_of(message.level)) out += static_cast<char>(c - 'a' + 'A');
    return fit(out + "] " + message.title, most);
}

}  // namespace notification
