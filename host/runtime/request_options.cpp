#include <algorithm>
#include <functional>
#include <map>
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

Status read_split(const json& value, std::string_view key, Options& options) {
    const std::string word = value.is_string() ? lower(trimmed(value.get<std::string>())) : "";
    if (word != "auto" && word != "always" && word != "never") {
        return bad_value(key, "must be auto, always or never");
    }
    options.split = word == "always"  ? Split::always
                    : word == "never" ? Split::never
                                      : Split::automatic;
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

Status read_categories(const json& value, std::string_view key, Options&) {
    const auto texts = read_texts(value, key);
    if (!texts) {
        return texts.status();
    }
    for (const std::string& text : *texts) {
        const std::size_t colon = text.find(':');
        if (colon == 0 || colon == std::string::npos || colon + 1 == text.size()) {
            return bad_value(key, "must be a list of Key:Value, e.g. Environment:Production");
        }
    }
    return {};
}

// Prism's words and those that CloudForet shows.
Result<std::string> power_state(const std::string& text) {
    static const std::map<std::string, std::string> words = {
        {"on", "ON"},       {"running", "ON"},    {"off", "OFF"},
        {"stopped", "OFF"}, {"paused", "PAUSED"}, {"suspended", "SUSPENDED"}};
    const auto found = words.find(lower(text));
    return found == words.end()
               ? Result<std::string>(bad_value("power_state", "must be ON, OFF, PAUSED, SUSPENDED"))
               : Result<std::string>(found->second);
}

Status read_power_state(const json& value, std::string_view key, Options&) {
    const auto texts = read_texts(value, key);
    if (!texts) {
        return texts.status();
    }
    for (const std::string& text : *texts) {
        if (!power_state(text)) {
            return bad_value(key, "must be a list of ON, OFF, PAUSED, SUSPENDED");
        }
    }
    return {};
}

Result<std::string> read_degrees(const json& value, const std::string& key, double most) {
    const auto degrees = read_number(value, key, -most, most);
    if (!degrees) {
        return degrees.status();
    }
    std::string text =
        value.is_string() ? std::string(trimmed(value.get<std::string>())) : value.dump();
    return text;
}

// The words CloudForet's map knows (PROTOCOL, inventory.Region).
Result<std::string> read_continent(const json& value, const std::string& key) {
    const auto text = read_text(value, key);
    const std::string word = text ? lower(trimmed(*text)) : "";
    for (const char* known :
         {"asia_pacific", "europe", "north_america", "south_america", "africa", "middle_east"}) {
        if (word == known) {
            return word;
        }
    }
    return bad_value(key,
                     "must be asia_pacific, europe, north_america, south_america, africa or "
                     "middle_east");
}

Status read_site(const json& value, const std::string& key, Site& site) {
    if (!value.is_object()) {
        return bad_value(key, "must be an object of latitude, longitude and continent");
    }
    static const std::vector<std::string> members = {"latitude", "longitude", "continent"};
    for (const auto& [name, part] : value.items()) {
        const std::string at = key + "." + name;
        Status status;
        if (is_blank(part)) {
            continue;
        }
        if (name == "latitude") {
            status = store(read_degrees(part, at, 90), site.latitude);
        } else if (name == "longitude") {
            status = store(read_degrees(part, at, 180), site.longitude);
        } else if (name == "continent") {
            status = store(read_continent(part, at), site.continent);
        } else {
            status = bad_value(at, "no such member" + suggestion(name, members));
        }
        if (!status.ok()) {
            return status;
        }
    }
    return site.latitude.empty() == site.longitude.empty()
               ? Status()
               : bad_value(key, "latitude and longitude go together");
}

// A form may keep an object as its text.
Status read_sites(const json& value, std::string_view key, Options& options) {
    const Result<json> object =
        value.is_string() ? parse_object(value.get<std::string>(), key) : Result<json>(value);
    if (!object || !object->is_object()) {
        return bad_value(key, "must be an object: {cluster: {latitude, longitude, continent}}");
    }
    for (const auto& [cluster, site] : object->items()) {
        Site read;
        if (Status status = read_site(site, std::string(key) + "." + cluster, read); !status.ok()) {
            return status;
        }
        options.sites.emplace(cluster, std::move(read));
    }
    return {};
}

// What modules read themselves, in one form whatever a form made of it. Checked before.
json for_modules(const json& given) {
    json object = given;
    for (const char* name : {"categories", "power_state"}) {
        if (const json* value = filled(given, name)) {
            const auto texts = read_texts(*value, name);
            json list = json::array();
            for (const std::string& text : *texts) {
                list.push_back(std::string_view(name) == "categories" ? text : *power_state(text));
            }
            object[name] = std::move(list);
        }
    }
    if (const json* value = filled(given, "detail")) {
        object["detail"] = *read_flag(*value, "detail");
    }
    return object;
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
    };
}

