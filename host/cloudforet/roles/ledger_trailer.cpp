#include "host/cloudforet/roles/ledger_trailer.hpp"

#include <nlohmann/json.hpp>

namespace pf::host::cloudforet {

namespace {

using nlohmann::json;

std::string ascii(const json& object) {
    return object.dump(-1, ' ', true, json::error_handler_t::replace);
}

std::string cut(const std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) {
        return text;
    }
    std::size_t end = bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) {
        --end;
    }
    return text.substr(0, end) + "...";
}

// The first `count` texts of a list, each cut to `bytes`.
void shorten_texts(json& object, const char* key, std::size_t count, std::size_t bytes) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) {
        return;
    }
    json kept = json::array();
    for (const json& text : *found) {
        if (kept.size() == count) {
            break;
        }
        if (text.is_string()) {
            kept.push_back(cut(text.get_ref<const std::string&>(), bytes));
        }
    }
    *found = std::move(kept);
}

}  // namespace

std::string shorten_ledger(std::string_view text, std::size_t limit) {
    json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return "{}";
    }
    std::string line = ascii(object);
    if (line.size() <= limit) {
        return line;
    }
    object.erase("lists");
    object["shortened"] = true;
    struct Step {
        std::size_t notes, reasons, bytes;
    };
    for (const Step step :
         {Step{1000, 1000, 4000}, {10, 20, 200}, {0, 8, 160}, {0, 3, 80}, {0, 0, 0}}) {
        shorten_texts(object, "notes", step.notes, step.bytes);
        shorten_texts(object, "reasons", step.reasons, step.bytes);
        line = ascii(object);
        if (line.size() <= limit) {
            return line;
        }
    }
    return R"({"shortened":true})";
}

}  // namespace pf::host::cloudforet
