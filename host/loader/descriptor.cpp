#include "host/loader/descriptor.hpp"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "host/loader/console.hpp"
#include "host/loader/descriptor_rules.hpp"
#include "host/loader/descriptor_shape.hpp"
#include "host/loader/json_schema.hpp"
#include "host/loader/refusal.hpp"
#include "host/loader/strict_json.hpp"

namespace pf::host::loader {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::CountedBy;
using services::DataKey;
using services::Descriptor;
using services::EmptyForm;
using services::Endpoint;
using services::EndpointV3;
using services::EndpointV4;
using services::Lookup;
using services::LookupField;
using services::Output;

Status broken(const Problem& problem) {
    return Status(Code::invalid_argument, std::string(reason::descriptor), problem.text());
}

const JsonSchema& module_schema() {
    // Compiled once; the schema is part of this program, so it compiles.
    static const JsonSchema schema = JsonSchema::compile(json::parse(descriptor_schema())).value();
    return schema;
}

std::string text_of(const ordered_json& object, const char* key) {
    return object.value(key, std::string());
}

// "a.b.c" -> {"a", "b", "c"}; empty -> {}.
std::vector<std::string> split_path(const std::string& dotted) {
    std::vector<std::string> path;
    std::size_t begin = 0;
    while (!dotted.empty() && begin <= dotted.size()) {
        const std::size_t end = std::min(dotted.find('.', begin), dotted.size());
        path.push_back(dotted.substr(begin, end - begin));
        begin = end + 1;
    }
    return path;
}

bool is_path(const std::string& dotted) {
    const std::vector<std::string> path = split_path(dotted);
    return !path.empty() && dotted.find_first_of("{}") == std::string::npos &&
           std::none_of(path.begin(), path.end(), [](const auto& key) { return key.empty(); });
}

// "a.b" is a path, "{a.b}/{c}" a text with paths in it; empty is a field without parts.
std::optional<LookupField> parse_field(const std::string& text) {
    LookupField field;
    if (text.empty()) {
        return field;
    }
    if (text.find('{') == std::string::npos) {
        field.parts.push_back({"", split_path(text)});
        return is_path(text) ? std::optional(field) : std::nullopt;
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find('{', at), text.size());
        if (open > at) {
            field.parts.push_back({text.substr(at, open - at), {}});
        }
        if (open == text.size()) {
            break;
        }
        const std::size_t close = text.find('}', open);
        const std::string path =
            close == std::string::npos ? "" : text.substr(open + 1, close - open - 1);
        if (!is_path(path)) {
            return std::nullopt;
        }
        field.parts.push_back({"", split_path(path)});
        at = close + 1;
    }
    return field;
}

EmptyForm empty_form(const ordered_json& value) {
    if (value.is_object()) {
        return EmptyForm::object;
    }
    if (value.is_array()) {
        return EmptyForm::array;
    }
    return value.is_string() ? EmptyForm::text : EmptyForm::null;
}

// Makes a Descriptor of a document that fits the schema; collects references that lead nowhere.
class Reader {
  public:
    explicit Reader(const ordered_json& document) : document_(document) {}

