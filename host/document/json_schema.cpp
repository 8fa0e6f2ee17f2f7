#include "host/document/json_schema.hpp"

#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "host/base/utf8.hpp"
#include "host/document/nearest.hpp"

namespace pf::host::document {

struct JsonSchema::Compiled {
    nlohmann::json text;
    valijson::Schema schema;
};

namespace {

using nlohmann::json;

bool holds_ref(const json& value) {
    if (value.is_object() && value.contains("$ref")) {
        return true;
    }
    if (value.is_structured()) {
        for (const json& member : value) {
            if (holds_ref(member)) {
                return true;
            }
        }
    }
    return false;
}

// The first text or key that is no UTF-8. YAML, variables and flags bring any bytes, and the
// validator reads beyond its tables for those.
std::optional<Problem> find_wrong_text(const json& value, const std::string& path) {
    const char* const reason = "must be UTF-8";
    if (value.is_string() && !is_utf8(value.get_ref<const std::string&>())) {
        return Problem{path, reason};
    }
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            if (!is_utf8(key)) {
                return Problem{path, "has a key that is no UTF-8"};
            }
            if (auto problem = find_wrong_text(member, path_of(path, key))) {
                return problem;
            }
        }
    }
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (auto problem = find_wrong_text(value[i], path_of(path, i))) {
                return problem;
            }
        }
    }
    return std::nullopt;
}

const json* member_of(const json& value, const std::string& key) {
    const auto found = value.is_object() ? value.find(key) : value.end();
    return found == value.end() ? nullptr : &*found;
}

std::vector<std::string> keys_of(const json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) {
        keys.push_back(key);
    }
    return keys;
}

// The first key that a closed object of the schema does not have.
std::optional<Problem> find_unknown_key(const json& value, const json& schema,
                                        const std::string& path) {
    const json* const properties = member_of(schema, "properties");
    if (value.is_object() && properties != nullptr) {
        const json* const more = member_of(schema, "additionalProperties");
        const bool is_closed = more != nullptr && *more == json(false) &&
                               member_of(schema, "patternProperties") == nullptr;
        for (const auto& [key, member] : value.items()) {
            if (const json* const known = member_of(*properties, key)) {
                if (auto problem = find_unknown_key(member, *known, path_of(path, key))) {
                    return problem;
                }
            } else if (is_closed) {
                const auto names = keys_of(*properties);
                const std::string nearest = suggestion(key, names);
                return Problem{
                    path_of(path, key),
                    "unknown key" +
                        (nearest.empty() ? "; known are " + enumerate(names, 32) : nearest)};
            }
        }
    }
    const json* const items = member_of(schema, "items");
    if (value.is_array() && items != nullptr) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (auto problem = find_unknown_key(value[i], *items, path_of(path, i))) {
                return problem;
            }
        }
    }
    return std::nullopt;
}

// Follows one step of valijson's context, "[name]" or "[3]", through the schema.
const json* step_into(const json* schema, const std::string& step) {
    if (schema == nullptr) {
        return nullptr;
    }
    if (const json* const properties = member_of(*schema, "properties")) {
        if (const json* const known = member_of(*properties, step)) {
            return known;
        }
    }
    const json* const items = member_of(*schema, "items");
    return items != nullptr ? items : member_of(*schema, "additionalProperties");
}

Problem readable(const valijson::ValidationResults::Error& error, const json& schema) {
    Problem problem;
    const json* place = &schema;
    for (const std::string& step : error.context) {
        if (step.size() < 2 || step.front() != '[') {
            continue;  // "<root>"
        }
        const std::string name = step.substr(1, step.size() - 2);
        const bool is_index = name.find_first_not_of("0123456789") == name.npos && !name.empty();
        problem.path = is_index ? problem.path + step : path_of(problem.path, name);
        place = step_into(place, name);
    }
    problem.reason = error.description;
    if (!problem.reason.empty() && problem.reason.back() == '.') {
        problem.reason.pop_back();
    }
    // A missing key is named by the error; the object around it needs no explanation.
    const bool is_explained = problem.reason.rfind("Missing required", 0) == 0;
    if (place != nullptr && !is_explained) {
        if (const json* const description = member_of(*place, "description");
            description != nullptr && description->is_string()) {
            problem.reason += "; expected: " + description->get<std::string>();
        }
        if (const json* const values = member_of(*place, "enum")) {
            problem.reason += "; allowed: " + values->dump();
        }
    }
    return problem;
}

Status no_schema(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_MODULE_DESCRIPTOR",
                  "is not a JSON Schema the host can use: " + what);
}

}  // namespace

JsonSchema::JsonSchema(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

Result<JsonSchema> JsonSchema::compile(const json& schema) {
    if (!schema.is_object()) {
        return no_schema("it must be an object");
    }
    if (holds_ref(schema)) {
        return no_schema("$ref is not supported; write the definition in place");
    }
    try {
        auto compiled = std::make_shared<Compiled>();
        compiled->text = schema;
        valijson::SchemaParser parser;
        const valijson::adapters::NlohmannJsonAdapter adapter(compiled->text);
        parser.populateSchema(adapter, compiled->schema);
        return JsonSchema(std::move(compiled));
    } catch (const std::exception& e) {
        return no_schema(e.what());
    }
}

std::optional<Problem> JsonSchema::check(const json& document) const {
    if (auto problem = find_wrong_text(document, "")) {
        return problem;
    }
    if (auto problem = find_unknown_key(document, compiled_->text, "")) {
        return problem;
    }
    try {
        const valijson::adapters::NlohmannJsonAdapter adapter(document);
        valijson::ValidationResults results;
        valijson::Validator validator;
        if (validator.validate(compiled_->schema, adapter, &results)) {
            return std::nullopt;
        }
        // The deepest error comes first; the ones after it only repeat it from further out.
        valijson::ValidationResults::Error error;
        if (!results.popError(error)) {
            return Problem{"", "does not fit the schema"};
        }
        return readable(error, compiled_->text);
    } catch (const std::exception& e) {
        return Problem{"", std::string("cannot be checked against the schema: ") + e.what()};
    }
}

}  // namespace pf::host::document
