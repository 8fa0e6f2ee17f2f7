#include <algorithm>
#include <array>

#include "tests/row_check/console_check.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

constexpr std::string_view rule = "meta.field_options";

constexpr std::array<std::string_view, 13> common_options{
    "link",           "sortable", "sort_key",    "key_depth",   "width",
    "translation_id", "default",  "delimiter",   "is_optional", "field_description",
    "prefix",         "postfix",  "disable_copy"};

template <std::size_t Size>
bool is_one_of(std::string_view text, const std::array<std::string_view, Size>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

class FieldOptions {
  public:
    FieldOptions(RowScope& scope, const json& options, std::string place)
        : scope_(scope), options_(options), place_(std::move(place)) {}

    void check(std::string_view type) {
        if (type == "badge") badge();
        if (type == "state") state();
        if (type == "datetime") datetime();
        if (type == "enum") enumeration();
        if (type == "size") size();
        if (type == "list") list();
        if (type == "more") more();
        if (type == "text" || type == "dict") allow({});
    }

  private:
    void fail(const std::string& what) { scope_.fail(rule, place_, what); }

    void allow(std::initializer_list<std::string_view> own) {
        for (const auto& [key, value] : options_.items()) {
            const std::string_view name = key;
            if (is_one_of(name, common_options)) continue;
            if (std::find(own.begin(), own.end(), name) == own.end()) {
                fail("option '" + key + "' is unknown for this type");
            }
        }
    }

    void badge() {
        allow({"outline_color", "shape", "background_color", "text_color"});
        for (const char* key : {"outline_color", "background_color", "text_color"}) {
            if (options_.contains(key)) check_colour(scope_, options_[key], place_ + "." + key);
        }
        if (options_.contains("shape") && text_of(options_, "shape") != "SQUARE" &&
            text_of(options_, "shape") != "ROUND") {
            fail("shape is neither SQUARE nor ROUND");
        }
    }

    void state() {
        allow({"text_color", "icon"});
        if (options_.contains("text_color")) {
            check_colour(scope_, options_["text_color"], place_ + ".text_color");
        }
        const auto icon = options_.find("icon");
        if (icon == options_.end()) return;
        if (!icon->is_object()) return fail("icon is no {image, color}: " + brief(*icon));
        for (const auto& [key, value] : icon->items()) {
            if (key == "color") {
                check_colour(scope_, value, place_ + ".icon.color");
            } else if (key != "image" || !value.is_string()) {
                fail("icon." + key + " is unknown or no text");
            }
        }
    }

    void datetime() {
        allow({"source_type", "source_format", "display_format"});
        const std::string_view source = text_of(options_, "source_type");
        if (source != "iso8601" && source != "timestamp") {
            fail("source_type is neither iso8601 nor timestamp");
        }
    }

    void size() {
        static constexpr std::array<std::string_view, 6> units{"BYTES", "KB", "MB",
                                                               "GB",    "TB", "PB"};
        allow({"display_unit", "source_unit"});
        if (!is_one_of(text_of(options_, "source_unit"), units)) fail("source_unit is no unit");
        if (options_.contains("display_unit") &&
            !is_one_of(text_of(options_, "display_unit"), units)) {
            fail("display_unit is no unit");
        }
    }

    void enumeration() {
        const bool is_wrapped = options_.contains("items");
        if (is_wrapped) allow({"items"});
        const json& items = is_wrapped ? options_["items"] : options_;
        if (!items.is_object()) return fail("items is no object");
        std::size_t count = 0;
        for (const auto& [key, item] : items.items()) {
            const std::string_view name = key;
            if (!is_wrapped && is_one_of(name, common_options)) continue;
            ++count;
            enum_item(key, item);
        }
        if (count == 0) fail("an enum without items");
    }

    void enum_item(const std::string& value, const json& item) {
        static constexpr std::array<std::string_view, 4> types{"badge", "state", "image",
                                                               "datetime"};
        const std::string_view type = text_of(item, "type");
        if (!is_one_of(type, types)) {
            return fail("item " + value + " is no badge, state, image or datetime: " + brief(item));
        }
        for (const auto& [key, part] : item.items()) {
            if (key != "type" && key != "name" && key != "options") {
                fail("item " + value + " has an unknown key '" + key + "'");
            }
        }
        const json options = item.value("options", json::object());
        if (!options.is_object()) return fail("options of item " + value + " are no object");
        FieldOptions(scope_, options, place_ + ".items." + value).check(type);
    }

    void list() {
        allow({"item", "sub_key"});
        const auto item = options_.find("item");
        if (item != options_.end()) check_field(scope_, *item, place_ + ".item", false);
    }

    void more() {
        allow({"sub_key", "layout"});
        const json layout = options_.value("layout", json());
        if (text_of(layout, "type") != "popup") return fail("a `more` needs a popup as layout");
        check_layout(scope_, layout, place_ + ".layout");
    }

    RowScope& scope_;
    const json& options_;
    std::string place_;
};

bool is_colour(std::string_view colour) {
    static constexpr std::array<std::string_view, 9> shaded{
        "gray", "red", "coral", "yellow", "green", "blue", "violet", "peacock", "indigo"};
    if (colour == "black" || colour == "white") return true;
    const std::size_t dot = colour.find('.');
    if (!is_one_of(colour.substr(0, dot), shaded)) return false;
    if (dot == std::string_view::npos) return true;
    const std::string_view shade = colour.substr(dot + 1);
    return shade.size() == 3 && shade[0] >= '1' && shade[0] <= '9' && shade.substr(1) == "00";
}

void check_field_reference(RowScope& scope, const json& field, const std::string& place) {
    const auto reference = field.find("reference");
    if (reference == field.end()) return;
    if (text_of(*reference, "resource_type").empty()) {
        scope.fail("meta.field", place + ".reference", "has no resource_type");
    }
}

}  // namespace

void check_colour(RowScope& scope, const json& colour, const std::string& place) {
    if (!colour.is_string() || !is_colour(colour.get_ref<const std::string&>())) {
        scope.fail("meta.colour", place, brief(colour) + " is no colour of the console");
    }
}

void check_field(RowScope& scope, const json& field, const std::string& place, bool needs_key) {
    static constexpr std::array<std::string_view, 9> types{
        "text", "badge", "state", "datetime", "enum", "size", "list", "dict", "more"};
    static constexpr std::array<std::string_view, 5> keys{"key", "name", "type", "options",
                                                          "reference"};
    if (!field.is_object()) return scope.fail("meta.field", place, "is no object");
    for (const auto& [key, value] : field.items()) {
        if (!is_one_of(key, keys)) scope.fail("meta.field", place, "unknown key '" + key + "'");
    }
    if (needs_key && (text_of(field, "key").empty() || text_of(field, "name").empty())) {
        scope.fail("meta.field", place, "needs key and name: " + brief(field));
    }
    check_field_reference(scope, field, place);
    const std::string type(field.contains("type") ? text_of(field, "type") : "text");
    if (!is_one_of(type, types)) {
        return scope.fail("meta.field_type", place,
                          "type '" + type + "' is unknown to the console");
    }
    const json options = field.value("options", json::object());
    if (!options.is_object()) return scope.fail(rule, place, "options are no object");
    FieldOptions(scope, options, place + ".options").check(type);
}

}  // namespace pf::test
