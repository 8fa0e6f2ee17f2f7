#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "host/cli/columns.hpp"
#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {

using nlohmann::json;

struct FieldReader::Parts {
    std::vector<std::string> path;
    json options;
    ValueStyle style;
    bool is_utc;

    bool is_for_people() const { return style == ValueStyle::people; }
};

namespace {

std::vector<std::string> split_path(const std::string& key) {
    std::vector<std::string> path;
    for (std::size_t at = 0; at <= key.size();) {
        const std::size_t end = std::min(key.find('.', at), key.size());
        path.push_back(key.substr(at, end - at));
        at = end + 1;
    }
    return path;
}

// Follows `path` from `step` on; through a list it goes into every element.
void find_values(const json& value, const std::vector<std::string>& path, std::size_t step,
                 std::vector<const json*>& found) {
    if (value.is_array() && step < path.size()) {
        for (const json& element : value) {
            find_values(element, path, step, found);
        }
    } else if (step == path.size()) {
        if (!value.is_null()) {
            found.push_back(&value);
        }
    } else if (value.is_object()) {
        if (const auto member = value.find(path[step]); member != value.end()) {
            find_values(*member, path, step + 1, found);
        }
    }
}

// A list that the path ends in is shown element by element.
std::vector<const json*> flattened(const std::vector<const json*>& found) {
    std::vector<const json*> all;
    for (const json* value : found) {
        if (!value->is_array()) {
            all.push_back(value);
            continue;
        }
        for (const json& element : *value) {
            all.push_back(&element);
        }
    }
    return all;
}

std::string option(const json& options, const char* key) {
    const auto found = options.is_object() ? options.find(key) : options.end();
    return options.is_object() && found != options.end() && found->is_string()
               ? found->get<std::string>()
               : std::string();
}

std::string scalar_text(const json& value) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "yes" : "no";
    }
    if (value.is_number_float()) {
        return number_text(value.get<double>());
    }
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

Tint tint_of(const std::string& colour) {
    const std::string name = colour.substr(0, colour.find('.'));
    if (name == "green" || name == "peacock") {
        return Tint::green;
    }
    if (name == "red" || name == "coral") {
        return Tint::red;
    }
    if (name == "yellow") {
        return Tint::yellow;
    }
    if (name == "blue" || name == "violet" || name == "indigo") {
        return Tint::blue;
    }
    return name == "gray" ? Tint::gray : Tint::none;
}

// The colour a state or badge has in the console.
Tint tint_of_options(const json& options) {
    if (!options.is_object()) {
        return Tint::none;
    }
    if (const auto icon = options.find("icon"); icon != options.end() && icon->is_object()) {
        return tint_of(option(*icon, "color"));
    }
    for (const char* key : {"text_color", "outline_color", "background_color"}) {
        if (const std::string colour = option(options, key); !colour.empty()) {
            return tint_of(colour);
        }
    }
    return Tint::none;
}

Cell enum_cell(const json& value, const json& options) {
    const std::string word = scalar_text(value);
    const json& items =
        options.is_object() && options.contains("items") ? options["items"] : options;
    const auto item = items.is_object() ? items.find(word) : items.end();
    if (!items.is_object() || item == items.end() || !item->is_object()) {
        return {word, Tint::none};
    }
    const std::string name = option(*item, "name");
    const auto look = item->find("options");
    return {name.empty() ? word : name, look != item->end() ? tint_of_options(*look) : Tint::none};
}

std::string size_cell(const json& value, const json& options, bool is_for_people) {
    const std::string source = option(options, "source_unit");
    const double bytes = value.get<double>() * unit_factor(source.empty() ? "BYTES" : source);
    return is_for_people ? size_text(bytes) : number_text(bytes);
}

std::string time_cell(const json& value, const json& options, bool is_for_people, bool is_utc) {
    std::optional<std::chrono::system_clock::time_point> when;
    if (value.is_number() && option(options, "source_type") == "timestamp") {
        when = std::chrono::system_clock::from_time_t(value.get<std::time_t>());
    } else if (value.is_string()) {
        when = parse_time(value.get_ref<const std::string&>());
    }
    if (!when) {
        return scalar_text(value);
    }
    return is_for_people ? time_text(*when, is_utc) : rfc3339(*when);
}

}  // namespace

FieldReader::FieldReader(Column column, ValueStyle style, bool is_utc)
    : column_(std::move(column)), parts_(std::make_unique<Parts>()) {
    parts_->path = split_path(column_.key);
    parts_->options = json::parse(column_.options.empty() ? "{}" : column_.options, nullptr, false);
    parts_->style = style;
    parts_->is_utc = is_utc;
    if (column_.type == "list") {
        const std::string sub_key = option(parts_->options, "sub_key");
        for (const std::string& step :
             sub_key.empty() ? std::vector<std::string>{} : split_path(sub_key)) {
            parts_->path.push_back(step);
        }
    }
}

FieldReader::~FieldReader() = default;
FieldReader::FieldReader(FieldReader&&) noexcept = default;
FieldReader& FieldReader::operator=(FieldReader&&) noexcept = default;

Cell FieldReader::cell(const json& resource) const {
    std::vector<const json*> found;
    find_values(resource, parts_->path, 0, found);
    found = flattened(found);
    const bool is_for_people = parts_->is_for_people();
    Cell cell;
    for (const json* value : found) {
        Cell one;
        if (column_.type == "enum") {
            one = is_for_people ? enum_cell(*value, parts_->options)
                                : Cell{scalar_text(*value), Tint::none};
        } else if (column_.type == "size" && value->is_number()) {
            one.text = size_cell(*value, parts_->options, is_for_people);
        } else if (column_.type == "datetime") {
            one.text = time_cell(*value, parts_->options, is_for_people, parts_->is_utc);
        } else {
            one.text = scalar_text(*value);
            one.tint = column_.type == "state" || column_.type == "badge"
                           ? tint_of_options(parts_->options)
                           : Tint::none;
        }
        if (!one.text.empty()) {
            cell.text += (cell.text.empty() ? "" : ", ") + one.text;
            cell.tint = cell.tint == Tint::none ? one.tint : cell.tint;
        }
    }
    if (!is_for_people) {
        return cell;
    }
    if (cell.text.empty()) {
        const std::string usual = option(parts_->options, "default");
        return {usual.empty() ? "-" : clean(usual), Tint::none};
    }
    cell.text =
        clean(option(parts_->options, "prefix") + cell.text + option(parts_->options, "postfix"));
    return cell;
}

bool FieldReader::is_number(const json& resource) const {
    std::vector<const json*> found;
    find_values(resource, parts_->path, 0, found);
    return found.size() == 1 && found.front()->is_number();
}

std::pair<double, std::string> FieldReader::sort_key(const json& resource) const {
    std::vector<const json*> found;
    find_values(resource, parts_->path, 0, found);
    if (found.empty()) {
        return {std::numeric_limits<double>::infinity(), {}};
    }
    if (found.front()->is_number()) {
        return {found.front()->get<double>(), {}};
    }
    return {0, scalar_text(*found.front())};
}

}  // namespace pf::host::cli
