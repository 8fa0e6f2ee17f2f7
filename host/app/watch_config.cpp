#include "host/app/watch_config.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "host/document/problem.hpp"
#include "host/watch/schedule.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

constexpr const char* schema = R"json({
    "description": "what `prismforet watch` tells CloudForet; docs/watch.md",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "state": {"description": "path of its file, on a local disk", "type": "string", "maxLength": 4096},
      "collection_schedule": {"description": "when it collects: every 1h, 30m, or the five fields of cron", "type": "string", "maxLength": 255},
      "time_zone": {"description": "IANA name of the time zone of cron and of quiet times", "type": "string", "maxLength": 64},
      "to": {
        "description": "whom rules tell that name nobody", "type": "object", "additionalProperties": false,
        "required": ["resource_type", "resource_id"],
        "properties": {
          "resource_type": {"description": "identity.Project, identity.User or identity.Domain", "type": "string", "enum": ["identity.Project", "identity.User", "identity.Domain"]},
          "resource_id": {"description": "its id", "type": "string", "minLength": 1, "maxLength": 255},
          "topic": {"description": "topic of the notifications; nutanix.change unless given", "type": "string", "maxLength": 255}
        }
      },
      "rules": {
        "description": "which changes are told; none: no changes are told", "type": "array", "maxItems": 64,
        "items": {
          "type": "object", "additionalProperties": false, "required": ["name"],
          "properties": {
            "name": {"description": "a word of your choice", "type": "string", "minLength": 1, "maxLength": 64},
            "kinds": {"description": "kinds of resources; empty = all", "type": "array", "items": {"type": "string"}},
            "categories": {"description": "categories, Env=Prod or Env for any value; empty = all", "type": "array", "items": {"type": "string"}},
            "fields": {"description": "for changes: fields such as data.compute, with all below; empty = all", "type": "array", "items": {"type": "string"}},
            "changes": {"description": "created, changed, deleted; empty = all", "type": "array", "items": {"type": "string", "enum": ["created", "changed", "deleted"]}},
            "quiet": {"description": "times of day without notifications, e.g. 22:00-06:00; they come at its end", "type": "string"},
            "digest": {"description": "true or false; true makes one notification of all changes of a kind in a round", "type": "boolean"},
            "at_most": {"description": "single notifications of a kind in a round, 1 to 1000; the rest comes in one; 50 unless given", "type": "integer", "minimum": 1, "maximum": 1000},
            "to": {
              "description": "whom it tells, instead of watch.to", "type": "object", "additionalProperties": false,
              "required": ["resource_type", "resource_id"],
              "properties": {
                "resource_type": {"description": "identity.Project, identity.User or identity.Domain", "type": "string", "enum": ["identity.Project", "identity.User", "identity.Domain"]},
                "resource_id": {"description": "its id", "type": "string", "minLength": 1, "maxLength": 255},
                "topic": {"description": "topic of the notifications", "type": "string", "maxLength": 255}
              }
            }
          }
        }
      },
      "alerts": {
        "description": "how alerts get to CloudForet", "type": "object", "additionalProperties": false,
        "required": ["via"],
        "properties": {
          "via": {"description": "webhook (monitoring) or alert (alert manager)", "type": "string", "enum": ["webhook", "alert"]},
          "every": {"description": "time between two looks, 10s or more; 30s unless given", "type": "string"},
          "webhook_id": {"description": "id of the webhook that takes them", "type": "string", "maxLength": 255},
          "access_key": {"description": "its access key; better access_key_file or ${env:NAME}", "type": "string"},
          "access_key_file": {"description": "path of a file that holds its access key", "type": "string"},
          "service_id": {"description": "for alert without a webhook: the service that alerts are made in", "type": "string", "maxLength": 255}
        }
      }
    }
  })json";

std::vector<std::string> texts(const json& value) {
    return value.is_array() ? value.get<std::vector<std::string>>() : std::vector<std::string>();
}

