// The part `watch` of a configuration.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/app/config_values.hpp"
#include "host/base/secret.hpp"
#include "host/watch/rules.hpp"

namespace pf::host::app {

// How alerts get to CloudForet.
enum class AlertWay : std::uint8_t {
    none,           // they are not forwarded
    webhook,        // Event.create of monitoring: our webhook plugin reads the body
    alert_webhook,  // the same of the alert manager
    alert,          // Alert.create of the alert manager, for which there is no recovery
};

struct WatchAlerts {
    AlertWay way = AlertWay::none;
    std::chrono::milliseconds every{std::chrono::seconds(30)};
    std::string webhook_id;
    Secret access_key;
    std::string service_id;  // for AlertWay::alert
};

struct WatchConfig {
    std::string state;  // path of the file; empty = watch cannot run
    std::string schedule = "every 1h";
    std::string time_zone = "UTC";
    std::vector<watch::RuleWish> rules;
    WatchAlerts alerts;
};

// JSON text of the schema of this part.
const char* watch_schema_text() noexcept;

// Reads a value that the schema allows. Throws WrongConfig.
WatchConfig read_watch(ConfigValues& values, const nlohmann::json& value);

}  // namespace pf::host::app