    Descriptor read() {
        Descriptor descriptor;
        descriptor.name = text_of(document_, "name");
        descriptor.version = text_of(document_, "version");
        descriptor.stability = text_of(document_, "stability");
        descriptor.summary = text_of(document_, "summary");
        descriptor.concerns = document_.at("concerns").get<std::vector<std::string>>();
        for (const ordered_json& entry : document_.at("endpoints")) {
            descriptor.endpoints.push_back(endpoint(entry));
            endpoint_names_.push_back(descriptor.endpoints.back().name);
        }
        const ordered_json lookups = document_.value("lookups", ordered_json::array());
        for (std::size_t i = 0; i < lookups.size(); ++i) {
            descriptor.lookups.push_back(lookup(lookups[i], path_of("lookups", i)));
            lookup_names_.push_back(descriptor.lookups.back().name);
        }
        for (std::size_t i = 0; i < descriptor.endpoints.size(); ++i) {
            descriptor.endpoints[i].counted_by =
                counted_by(document_.at("endpoints")[i], path_of("endpoints", i));
        }
        const ordered_json& outputs = document_.at("outputs");
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            descriptor.outputs.push_back(output(outputs[i], path_of("outputs", i)));
        }
        return descriptor;
    }

    const std::vector<Problem>& problems() const { return problems_; }

  private:
    static Endpoint endpoint(const ordered_json& entry) {
        Endpoint endpoint;
        endpoint.name = text_of(entry, "name");
        endpoint.role = text_of(entry, "role");
        if (entry.contains("v4")) {
            const ordered_json& v4 = entry.at("v4");
            endpoint.v4 =
                EndpointV4{text_of(v4, "namespace"),      text_of(v4, "path"),
                           split_path(text_of(v4, "id")), split_path(text_of(v4, "cluster")),
                           text_of(v4, "cluster_filter"), v4.value("paged", true),
                           text_of(v4, "order_by"),       stats_window(v4)};
        }
        if (entry.contains("v3")) {
            const ordered_json& v3 = entry.at("v3");
            endpoint.v3 = EndpointV3{text_of(v3, "path"),
                                     text_of(v3, "kind"),
                                     split_path(text_of(v3, "id")),
                                     split_path(text_of(v3, "cluster")),
                                     v3.value("paged", true),
                                     text_of(v3, "order_by"),
                                     v3.value("attributes", std::vector<std::string>())};
        }
        return endpoint;
    }

    static std::optional<services::StatsWindow> stats_window(const ordered_json& v4) {
        if (!v4.contains("stats")) {
            return std::nullopt;
        }
        const ordered_json& stats = v4.at("stats");
        return services::StatsWindow{stats.at("minutes").get<std::uint32_t>(),
                                     stats.at("interval").get<std::uint32_t>(),
                                     stats.at("select").get<std::vector<std::string>>()};
    }

    Lookup lookup(const ordered_json& entry, const std::string& path) {
        Lookup lookup;
        lookup.name = text_of(entry, "name");
        lookup.endpoint =
            index_of(text_of(entry, "endpoint"), endpoint_names_, "endpoint", path + ".endpoint");
        lookup.fields = fields(entry, "fields", path);
        lookup.v3_fields = fields(entry, "v3_fields", path);
        return lookup;
    }

    std::vector<LookupField> fields(const ordered_json& entry, const char* key,
                                    const std::string& path) {
        std::vector<LookupField> fields;
        const ordered_json texts = entry.value(key, ordered_json::array());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            auto field = parse_field(texts[i].get_ref<const std::string&>());
            if (!field) {
                problems_.push_back({path_of(path + "." + key, i),
                                     "must be a dotted path, or text with dotted paths in braces"});
            }
            fields.push_back(field.value_or(LookupField()));
        }
        return fields;
    }

    // Needs the look-ups, which need the endpoints.
    std::vector<CountedBy> counted_by(const ordered_json& endpoint, const std::string& path) {
        std::vector<CountedBy> all;
        const ordered_json entries = endpoint.value("counted_by", ordered_json::array());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const std::string at = path_of(path + ".counted_by", i);
            const ordered_json& entry = entries[i];
            CountedBy one;
            one.lookup =
                index_of(text_of(entry, "lookup"), lookup_names_, "look-up", at + ".lookup");
            if (one.lookup < lookup_names_.size()) {
                const auto fields =
                    document_.at("lookups")[one.lookup].value("fields", std::vector<std::string>());
                one.field = index_of(text_of(entry, "field"), fields, "field", at + ".field");
                if (entry.contains("where")) {
                    one.where = index_of(text_of(entry, "where"), fields, "field", at + ".where");
                }
            }
            one.is = text_of(entry, "is");
            if (entry.contains("where") != entry.contains("is")) {
                problems_.push_back({at, "where and is go together"});
            }
            all.push_back(std::move(one));
        }
        return all;
    }

    Output output(const ordered_json& entry, const std::string& path) {
        Output output;
        output.kind = text_of(entry, "kind");
        output.title = text_of(entry, "title");
        output.endpoint =
            index_of(text_of(entry, "endpoint"), endpoint_names_, "endpoint", path + ".endpoint");
        output.is_cluster_scoped = text_of(entry, "scope") == "cluster";
        output.group = text_of(entry, "group");
        output.type = text_of(entry, "type");
        output.service_code = text_of(entry, "service_code");
        output.is_primary = entry.value("is_primary", false);
        output.is_major = entry.value("is_major", false);
        output.labels = entry.value("labels", std::vector<std::string>());
        for (const auto& [key, empty] : entry.at("data").items()) {
            output.data_keys.push_back(DataKey{key, empty_form(empty)});
        }
        const std::vector<std::string> lookups = entry.value("lookups", std::vector<std::string>());
        for (std::size_t i = 0; i < lookups.size(); ++i) {
            output.lookups.push_back(
                index_of(lookups[i], lookup_names_, "look-up", path_of(path + ".lookups", i)));
        }
        output.is_default = entry.value("default", true);
        const ordered_json console = entry.value("console", ordered_json::object());
        output.view_metadata = view_metadata(console);
        output.metrics = metrics(console);
        output.icon = text_of(entry, "icon");
        if (entry.contains("shape")) {
            output.shape = read_shape(entry.at("shape"));
        }
        return output;
    }

    // The position of `name` among `names`; one behind them, and a problem, when it is not there.
    std::uint32_t index_of(const std::string& name, const std::vector<std::string>& names,
                           const std::string& what, const std::string& path) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
            problems_.push_back(
                {path, "there is no " + what + " '" + name + "'" + suggestion(name, names)});
        }
        return static_cast<std::uint32_t>(found - names.begin());
    }

    const ordered_json& document_;
    std::vector<std::string> endpoint_names_;
    std::vector<std::string> lookup_names_;
    std::vector<Problem> problems_;
};