std::vector<Option> what_to_leave_out() {
    return {
        {"categories",
         list_form("Categories",
                   "Key:Value, e.g. Environment:Production. Only what carries one of them; kinds "
                   "without categories are not concerned. Empty collects all."),
         read_categories},
        {"power_state",
         {{"title", "Power state"},
          {"type", "array"},
          {"items", {{"type", "string"}, {"enum", {"ON", "OFF", "PAUSED", "SUSPENDED"}}}},
          {"default", Schema::array()},
          {"description", "Only virtual machines in one of these states. Empty collects all."}},
         read_power_state},
        {"detail",
         {{"title", "Details that need a request each"},
          {"type", "boolean"},
          {"default", true},
          {"description",
           "Some details, as the disks of volume groups, need a request to Prism for each "
           "resource. Switched off they stay as they are in CloudForet."}},
         [](const json& v, std::string_view k, Options&) { return read_flag(v, k).status(); }},
    };
}

std::vector<Option> how_to_show() {
    return {
        {"sites",
         {{"title", "Sites"},
          {"type", "object"},
          {"additionalProperties", true},
          {"description",
           "Where clusters stand, for the map: {cluster: {latitude, longitude, continent}}, by "
           "name or UUID; prism-central for what belongs to no cluster."}},
         read_sites},
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
    };
}

std::vector<Option> how_to_run() {
    return {
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
        {"split_tasks",
         {{"title", "Tasks by cluster"},
          {"type", "string"},
          {"enum", {"auto", "always", "never"}},
          {"default", "auto"},
          {"description",
           "Whether virtual machines and the like are collected by one task per cluster, which "
           "several workers share. auto: when a cluster has 3,000 of them on average."}},
         read_split},
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
        std::vector<Option> options;
        for (auto* part :
             {what_to_collect, what_to_leave_out, how_to_show, how_to_collect, how_to_run}) {
            std::vector<Option> more = part();
            options.insert(options.end(), std::make_move_iterator(more.begin()),
                           std::make_move_iterator(more.end()));
        }
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
    options.json = for_modules(*object).dump(-1, ' ', false, json::error_handler_t::replace);
    return options;
}

std::string options_schema(const std::vector<KindChoice>& kinds) {
    Schema properties = Schema::object();
    Schema order = Schema::array();
    for (const Option& option : known_options()) {
        if (!option.form.is_null()) {
            properties[option.name] = option.form;
            order.push_back(option.name);
        }
    }
    if (!kinds.empty()) {
        Schema& form = properties["kinds"];
        for (const KindChoice& choice : kinds) {
            form["items"]["enum"].push_back(choice.kind);
            properties["exclude_kinds"]["items"]["enum"].push_back(choice.kind);
            if (choice.is_default) {
                form["default"].push_back(choice.kind);
            }
        }
        form["description"] =
            "What to collect. Kinds of a later version stay off until they are added here.";
    }
    const Schema schema = {{"type", "object"},
                           {"properties", std::move(properties)},
                           {"required", Schema::array()},
                           {"order", std::move(order)}};
    return schema.dump();
}

}  // namespace pf::host::runtime
