#include "host/cloudforet/roles/monitoring_calls.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "host/cloudforet/call_identity.hpp"
#include "host/cloudforet/iso_time.hpp"
#include "host/cloudforet/roles/metric_request.hpp"
#include "host/cloudforet/roles/monitoring_data_source.hpp"
#include "host/cloudforet/roles/unary_call.hpp"
#include "host/cloudforet/struct_json.hpp"
#include "host/runtime/request_values.hpp"

namespace pf::host::cloudforet {
namespace {

namespace plugin = spaceone::api::monitoring::plugin;
using nlohmann::json;

Status broken(const std::string& what) {
    return {Code::internal, "ERROR_INTERNAL", what + "; please report this"};
}

Status fill(const MetricOffer& offer, const MonitoredResource& resource, plugin::MetricInfo& info) {
    json query = json::parse(offer.query, nullptr, false);
    if (!query.is_object()) {
        return broken("the query of the metric " + offer.key + " is no object");
    }
    add_monitored(resource, query);
    info.set_key(offer.key);
    info.set_name(offer.name);
    info.set_group(offer.group);
    auto& unit = *info.mutable_unit()->mutable_fields();
    unit["x"].set_string_value("Timestamp");
    unit["y"].set_string_value(offer.unit);
    return json_to_struct(query.dump(), *info.mutable_metric_query());
}

// A list as long as the labels for every resource that was asked about: CloudForet draws the first
// list of times it gets under the values of all.
Status fill(const MetricWish& wish, const MetricSeries& series, plugin::MetricDataInfo& answer) {
    auto& labels = *answer.mutable_labels();
    for (const std::int64_t time : series.times) {
        labels.add_values()->set_string_value(iso_time(time));
    }
    auto& lists = *answer.mutable_values()->mutable_fields();
    for (const auto& [key, subject] : wish.subjects) {
        auto& list = *lists[key].mutable_list_value();
        const auto found = series.values.find(key);
        const bool has_values = found != series.values.end();
        if (has_values && found->second.size() != series.times.size()) {
            return broken("a metric has more or fewer values than times");
        }
        for (std::size_t i = 0; i < series.times.size(); ++i) {
            auto& value = *list.add_values();
            if (has_values && found->second[i] && std::isfinite(*found->second[i])) {
                value.set_number_value(*found->second[i]);
            } else {
                value.set_null_value(google::protobuf::NULL_VALUE);
            }
        }
    }
    return {};
}

}  // namespace

grpc::Status MetricCalls::list(grpc::ServerContext* call, const plugin::MetricRequest* request,
                               plugin::MetricsInfo* answer) {
    const CallTrace::Scope scope(trace_of(*call));
    const auto work = [&](const Stop& stop) -> Status {
        const auto parsed = read_monitoring_request(request->options(), request->secret_data());
        if (!parsed) {
            return parsed.status();
        }
        if (request->query().fields().empty()) {
            return runtime::missing_key("query");
        }
        const auto resource =
            read_monitored(json::parse(struct_to_json(request->query())), "query");
        if (!resource) {
            return resource.status();
        }
        const auto offers = service_->list(*parsed, *resource, stop);
        if (!offers) {
            return offers.status();
        }
        for (const MetricOffer& offer : *offers) {
            if (Status status = fill(offer, *resource, *answer->add_metrics()); !status.ok()) {
                return status;
            }
        }
        return {};
    };
    return answer_call(context_, *call, "spaceone.api.monitoring.plugin.Metric/list",
                       limits_.answer, work);
}

grpc::Status MetricCalls::get_data(grpc::ServerContext* call,
                                   const plugin::MetricDataRequest* request,
                                   plugin::MetricDataInfo* answer) {
    const CallTrace::Scope scope(trace_of(*call));
    const auto work = [&](const Stop& stop) -> Status {
        const auto parsed = read_monitoring_request(request->options(), request->secret_data());
        if (!parsed) {
            return parsed.status();
        }
        const auto wish = read_metric_wish({request->metric(), request->start(), request->end(),
                                            request->period(), request->stat()},
                                           request->metric_query(), limits_);
        if (!wish) {
            return wish.status();
        }
        const auto series = service_->data(*parsed, *wish, stop);
        if (!series) {
            return series.status();
        }
        if (series->times.size() * wish->subjects.size() > limits_.values) {
            return runtime::bad_value("metric_query",
                                      "must name fewer resources, or start and end be closer");
        }
        return fill(*wish, *series, *answer);
    };
    return answer_call(context_, *call, "spaceone.api.monitoring.plugin.Metric/get_data",
                       limits_.answer, work);
}

}  // namespace pf::host::cloudforet
