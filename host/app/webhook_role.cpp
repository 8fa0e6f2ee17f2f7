#include "host/app/webhook_role.hpp"

#include <chrono>
#include <utility>

#include "host/app/remember_secrets.hpp"
#include "host/app/targets.hpp"

namespace pf::host::app {
namespace {

cloudforet::EventSeverity severity_of(runtime::Severity severity) {
    switch (severity) {
        case runtime::Severity::critical:
            return cloudforet::EventSeverity::critical;
        case runtime::Severity::warning:
            return cloudforet::EventSeverity::warning;
        case runtime::Severity::info:
            return cloudforet::EventSeverity::info;
        case runtime::Severity::not_available:
            break;
    }
    return cloudforet::EventSeverity::not_available;
}

cloudforet::PluginEvent event_of(const runtime::Occurrence& from) {
    using std::chrono::milliseconds;
    cloudforet::PluginEvent event;
    event.key = from.event_key;
    event.type = from.type == runtime::OccurrenceType::recovery ? cloudforet::EventType::recovery
                                                                : cloudforet::EventType::alert;
    event.severity = severity_of(from.severity);
    event.title = from.title;
    event.description = from.description;
    event.rule = from.rule;
    event.resource = {from.resource.id, from.resource.name, from.resource.type};
    event.provider = from.provider;
    event.account = from.account;
    event.occurred_at =
        std::chrono::floor<std::chrono::seconds>(milliseconds(from.occurred_at)).count();
    // A body need not say when, but CloudForet needs it: it was posted just now.
    if (from.occurred_at == 0) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        event.occurred_at = std::chrono::floor<std::chrono::seconds>(now).count();
    }
    event.additional_info = runtime::additional_info_json(from);
    return event;
}

}  // namespace

WebhookWorker::WebhookWorker(Application& application, const Config& config)
    : application_(application), events_(application.modules(), application.targets()) {
    auto options = runtime::parse_options(config.collect_options);
    if (!options) {
        return;
    }
    if (auto targets = target_requests(config, {}, *options); targets.ok()) {
        runtime::Request& request = lookup_.emplace();
        request.options = std::move(*options);
        request.targets = std::move(*targets);
        remember_secrets(request);
    }
}

Status WebhookWorker::verify(std::string_view options, const Stop& stop) {
    if (auto module = application_.modules().serving(runtime::events_duty); !module) {
        return module.status();
    }
    // The module alone knows its options; an empty body tells nothing and asks nobody.
    return events_.parse("{}", options, nullptr, stop).status();
}

Result<std::vector<cloudforet::PluginEvent>> WebhookWorker::parse(std::string_view options,
                                                                  std::string_view body,
                                                                  const Stop& stop) {
    const auto occurrences = events_.parse(body, options, lookup_ ? &*lookup_ : nullptr, stop);
    if (!occurrences) {
        return occurrences.status();
    }
    std::vector<cloudforet::PluginEvent> events;
    for (const runtime::Occurrence& one : *occurrences) {
        // Events and audits are for the log: nothing would ever resolve them.
        if (one.type == runtime::OccurrenceType::alert ||
            one.type == runtime::OccurrenceType::recovery) {
            events.push_back(event_of(one));
        }
    }
    return events;
}

}  // namespace pf::host::app
