#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "host/runtime/nearest.hpp"
#include "host/runtime/request.hpp"
#include "host/runtime/request_values.hpp"

namespace pf::host::runtime {

namespace {

using nlohmann::json;
using Schema = nlohmann::ordered_json;  // the form shows properties in this order

constexpr std::size_t longest_account = 255;  // CloudForet's limit
constexpr double most_budget_minutes = 1440;

// Stores what `read` found, or says what was wrong.
template <class T>
Status store(Result<T> read, T& place) {
    if (!read) {
        return read.status();
    }
    place = std::move(*read);
    return {};
}

std::string option_key(std::string_view name) { return "options." + std::string(name); }

Status read_encoding(const json& value, std::string_view key, Options& options) {
    const std::string word = value.is_string() ? lower(trimmed(value.get<std::string>())) : "";
    if (word != "json" && word != "struct") {
        return bad_value(key, "must be json or struct");
    }
    options.struct_encoding = word == "struct";
    return {};
}

Status read_account(const json& value, std::string_view key, Options& options) {
    const Result<std::string> text = read_text(value, key);
    if (!text) {
        return text.status();
    }
    options.account_id = trimmed(*text);
    return options.account_id.size() <= longest_account
               ? Status()
               : bad_value(key, "must be at most 255 characters");
}

Status read_log_level(const json& value, std::string_view key, Options& options) {
    const std::string word = value.is_string() ? lower(trimmed(value.get<std::string>())) : "";
    for (const char* level : {"trace", "debug", "info", "warn", "error", "off"}) {
        if (word == level || (word == "warning" && std::string_view(level) == "warn")) {
            options.log_level = level;
            return {};
        }
    }
    return bad_value(key, "must be trace, debug, info, warn, error or off");
}

Status read_budget(const json& value, std::string_view key, Options& options) {
    const Result<double> minutes = read_number(value, key, 0, most_budget_minutes);
    if (!minutes) {
        return minutes.status();
    }
    options.budget = std::chrono::ceil<std::chrono::milliseconds>(
        std::chrono::duration<double, std::ratio<60>>(*minutes));
    return {};
}

// A form that guesses types sends 4 for "4".
Status read_api_version(const json& value, std::string_view key, Options& options) {
    const Result<std::string> text = read_text(value, key);
    const std::string word = text ? lower(trimmed(*text)) : "";
    if (word == "auto") {
        options.api_version = prism::ApiWish::automatic;
    } else if (word == "v4" || word == "4") {
        options.api_version = prism::ApiWish::v4;
    } else if (word == "v3" || word == "3") {
        options.api_version = prism::ApiWish::v3;
    } else {
        return bad_value(key, "must be auto, v4 or v3");
    }
    return {};
}

// One option: its name, what the console's form shows for it, and how it is read.
struct Option {
    std::string name;
    Schema form;  // null: accepted, but not offered in the form
    std::function<Status(const json&, std::string_view, Options&)> read;
};

Schema list_form(const char* title, const char* description) {
    return {{"title", title},
            {"type", "array"},
            {"items", {{"type", "string"}}},
            {"default", Schema::array()},
            {"description", description}};
}

Schema number_form(const char* title, const char* type, double least, double most,
                   const Schema& usual, const char* description) {
    const auto whole = [](double number) { return static_cast<std::int64_t>(number); };
    return {{"title", title},         {"type", type},     {"minimum", whole(least)},
            {"maximum", whole(most)}, {"default", usual}, {"description", description}};
}

std::vector<Option> what_to_collect() {
    return {
        {"kinds", list_form("Kinds", "What to collect, e.g. vm. Empty collects everything."),
         [](const json& v, std::string_view k, Options& o) {
             return store(read_texts(v, k), o.kinds);
         }},
        {"exclude_kinds",
         list_form("Excluded kinds",
                   "What not to collect, e.g. because the account may not read it."),
         [](const json& v, std::string_view k, Options& o) {
             return store(read_texts(v, k), o.exclude_kinds);
         }},
        {"clusters", list_form("Clusters", "Names or UUIDs of clusters. Empty collects all."),
         [](const json& v, std::string_view k, Options& o) {
             return store(read_texts(v, k), o.clusters);
         }},
        {"account_id",
         {{"title", "Account"},
          {"type", "string"},
          {"maxLength", longest_account},
          {"description",
           "Shown as the account of all resources. Empty: the UUID of the Prism "
           "Central. A later change doubles the inventory."}},
         read_account},
        {"external_link",
         {{"title", "Links to Prism"},
          {"type", "boolean"},
          {"default", true},
          {"description", "Adds to each resource a link that opens it in Prism Central."}},
         [](const json& v, std::string_view k, Options& o) {
             return store(read_flag(v, k), o.external_link);
         }},
    };
}

std::vector<Option> how_to_collect() {
    const auto sessions = [](const json& v, std::string_view k, Options& o) {
        return store(read_whole(v, k, 1, 64), o.sessions);
    };
    return {
        {"page_size",
         number_form("Page size", "integer", 0, 100, 0,
                     "Entities per request to Prism. 0 takes the largest Prism allows."),
         [](const json& v, std::string_view k, Options& o) {
             return store(read_whole(v, k, 0, 100), o.page_size);
         }},
        {"sessions",
         number_form("Connections", "integer", 1, 64, 8,
                     "Connections to one Prism Central, and requests at once."),
         sessions},
        {"concurrency", nullptr, sessions},
        {"requests_per_second",
         number_form("Requests per second", "number", 0, 1000, 20,
                     "Limit towards one Prism Central, for all collections of this plugin "
                     "together: the smallest of those going on holds. 0 sets none."),
         [](const json& v, std::string_view k, Options& o) {
             return store(read_number(v, k, 0, 1000), o.requests_per_second);
         }},
        {"replicas",
         number_form(
             "Replicas", "integer", 1, 1000, 1,
             "Copies of this plugin that run at once; they share connections and requests per "
             "second."),
         [](const json& v, std::string_view k, Options& o) {
             return store(read_whole(v, k, 1, 1000), o.replicas);
         }},
        {"budget_minutes",
         number_form("Time budget", "number", 0, most_budget_minutes, 100,
                     "Minutes a collection may take, without waiting for its receiver; then it is "
                     "cut and says so. CloudForet gives a job two hours. 0 sets none."),
         read_budget},
        {"encoding",
         {{"title", "Encoding of rows"},
          {"type", "string"},
          {"enum", {"json", "struct"}},
          {"default", "json"},
          {"description", "struct is for an inventory that does not know json_data."}},
         read_encoding},
        {"api_version",
         {{"title", "Prism API"},
          {"type", "string"},
          {"enum", {"auto", "v4", "v3"}},
          {"default", "auto"},
          {"description",
           "auto takes v4 where this Prism Central offers it, else v3. Resources keep their "
           "identity either way."}},
         read_api_version},
        {"log_level",
         {{"title", "Log level"},
          {"type", "string"},
          {"enum", {"trace", "debug", "info", "warn", "error", "off"}},
          {"description", "For the runs of this collector. Empty: as the plugin was started."}},
         read_log_level},
    };
}

const std::vector<Option>& known_options() {
    static const std::vector<Option> known = [] {
        std::vector<Option> options = what_to_collect();
        std::vector<Option> more = how_to_collect();
        options.insert(options.end(), std::make_move_iterator(more.begin()),
                       std::make_move_iterator(more.end()));
        return options;
    }();
    return known;
}

const Option* find_option(std::string_view name) {
    const std::vector<Option>& known = known_options();
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Option& option) { return option.name == name; });
    return found == known.end() ? nullptr : &*found;
}