watch::Audience read_audience(const ConfigValues& values, const json& value,
                              const std::string& path) {
    watch::Audience to;
    to.resource_type = values.text(value, path, "resource_type");
    to.resource_id = values.text(value, path, "resource_id");
    to.topic = values.text(value, path, "topic");
    if (to.topic.empty()) {
        to.topic = "nutanix.change";
    }
    return to;
}

watch::RuleWish read_rule(const ConfigValues& values, const json& value, const std::string& path) {
    watch::RuleWish rule;
    rule.name = values.text(value, path, "name");
    rule.kinds = texts(ConfigValues::member(value, "kinds"));
    rule.categories = texts(ConfigValues::member(value, "categories"));
    rule.fields = texts(ConfigValues::member(value, "fields"));
    rule.changes = texts(ConfigValues::member(value, "changes"));
    rule.quiet = values.text(value, path, "quiet");
    const json& digest = ConfigValues::member(value, "digest");
    rule.is_digest = digest.is_boolean() && digest.get<bool>();
    if (const json& most = ConfigValues::member(value, "at_most"); most.is_number()) {
        rule.at_most = most.get<std::uint32_t>();
    }
    return rule;
}

WatchAlerts read_alerts(ConfigValues& values, const json& value) {
    WatchAlerts alerts;
    if (!value.is_object()) {
        return alerts;
    }
    const std::string path = "watch.alerts";
    alerts.webhook_id = values.text(value, path, "webhook_id");
    alerts.access_key = values.secret(value, path, "access_key");
    alerts.service_id = values.text(value, path, "service_id");
    alerts.every = values.duration(value, path, "every").value_or(alerts.every);
    if (alerts.every < std::chrono::seconds(10)) {
        values.fail(path + ".every", "must be 10s or more");
    }
    const bool is_monitoring = values.text(value, path, "via") == "webhook";
    const bool has_webhook = !alerts.webhook_id.empty() && !alerts.access_key.empty();
    alerts.way = is_monitoring ? AlertWay::webhook
                 : has_webhook ? AlertWay::alert_webhook
                               : AlertWay::alert;
    if (is_monitoring && !has_webhook) {
        values.fail(path, "needs the webhook's webhook_id and access_key_file");
    }
    if (alerts.way == AlertWay::alert && alerts.service_id.empty()) {
        values.fail(path, "needs webhook_id with access_key_file, or service_id");
    }
    return alerts;
}

}  // namespace

const char* watch_schema_text() noexcept { return schema; }

WatchConfig read_watch(ConfigValues& values, const json& value) {
    WatchConfig config;
    config.state = values.text(value, "watch", "state");
    if (const std::string text = values.text(value, "watch", "collection_schedule");
        !text.empty()) {
        config.schedule = text;
    }
    if (const std::string zone = values.text(value, "watch", "time_zone"); !zone.empty()) {
        config.time_zone = zone;
    }
    if (const auto schedule = watch::Schedule::parse(config.schedule, config.time_zone);
        !schedule) {
        values.fail("watch.collection_schedule", schedule.status());
    }
    const json& to_all = ConfigValues::member(value, "to");
    const json& rules = ConfigValues::member(value, "rules");
    std::set<std::string> names;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const std::string path = document::path_of("watch.rules", i);
        watch::RuleWish rule = read_rule(values, rules[i], path);
        const json& own = ConfigValues::member(rules[i], "to");
        rule.to = own.is_object() ? read_audience(values, own, path + ".to")
                                  : read_audience(values, to_all, "watch.to");
        if (!names.insert(rule.name).second) {
            values.fail(path + ".name", "another rule has this name; choose a different one");
        }
        if (const auto made = watch::Rule::make(rule, config.time_zone); !made) {
            values.fail(path, made.status());
        }
        config.rules.push_back(std::move(rule));
    }
    config.alerts = read_alerts(values, ConfigValues::member(value, "alerts"));
    return config;
}

}  // namespace pf::host::app
