// The module: tells the metrics of a kind of entity, and asks Prism for what they were.
#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "kind_query.hpp"
#include "metric_table.hpp"
#include "prismforet/module.hpp"
#include "resample.hpp"

namespace monitoring {
namespace {

// Ids come from whoever asks, and go into URLs and filters.
bool is_uuid(std::string_view text) noexcept {
    return text.size() == 36 && std::all_of(text.begin(), text.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
                      (c >= 'A' && c <= 'F');
           });
}

class Monitoring final : public pf::Metrics {
  public:
    void list(pf::MetricsCall& call, std::string_view entity_type) const override {
        const std::optional<Kind> kind = kind_named(entity_type);
        if (!kind) return;
        for (const Metric& metric : metrics_of(*kind))
            call.metric(metric.key, metric.name, metric.group, metric.unit);
    }

    void query(pf::MetricsCall& call, const pf::MetricsRequest& request) const override {
        const std::optional<Aggregation> aggregation = aggregation_named(request.stat);
        if (!aggregation)
            throw pf::Failure(PF_INVALID_ARGUMENT, "stat must be AVERAGE, MAX, MIN, SUM or LAST");
        const std::int64_t period = request.period_s != 0
                                        ? request.period_s
                                        : usual_period_s(request.to_s - request.from_s);
        const std::optional<Grid> grid = make_grid(request.from_s, request.to_s, period);
        if (!grid)
            throw pf::Failure(PF_INVALID_ARGUMENT,
                              "start must be before end, both from 1970 to 9999, and there may be "
                              "at most 10,000 periods between them");
        call.grid(grid->first_s, grid->step_s, grid->count);
        std::map<Kind, std::vector<Subject>> kinds;
        for (const pf::Value one : request.resources) {
            Subject subject;
            subject.key = one["key"].str();
            subject.id = one["entity_uuid"].str();
            subject.cluster = one["cluster_uuid"].str();
            if (const std::optional<Kind> kind = kind_named(one["entity_type"].str())) {
                if (is_uuid(subject.id) && (*kind != Kind::host || is_uuid(subject.cluster))) {
                    kinds[*kind].push_back(std::move(subject));
                } else {
                    call.note("metrics.bad_id", subject.id,
                              "its id, or that of its cluster, is no UUID");
                }
            } else {
                call.note("metrics.unknown_type", subject.id, "nothing is measured of its type");
            }
        }
        for (auto& [kind, subjects] : kinds) {
            if (const Metric* metric = find_metric(kind, request.metric)) {
                KindQuery(call, *metric, kind, *aggregation, *grid, std::move(subjects)).run();
                continue;
            }
            for (const Subject& one : subjects)
                call.note("metrics.unknown_metric", one.id, "its kind has no such metric");
        }
    }
};

}  // namespace
}  // namespace monitoring

PF_MODULE(monitoring::Monitoring)
