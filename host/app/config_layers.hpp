// ConfigLayers: values from several sources, one over the other, each remembering where it is from.
//
// Objects are merged key by key; anything else replaces what was below. Paths look like
// "targets[0].auth.username".
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/document/yaml_document.hpp"

namespace pf::host::app {

// Where a value comes from.
struct Origin {
    std::string source;  // "default", a file, "environment PRISMFORET_LOG__LEVEL", "--listen"
    int line = 0;        // of a file, from 1

    // "/etc/prismforet/config.yaml:12" or the source.
    std::string text() const;
    // True when the value stands in a file.
    bool is_file() const { return line > 0; }
    // ERROR_USAGE for a value of a flag, else ERROR_CONFIG.
    std::string reason() const;
};

class ConfigLayers {
  public:
    ConfigLayers();

    // Puts a whole layer on top; every value has the same source.
    void put(const nlohmann::json& layer, const std::string& source);
    // Puts a file on top.
    void put(const document::LinedDocument& document, const std::string& file);
    // Puts one value on top. INVALID_ARGUMENT (ERROR_CONFIG) when the path leads through a value
    // that has no members, or leaves a gap in a list.
    Status put(const std::string& path, const nlohmann::json& value, const std::string& source);

    // All layers merged.
    const nlohmann::json& root() const { return *root_; }
    // The origin of a value, or of the nearest value around it.
    Origin origin(const std::string& path) const;
    // All values without members, by path.
    std::map<std::string, nlohmann::json> leaves() const;

  private:
    void merge(nlohmann::json& below, const nlohmann::json& above, const std::string& path,
               const std::map<std::string, int>* lines, const std::string& source);
    void remember(const std::string& path, const nlohmann::json& value,
                  const std::map<std::string, int>* lines, const std::string& source);

    std::shared_ptr<nlohmann::json> root_;
    std::map<std::string, Origin> origins_;
};

}  // namespace pf::host::app
