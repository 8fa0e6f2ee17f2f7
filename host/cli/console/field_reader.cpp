#include "host/cli/console/field_reader.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "host/cli/console/field_path.hpp"
#include "host/cli/console/member.hpp"
#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {

using Json = nlohmann::ordered_json;

struct FieldReader::Parts {
    std::vector<std::string> path;
    FieldType type;  // of each value: for a list that of its items
    Json options;    // of each value
    std::string delimiter;
    std::string usual;  // shown when there is nothing
    ValueStyle style;
    bool is_utc;

    bool is_for_people() const { return style == ValueStyle::people; }
};

namespace {

std::string scalar_text(const Json& value) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "yes" : "no";
    }
    if (value.is_number_float()) {
        return number_text(value.get<double>());
    }
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Hue hue_of(const std::string& colour) {
    struct Name {
        std::string_view text;
        Hue hue;
    };
    static constexpr std::array<Name, 11> names = {{{"black", Hue::black},
                                                    {"white", Hue::white},
                                                    {"gray", Hue::gray},
                                                    {"red", Hue::red},
                                                    {"coral", Hue::coral},
                                                    {"yellow", Hue::yellow},
                                                    {"green", Hue::green},
                                                    {"blue", Hue::blue},
                                                    {"violet", Hue::violet},
                                                    {"peacock", Hue::peacock},
                                                    {"indigo", Hue::indigo}}};
    const std::string_view name = std::string_view(colour).substr(0, colour.find('.'));
    for (const Name& one : names) {
        if (one.text == name) {
            return one.hue;
        }
    }
    return Hue::none;
}

// The colour a state or badge has in the console.
Hue hue_of_options(const Json& options) {
    if (const Json* icon = object_member(options, "icon")) {
        return hue_of(text_member(*icon, "color"));
    }
    for (const char* key : {"outline_color", "background_color", "text_color"}) {
        if (const std::string colour = text_member(options, key); !colour.empty()) {
            return hue_of(colour);
        }
    }
    return Hue::none;
}

Shape shape_of(FieldType type) {
    return type == FieldType::state ? Shape::state
                                    : (type == FieldType::badge ? Shape::badge : Shape::plain);
}

// A word of an enum: its item says what it is called and how it looks. A word that has no item is
// shown as it is.
Piece enum_piece(const std::string& word, const Json& options) {
    const Json* const items = object_member(options, "items");
    const Json* const item = member(items != nullptr ? *items : options, word.c_str());
    if (item == nullptr) {
        return {word};
    }
    if (item->is_string()) {
        return {item->get<std::string>()};
    }
    const std::string name = text_member(*item, "name");
    const Json* const look = object_member(*item, "options");
    return {name.empty() ? word : name, look != nullptr ? hue_of_options(*look) : Hue::none,
            shape_of(field_type(text_member(*item, "type")))};
}

// A number, also one that is written as a text.
std::optional<double> number_of(const Json& value) {
    if (value.is_number()) {
        return value.get<double>();
    }
    if (!value.is_string()) {
        return std::nullopt;
    }
    const auto& text = value.get_ref<const std::string&>();
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && at == end && std::isfinite(number) ? std::optional(number)
                                                                      : std::nullopt;
}

double bytes_of(double number, const Json& options) {
    const std::string source = text_member(options, "source_unit");
    return number * unit_factor(source.empty() ? "BYTES" : source);
}

std::string size_piece(const Json& value, const Json& options, bool is_for_people) {
    const auto number = number_of(value);
    if (!number) {
        return scalar_text(value);
    }
    const double bytes = bytes_of(*number, options);
    const std::string unit = text_member(options, "display_unit");
    return is_for_people ? size_text(bytes, unit) : number_text(bytes);
}

// Milliseconds since 1970 unless the format says seconds, as the console reads it.
std::optional<std::chrono::system_clock::time_point> time_of(const Json& value,
                                                             const Json& options) {
    if (!value.is_number()) {
        return value.is_string() ? parse_time(value.get_ref<const std::string&>()) : std::nullopt;
    }
    const bool is_seconds = text_member(options, "source_format") == "seconds";
    const double seconds = value.get<double>() / (is_seconds ? 1 : 1000);
    constexpr double longest = 253402300799.0;  // the end of the year 9999
    if (text_member(options, "source_type") != "timestamp" || !(std::abs(seconds) <= longest)) {
        return std::nullopt;
    }
    return std::chrono::system_clock::from_time_t(static_cast<std::time_t>(seconds));
}

