#include "host/app/monitoring_log_role.hpp"

#include <string>

#include "host/app/remember_secrets.hpp"
#include "host/observe/log.hpp"

namespace pf::host::app {
namespace {

constexpr const char* time_options = R"({"source_type": "iso8601"})";
constexpr const char* severity_options = R"({
    "CRITICAL": {"type": "badge", "options": {"background_color": "red.500"}},
    "WARNING": {"type": "badge", "options": {"background_color": "yellow.500"}},
    "INFO": {"type": "badge", "options": {"background_color": "gray.400"}},
    "NOT_AVAILABLE": {"type": "badge", "options": {"background_color": "gray.200"}}})";

runtime::LogWish wish_of(const cloudforet::LogWish& from) {
    runtime::LogWish wish;
    wish.prism_central = from.resource.prism_central;
    wish.cluster_uuid = from.resource.cluster_uuid;
    wish.entity_type = from.resource.entity_type;
    wish.entity_uuid = from.resource.entity_uuid;
    wish.keyword = from.keyword;
    wish.from = from.from;
    wish.to = from.to;
    wish.sort_key = from.sort_key;
    wish.is_descending = from.is_descending;
    wish.limit = from.limit;
    return wish;
}

}  // namespace

Status LogWorker::verify(const runtime::Request& request, const Stop& stop) {
    remember_secrets(request);
    if (auto module = application_.modules().serving(runtime::events_duty); !module) {
        return module.status();
    }
    return application_.inventory().verify(request, stop);
}

// The names are those of runtime::to_json of an occurrence.
std::vector<cloudforet::LogField> LogWorker::fields() const {
    return {{"occurred_at", "Time", "datetime", time_options},
            {"event_type", "Type"},
            {"severity", "Severity", "enum", severity_options},
            {"title", "Title"},
            {"rule", "Rule"},
            {"resource_name", "Resource"},
            {"description", "Description"}};
}

Status LogWorker::list(const runtime::Request& request, const cloudforet::LogWish& wish,
                       const cloudforet::LogSink& sink, const Stop& stop) {
    remember_secrets(request);
    const runtime::LogEnd done = events_.log(
        request, wish_of(wish),
        [&](const runtime::Occurrence& one) {
            return sink(runtime::to_json(one))
                       ? Status()
                       : Status(Code::aborted, "ERROR_INTERRUPTED", "nobody reads the log");
        },
        stop);
    if (done.end.ok() && done.has_more) {
        observe::log(
            observe::Level::info, "log.more",
            {{"entity", wish.resource.entity_uuid}, {"limit", std::to_string(wish.limit)}});
    }
    return done.end;
}

}  // namespace pf::host::app
