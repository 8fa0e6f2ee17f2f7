#include "formats.hpp"
#include "json_text.hpp"

namespace notification {

std::string webhook(const Message& message) {
    JsonText json;
    json.begin('{').text("schema", "prismforet/notification/1");
    json.text("level", word_of(message.level)).text("title", message.title);
    json.text_if_any("description", message.description);
    json.text_if_any("link", message.link).text_if_any("image_url", message.image);
    if (!message.tags.empty()) {
        json.begin("tags", '[');
        for (const Tag& tag : message.tags) {
            json.begin('{').text("key", tag.key).text("value", tag.value).end('}');
        }
        json.end(']');
    }
    if (!message.callbacks.empty()) {
        json.begin("callbacks", '[');
        for (const Callback& one : message.callbacks) {
            json.begin('{').text("label", one.label).text("url", one.url).end('}');
        }
        json.end(']');
    }
    json.text_if_any("occurred_at", message.occurred).text_if_any("domain_name", message.domain);
    return json.end('}').take();
}

}  // namespace notification
