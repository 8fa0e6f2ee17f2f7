// ConfigValues: reading single values of a merged configuration, with their places in failures.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/app/config_environment.hpp"
#include "host/app/config_layers.hpp"
#include "host/base/secret.hpp"
#include "host/base/status.hpp"

namespace pf::host::app {

// Thrown at the first problem; read_config catches it.
struct WrongConfig {
    Status status;
};

// Paths look like "targets[0].auth"; `key` is a member there. All readers throw WrongConfig.
class ConfigValues {
  public:
    // All outlive this object.
    ConfigValues(const ConfigLayers& layers, const Environment& environment,
                 std::vector<std::string>& warnings)
        : layers_(layers), environment_(environment), warnings_(warnings) {}

    [[noreturn]] void fail(const std::string& path, const Status& why) const;
    [[noreturn]] void fail(const std::string& path, const std::string& why) const;
    // Null when it is not there.
    static const nlohmann::json& member(const nlohmann::json& object, const char* key);
    // With ${env:NAME} and the like expanded; empty when it is not there.
    std::string text(const nlohmann::json& object, const std::string& path, const char* key) const;
    std::optional<std::chrono::milliseconds> duration(const nlohmann::json& object,
                                                      const std::string& path,
                                                      const char* key) const;
    // A secret that is given in place, or by the file that `key`_file names. Registered for
    // redaction; one that stands in a configuration file is warned of.
    Secret secret(const nlohmann::json& object, const std::string& path, const std::string& key);

    const ConfigLayers& layers() const noexcept { return layers_; }
    const Environment& environment() const noexcept { return environment_; }

  private:
    const ConfigLayers& layers_;
    const Environment& environment_;
    std::vector<std::string>& warnings_;
};

}  // namespace pf::host::app