Status unknown_option(const std::string& name) {
    std::vector<std::string> names;
    for (const Option& option : known_options()) {
        names.push_back(option.name);
    }
    return bad_value(option_key(name), "no such option" + suggestion(name, names));
}

}  // namespace

Result<Options> parse_options(std::string_view text) {
    const Result<json> object = parse_object(text, "options");
    if (!object) {
        return object.status();
    }
    Options options;
    options.json = object->dump(-1, ' ', false, json::error_handler_t::replace);
    for (const auto& [name, value] : object->items()) {
        const Option* option = find_option(name);
        if (option == nullptr) {
            return unknown_option(name);
        }
        if (is_blank(value)) {
            continue;
        }
        if (Status status = option->read(value, option_key(name), options); !status.ok()) {
            return status;
        }
    }
    return options;
}

std::string options_schema() {
    Schema properties = Schema::object();
    Schema order = Schema::array();
    for (const Option& option : known_options()) {
        if (!option.form.is_null()) {
            properties[option.name] = option.form;
            order.push_back(option.name);
        }
    }
    const Schema schema = {{"type", "object"},
                           {"properties", std::move(properties)},
                           {"required", Schema::array()},
                           {"order", std::move(order)}};
    return schema.dump();
}

}  // namespace pf::host::runtime