void put_dict(const Json& value, std::vector<Piece>& pieces) {
    if (!value.is_object()) {
        pieces.push_back({scalar_text(value)});
        return;
    }
    for (const auto& [key, entry] : value.items()) {
        pieces.push_back({key + ": " + scalar_text(entry), Hue::none, Shape::tag});
    }
}

}  // namespace

FieldReader::FieldReader(Field field, ValueStyle style, bool is_utc)
    : field_(std::move(field)), parts_(std::make_unique<Parts>()) {
    Json options = Json::parse(field_.options, nullptr, false);
    const Json* const depth = member(options, "key_depth");
    parts_->path =
        split_path(field_.key,
                   depth != nullptr && depth->is_number_unsigned() ? depth->get<std::size_t>() : 0);
    parts_->type = field_.type;
    parts_->style = style;
    parts_->is_utc = is_utc;
    parts_->usual = text_member(options, "default");
    parts_->delimiter = text_member(options, "delimiter");
    if (parts_->delimiter.find('<') != std::string::npos) {
        parts_->delimiter.clear();
    }
    if (field_.type == FieldType::list) {
        for (const std::string& step : split_path(text_member(options, "sub_key"))) {
            parts_->path.push_back(step);
        }
        // Some frameworks write "items" for "item".
        const Json* item = object_member(options, "item");
        item = item != nullptr ? item : object_member(options, "items");
        const std::string type = item != nullptr ? text_member(*item, "type") : std::string();
        parts_->type = type.empty() ? FieldType::text : field_type(type);
        const Json* const look = item != nullptr ? object_member(*item, "options") : nullptr;
        options = look != nullptr ? Json(*look) : Json::object();
    }
    parts_->options = std::move(options);
}

FieldReader::~FieldReader() = default;
FieldReader::FieldReader(FieldReader&&) noexcept = default;
FieldReader& FieldReader::operator=(FieldReader&&) noexcept = default;

FieldValue FieldReader::value(const Json& resource) const {
    const Parts& parts = *parts_;
    const bool is_for_people = parts.is_for_people();
    FieldValue all;
    all.delimiter = is_for_people ? clean(parts.delimiter) : std::string();
    for (const Json* value : find_elements(resource, parts.path)) {
        if (parts.type == FieldType::enumeration && is_for_people) {
            all.pieces.push_back(enum_piece(scalar_text(*value), parts.options));
        } else if (parts.type == FieldType::size) {
            all.pieces.push_back({size_piece(*value, parts.options, is_for_people)});
        } else if (const auto when = parts.type == FieldType::datetime
                                         ? time_of(*value, parts.options)
                                         : std::nullopt) {
            all.pieces.push_back({is_for_people ? time_text(*when, parts.is_utc) : rfc3339(*when)});
        } else if (parts.type == FieldType::dict) {
            put_dict(*value, all.pieces);
        } else {
            const Shape shape = shape_of(parts.type);
            all.pieces.push_back({scalar_text(*value),
                                  shape == Shape::plain ? Hue::none : hue_of_options(parts.options),
                                  shape});
        }
    }
    std::erase_if(all.pieces, [](const Piece& piece) { return piece.text.empty(); });
    if (!is_for_people) {
        return all;
    }
    if (all.is_empty() && !parts.usual.empty()) {
        all.pieces.push_back(parts.type == FieldType::enumeration
                                 ? enum_piece(parts.usual, parts.options)
                                 : Piece{parts.usual});
    }
    for (Piece& piece : all.pieces) {
        piece.text = clean(text_member(parts.options, "prefix") + piece.text +
                           text_member(parts.options, "postfix"));
    }
    return all;
}

std::vector<double> FieldReader::numbers(const Json& resource) const {
    std::vector<double> all;
    for (const Json* value : find_elements(resource, parts_->path)) {
        if (const auto number = number_of(*value)) {
            all.push_back(parts_->type == FieldType::size ? bytes_of(*number, parts_->options)
                                                          : *number);
        }
    }
    return all;
}

bool FieldReader::is_number(const Json& resource) const {
    const auto found = find_values(resource, parts_->path);
    return found.size() == 1 && found.front()->is_number();
}

std::pair<double, std::string> FieldReader::sort_key(const Json& resource) const {
    const auto found = find_values(resource, parts_->path);
    if (found.empty()) {
        return {std::numeric_limits<double>::infinity(), {}};
    }
    if (found.front()->is_number()) {
        return {found.front()->get<double>(), {}};
    }
    return {0, scalar_text(*found.front())};
}

}  // namespace pf::host::cli