// The parts whose inside is not the host's: their texts may be long and hold line breaks.
ordered_json without_foreign_parts(ordered_json document) {
    if (!document.is_object()) {
        return document;
    }
    document.erase("config_schema");
    if (const auto outputs = document.find("outputs");
        outputs != document.end() && outputs->is_array()) {
        for (ordered_json& output : *outputs) {
            if (output.is_object()) {
                output.erase("console");
            }
        }
    }
    return document;
}

std::optional<Problem> config_schema_problem(const ordered_json& document) {
    const auto found = document.find("config_schema");
    if (found == document.end()) {
        return std::nullopt;
    }
    // Its patterns become regular expressions, whose compiler recurses too.
    if (auto problem = find_odd_text(*found, "config_schema", TextRules{1024, true})) {
        return problem;
    }
    const auto schema = JsonSchema::compile(json(*found));
    return schema.ok() ? std::nullopt
                       : std::optional(Problem{"config_schema", schema.status().message()});
}

Result<Descriptor> read_descriptor(std::string_view text) {
    auto document = parse_strict(text);
    if (!document) {
        return document.status();
    }
    if (const auto problem = find_odd_text(without_foreign_parts(*document), "", TextRules{})) {
        return broken(*problem);
    }
    if (const auto problem = module_schema().check(json(*document))) {
        return broken(*problem);
    }
    if (const auto problem = config_schema_problem(*document)) {
        return broken(*problem);
    }
    Reader reader(*document);
    Descriptor descriptor = reader.read();
    std::vector<Problem> problems = reader.problems();
    for (Problem& problem : broken_rules(descriptor)) {
        problems.push_back(std::move(problem));
    }
    if (!problems.empty()) {
        std::vector<std::string> texts;
        for (const Problem& problem : problems) {
            texts.push_back(problem.text());
        }
        return broken({"", enumerate(texts)});
    }
    descriptor.text = std::string(text);
    return descriptor;
}

Status bad_config(const std::string& what) {
    return Status(Code::invalid_argument, std::string(reason::config),
                  "the module's configuration is not valid: " + what);
}

Status check_config(const Descriptor& descriptor, std::string_view config_json) {
    const auto config = parse_strict(config_json.empty() ? "{}" : config_json);
    if (!config || !config->is_object()) {
        return bad_config("it must be an object");
    }
    // std::regex recurses per character; this is what its stack bears.
    if (const auto problem = find_odd_text(*config, "", TextRules{4096, true})) {
        return bad_config(problem->text());
    }
    const auto document = parse_strict(descriptor.text);
    json wanted = document && document->contains("config_schema")
                      ? json(document->at("config_schema"))
                      : json({{"type", "object"},
                              {"additionalProperties", false},
                              {"properties", json::object()}});
    const auto schema = JsonSchema::compile(wanted);
    if (!schema) {
        return schema.status();
    }
    const auto problem = schema->check(json(*config));
    return problem ? bad_config(problem->text()) : Status();
}

}  // namespace

Result<Descriptor> parse_descriptor(std::string_view json_text) {
    try {
        return read_descriptor(json_text);
    } catch (const std::exception& e) {
        return broken({"", std::string("cannot be read: ") + e.what()});
    }
}

Status validate_config(const Descriptor& descriptor, std::string_view config_json) {
    try {
        return check_config(descriptor, config_json);
    } catch (const std::exception& e) {
        return bad_config(e.what());
    }
}

}  // namespace pf::host::loader
