// The module: tells the metrics of a kind of entity, and asks Prism for what they were.
#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "metric_table.hpp"
#include "prismforet/module.hpp"
#include "resample.hpp"
#include "samples.hpp"

namespace monitoring {
namespace {

// An entity that is asked about, and what came of it.
struct Subject {
    std::string_view key;  // the caller's
    std::string_view id;
    std::string_view cluster;
    std::vector<Sample> samples;
    bool is_answered = false;
    bool is_unknown = false;  // Prism does not know it
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// Ids come from whoever asks, and go into URLs and filters.
bool is_uuid(std::string_view text) noexcept {
    return text.size() == 36 && std::all_of(text.begin(), text.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
                      (c >= 'A' && c <= 'F');
           });
}

bool is_machine(Kind kind) noexcept { return kind == Kind::vm || kind == Kind::esxi_vm; }

// The entities of one kind and one metric.
class KindQuery {
  public:
    KindQuery(pf::MetricsCall& call, const Metric& metric, Kind kind, Aggregation aggregation,
              const Grid& grid, std::vector<Subject> subjects)
        : call_(call),
          metric_(metric),
          kind_(kind),
          aggregation_(aggregation),
          grid_(grid),
          subjects_(std::move(subjects)) {
        for (std::size_t i = 0; i < subjects_.size(); ++i)
            by_id_[lower(subjects_[i].id)].push_back(i);
    }

    void run() {
        if (open()) {
            while (const auto page = call_.next()) read(*page);
            write();
            return;
        }
        for (const Subject& one : subjects_)
            call_.note("metrics.absent", one.id,
                       "this Prism Central has no such metric of this kind of entity");
    }

  private:
    bool open() {
        std::vector<pf_str> ids, clusters, v4;
        std::vector<std::string> names;
        for (const Subject& one : subjects_) {
            ids.push_back(pf::to_str(one.id));
            clusters.push_back(pf::to_str(one.cluster));
        }
        if (is_machine(kind_)) names = {"extId", "stats/timestamp"};
        const std::string prefix = is_machine(kind_) ? "stats/" : "";
        for (const std::string_view field : {metric_.v4, metric_.v4_instead})
            if (!field.empty()) names.push_back(prefix + std::string(field));
        for (const std::string& name : names) v4.push_back(pf::to_str(name));
        const pf_str v3 = pf::to_str(metric_.older);
        pf_statistics_request request{};
        request.struct_size = sizeof request;
        request.endpoint = static_cast<std::uint32_t>(kind_);  // in the order of the descriptor
        request.entity_count = ids.size();
        request.ids = ids.data();
        request.clusters = clusters.data();
        request.v4_field_count = static_cast<std::uint32_t>(v4.size());
        request.v4_fields = v4.data();
        request.v3_field_count = metric_.older.empty() ? 0 : 1;
        request.v3_fields = &v3;
        request.type = pf::to_str(stat_type(aggregation_));
        request.from_s = grid_.first_s;
        request.to_s = grid_.time(grid_.count);
        request.step_s = grid_.step_s;
        return call_.open(request);
    }

    void read(const pf::StatisticsPage& page) {
        const auto keep = [this](std::string_view id, std::vector<Sample> samples) {
            const auto found = by_id_.find(lower(id));
            if (found == by_id_.end()) return;  // of a whole list, most are not asked for
            for (const std::size_t at : found->second) {
                subjects_[at].samples = samples;
                subjects_[at].is_answered = true;
            }
        };
        if (page.status != PF_OK) {
            has_failed_ = has_failed_ || !page.entity || page.status != PF_NOT_FOUND;
            if (page.entity) subjects_[*page.entity].is_unknown = page.status == PF_NOT_FOUND;
        } else if (page.dialect == 3) {
            read_groups(page.root, metric_, keep);
        } else if (is_machine(kind_)) {
            read_rows(page.root, metric_, keep);
        } else if (page.entity) {
            keep(subjects_[*page.entity].id, read_column(page.root, metric_));
        }
    }

    void write() {
        std::vector<double> values(grid_.count);
        for (const Subject& one : subjects_) {
            if (one.is_unknown) {
                call_.note("metrics.unknown_entity", one.id,
                           "Prism does not know it, or not in this cluster; it may be deleted");
                continue;
            }
            const auto cells = resample(one.samples, grid_, aggregation_);
            bool has_any = false;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                has_any = has_any || cells[i].has_value();
                values[i] = cells[i] ? *cells[i] * metric_.factor
                                     : std::numeric_limits<double>::quiet_NaN();
            }
            if (has_any) {
                call_.values(one.key, values);
            } else if (one.is_answered || !has_failed_) {  // of a failure the host tells
                call_.note("metrics.no_data", one.id,
                           "Prism shows nothing of it in this time: it was off, or is deleted");
            }
        }
    }

    pf::MetricsCall& call_;
    const Metric& metric_;
    const Kind kind_;
    const Aggregation aggregation_;
    const Grid grid_;
    std::vector<Subject> subjects_;
    std::map<std::string, std::vector<std::size_t>> by_id_;
    bool has_failed_ = false;  // an answer could not be read
};

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
            Subject subject{one["key"].str(),
                            one["entity_uuid"].str(),
                            one["cluster_uuid"].str(),
                            {},
                            false,
                            false};
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
