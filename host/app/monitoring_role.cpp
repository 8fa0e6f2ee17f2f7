#include "host/app/monitoring_role.hpp"

#include <string>
#include <utility>

#include "host/app/remember_secrets.hpp"
#include "host/observe/log.hpp"

namespace pf::host::app {
namespace {

runtime::MetricsResource resource_of(const cloudforet::MonitoredResource& from) {
    runtime::MetricsResource resource;
    resource.entity_type = from.entity_type;
    resource.entity_uuid = from.entity_uuid;
    resource.cluster_uuid = from.cluster_uuid;
    resource.prism_central = from.prism_central;
    return resource;
}

std::string stat_of(cloudforet::MetricStat stat) {
    switch (stat) {
        case cloudforet::MetricStat::max:
            return "MAX";
        case cloudforet::MetricStat::min:
            return "MIN";
        case cloudforet::MetricStat::sum:
            return "SUM";
        case cloudforet::MetricStat::last:
            return "LAST";
        case cloudforet::MetricStat::average:
            break;
    }
    return "AVERAGE";
}

}  // namespace

Status MetricWorker::verify(const runtime::Request& request, const Stop& stop) {
    remember_secrets(request);
    if (auto module = application_.modules().serving(runtime::metrics_duty); !module) {
        return module.status();
    }
    return application_.inventory().verify(request, stop);
}

Result<std::vector<cloudforet::MetricOffer>> MetricWorker::list(
    const runtime::Request& request, const cloudforet::MonitoredResource& resource,
    const Stop& stop) {
    remember_secrets(request);
    auto found = metrics_.list(resource.entity_type, stop);
    if (!found) {
        return found.status();
    }
    std::vector<cloudforet::MetricOffer> offers;
    for (runtime::MetricInfo& one : *found) {
        offers.push_back({std::move(one.key), std::move(one.name), std::move(one.group),
                          std::move(one.unit), "{}"});
    }
    return offers;
}

Result<cloudforet::MetricSeries> MetricWorker::data(const runtime::Request& request,
                                                    const cloudforet::MetricWish& wish,
                                                    const Stop& stop) {
    remember_secrets(request);
    runtime::MetricsWish asked;
    asked.metric = wish.metric;
    asked.stat = stat_of(wish.stat);
    asked.from_s = wish.from;
    asked.to_s = wish.to;
    asked.period_s = wish.period;
    for (const auto& [key, subject] : wish.subjects) {
        asked.resources.emplace(key, resource_of(subject.resource));
    }
    auto found = metrics_.query(request, asked, stop);
    if (!found) {
        return found.status();
    }
    for (const services::Finding& note : found->notes) {
        // A machine that is off has no figures, and is drawn again and again.
        const bool is_trouble = note.code.starts_with("ERROR_");
        observe::log(is_trouble ? observe::Level::warn : observe::Level::debug, "metrics.note",
                     {{"metric", wish.metric},
                      {"code", note.code},
                      {"text", note.text},
                      {"count", std::to_string(note.count)},
                      {"first", note.first_ids.empty() ? std::string() : note.first_ids.front()}});
    }
    cloudforet::MetricSeries series;
    series.times = std::move(found->times_s);
    for (auto& [key, values] : found->values) {
        series.values.emplace(key, std::move(values));
    }
    return series;
}

}  // namespace pf::host::app
