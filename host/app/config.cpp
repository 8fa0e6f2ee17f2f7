#include "host/app/config.hpp"

#include <nlohmann/json.hpp>

#include "host/app/config_reader.hpp"
#include "host/app/config_schema.hpp"
#include "host/app/secret_source.hpp"
#include "host/document/json_schema.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

Result<std::string> compiled(const json& schema, const json& document) {
    auto checker = document::JsonSchema::compile(schema);
    if (!checker) {
        return checker.status();
    }
    const auto problem = checker->check(document);
    return problem ? problem->path + "\n" + problem->reason : std::string();
}

// Checks against the schema; the place of a problem is found by its path.
template <class OriginOf>
Status check(const json& document, const OriginOf& origin_of) {
    auto found = compiled(config_schema(), document);
    if (!found) {
        return found.status().within("the schema of configurations");
    }
    if (found->empty()) {
        return Status();
    }
    const std::size_t cut = found->find('\n');
    const std::string path = found->substr(0, cut);
    const std::string place = path.empty() ? "" : path + ": ";
    const Origin origin = origin_of(path);
    return Status(Code::invalid_argument, origin.reason(),
                  origin.text() + ": " + place + found->substr(cut + 1));
}

Result<document::LinedDocument> read_document(const std::string& path) {
    auto text = read_file(path, document::largest_yaml);
    if (!text) {
        return Status(Code::invalid_argument, "ERROR_CONFIG", text.status().message());
    }
    auto document = document::parse_yaml(*text, path, config_schema());
    if (!document) {
        return document;
    }
    const Status wrong = check(*document->root, [&](const std::string& place) {
        return Origin{path, document::nearest_line(document->lines, place)};
    });
    if (!wrong.ok()) {
        return wrong;
    }
    return document;
}

Status put_files(const Environment& environment, const ConfigInputs& inputs, LoadedConfig& loaded,
                 ConfigLayers& layers) {
    std::vector<fs::path> files;
    if (!inputs.file.empty()) {
        files.emplace_back(inputs.file);
    } else if (const auto named = environment.find("PRISMFORET_CONFIG");
               named != environment.end() && !named->second.empty()) {
        files.emplace_back(named->second);
    } else {
        for (const fs::path& path : usual_files(environment)) {
            std::error_code error;
            if (fs::exists(path, error)) {
                files.push_back(path);
            }
        }
    }
    for (const fs::path& path : files) {
        auto document = read_document(path.string());
        if (!document) {
            return document.status();
        }
        layers.put(*document, path.string());
        loaded.files.push_back(path.string());
    }
    return Status();
}

Status put_overrides(const ConfigInputs& inputs, ConfigLayers& layers) {
    for (const Override& one : inputs.overrides) {
        const json* schema = &config_schema();
        for (std::size_t at = 0; at < one.path.size();) {
            const std::size_t end = std::min(one.path.find('.', at), one.path.size());
            schema = document::schema_of_member(schema, one.path.substr(at, end - at));
            at = end + 1;
        }
        json value = document::scalar_value(one.value, schema);
        if (schema != nullptr && schema->value("type", json()) == "array") {
            value = document::list_value(one.value, document::schema_of_element(schema));
        }
        if (const Status put = layers.put(one.path, value, one.flag); !put.ok()) {
            return put;
        }
    }
    return Status();
}

}  // namespace

std::vector<fs::path> usual_files(const Environment& environment) {
    const auto value = [&environment](const char* name) {
        const auto found = environment.find(name);
        return found == environment.end() ? std::string() : found->second;
    };
    std::vector<fs::path> files = {"/etc/prismforet/config.yaml"};
    if (const std::string home = value("XDG_CONFIG_HOME"); !home.empty()) {
        files.push_back(fs::path(home) / "prismforet/config.yaml");
    } else if (const std::string user = value("HOME"); !user.empty()) {
        files.push_back(fs::path(user) / ".config/prismforet/config.yaml");
    }
    return files;
}

Result<LoadedConfig> load_config(const Environment& environment, const ConfigInputs& inputs) {
    LoadedConfig loaded;
    auto layers = std::make_shared<ConfigLayers>();
    layers->put(config_defaults(), "default");
    Status failure = put_files(environment, inputs, loaded, *layers);
    if (failure.ok()) {
        failure = apply_environment(environment, *layers);
    }
    if (failure.ok()) {
        failure = put_overrides(inputs, *layers);
    }
    if (failure.ok()) {
        failure =
            check(layers->root(), [&](const std::string& path) { return layers->origin(path); });
    }
    if (!failure.ok()) {
        return failure;
    }
    auto config = read_config(*layers, environment, loaded.warnings);
    if (!config) {
        return config.status();
    }
    loaded.config = std::move(*config);
    loaded.layers = std::move(layers);
    return loaded;
}

bool is_secret_key(const std::string& path) {
    const std::size_t cut = path.rfind('.');
    const std::string key = cut == path.npos ? path : path.substr(cut + 1);
    return key == "password" || key == "api_key" || key == "token" || key == "workspace_token" ||
           key == "user_token" || key == "authorization" || key == "access_key" ||
           (key == "url" && path.starts_with("notify."));
}

}  // namespace pf::host::app
