#include "host/runtime/metrics_desk.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace pf::host::runtime {
namespace {

std::string_view view(pf_str text) {
    return text.ptr == nullptr ? std::string_view()
                               : std::string_view(text.ptr, static_cast<std::size_t>(text.len));
}

Status broken(const std::string& why) {
    return Status(Code::invalid_argument, "ERROR_MODULE_FAILED", "the module " + why);
}

constexpr std::size_t most_entities = 100'000;
constexpr std::size_t most_fields = 32;

bool is_uuid(std::string_view text) {
    return text.size() == 36 && std::all_of(text.begin(), text.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
                      (c >= 'A' && c <= 'F');
           });
}

// Letters, digits and what Prism's names of metrics have: nothing that JSON or a URL escapes.
bool is_field(std::string_view text) {
    return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
        return c == '/' || c == '.' || c == '_' || (c >= '0' && c <= '9') ||
               (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

Status read_fields(const pf_str* from, std::uint32_t count, std::vector<std::string>& into) {
    if (count > most_fields || (count > 0 && from == nullptr)) {
        return broken("names more than 32 fields of statistics, or none of those it counts");
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!is_field(view(from[i]))) {
            return broken("names a field of statistics that is no name");
        }
        into.emplace_back(view(from[i]));
    }
    return Status();
}

Status read_ids(const pf_str* from, std::uint64_t count, std::vector<std::string>& into) {
    if (count > most_entities || from == nullptr) {
        return broken("asks for statistics of more than 100,000 entities, or of none");
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!is_uuid(view(from[i]))) {
            return broken("asks for statistics of something that is no UUID");
        }
        into.emplace_back(view(from[i]));
    }
    return Status();
}

}  // namespace

RuntimeMetricsDesk::RuntimeMetricsDesk(std::shared_ptr<const services::Descriptor> descriptor,
                                       std::shared_ptr<prism::Target> target, prism::ApiWish api,
                                       Stop stop, std::set<std::string> keys)
    : descriptor_(std::move(descriptor)),
      has_target_(target != nullptr),
      keys_(std::move(keys)),
      statistics_(std::move(target), api, std::move(stop), std::make_shared<prism::Meter>()) {}

Status RuntimeMetricsDesk::metric(const pf_metric& metric) {
    MetricInfo info{std::string(view(metric.key)), std::string(view(metric.name)),
                    std::string(view(metric.group)), std::string(view(metric.unit))};
    if (info.key.empty() || info.name.empty() || info.group.empty() || info.unit.empty()) {
        return broken("told a metric without key, name, group or unit");
    }
    metrics_.push_back(std::move(info));
    return Status();
}

Status RuntimeMetricsDesk::grid(std::int64_t first_s, std::int64_t step_s, std::uint64_t count) {
    constexpr std::int64_t last_s = 253'402'300'799;  // the end of the year 9999
    if (has_grid_ || first_s < 0 || step_s < 1 || count < 1 || count > most_cells ||
        step_s > last_s || first_s > last_s - step_s * static_cast<std::int64_t>(count)) {
        return broken("told a second grid of times, or one that cannot be");
    }
    has_grid_ = true;
    for (std::uint64_t i = 0; i < count; ++i) {
        series_.times_s.push_back(first_s + static_cast<std::int64_t>(i) * step_s);
    }
    return Status();
}

Status RuntimeMetricsDesk::values(pf_str key, const double* values, std::uint64_t count) {
    if (!has_grid_ || count != series_.times_s.size()) {
        return broken("told values before their times, or not one for each");
    }
    const std::string name(view(key));
    if (keys_.erase(name) == 0) {
        return broken("told values of something it was not asked about, or twice");
    }
    auto& list = series_.values[name];
    list.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        list.push_back(std::isfinite(values[i]) ? std::optional(values[i]) : std::nullopt);
    }
    return Status();
}

Status RuntimeMetricsDesk::wish_of(const pf_statistics_request& request,
                                   services::StatisticsWish& wish) const {
    constexpr std::array<std::string_view, 5> types = {"AVG", "MAX", "MIN", "SUM", "LAST"};
    if (!has_target_ || request.endpoint >= descriptor_->endpoints.size()) {
        return broken("asks for statistics in list, or of an endpoint that it does not have");
    }
    const services::Endpoint& endpoint = descriptor_->endpoints[request.endpoint];
    if (std::find(types.begin(), types.end(), view(request.type)) == types.end() ||
        request.from_s < 0 || request.from_s >= request.to_s || request.step_s < 1 ||
        (endpoint.v4 && request.v4_field_count == 0)) {
        return broken("asks for statistics without a field, of an unknown type or in no span");
    }
    wish.type = view(request.type);
    wish.from_s = request.from_s;
    wish.to_s = request.to_s;
    wish.step_s = request.step_s;
    for (Status read : {read_fields(request.v4_fields, request.v4_field_count, wish.v4_fields),
                        read_fields(request.v3_fields, request.v3_field_count, wish.v3_fields),
                        read_ids(request.ids, request.entity_count, wish.ids)}) {
        if (!read.ok()) {
            return read;
        }
    }
    const bool has_cluster =
        endpoint.v4 &&
        endpoint.v4->path.find(services::Endpoint::cluster_mark) != std::string::npos;
    return has_cluster ? read_ids(request.clusters, request.entity_count, wish.clusters) : Status();
}

Status RuntimeMetricsDesk::open(const pf_statistics_request& request, bool& is_there) {
    services::StatisticsWish wish;
    if (Status read = wish_of(request, wish); !read.ok()) {
        return read;
    }
    asked_ = wish.ids;
    Status opened = statistics_.open(descriptor_->endpoints[request.endpoint], std::move(wish));
    is_there = opened.code() != Code::not_found;
    return is_there ? opened : Status();
}

Status RuntimeMetricsDesk::next(pf_statistics_page& page) {
    auto answer = statistics_.next();
    if (!answer) {
        return answer.status();
    }
    page.dialect = answer->dialect;
    page.entity = answer->entity ? *answer->entity : PF_STATISTICS_MANY;
    page.status = static_cast<pf_status>(answer->status.code());
    page.root = answer->root;
    if (!answer->status.ok() && !(answer->entity && answer->status.code() == Code::not_found)) {
        auto& notes = series_.notes;
        const auto known = std::find_if(notes.begin(), notes.end(), [&](const auto& one) {
            return one.code == answer->status.reason();
        });
        services::Finding& note =
            known == notes.end() ? notes.emplace_back(services::Finding{
                                       answer->status.reason(), answer->status.message(), 0, {}})
                                 : *known;
        ++note.count;
        if (answer->entity && note.first_ids.size() < 5) {
            note.first_ids.push_back(asked_[*answer->entity]);
        }
    }
    return Status();
}

}  // namespace pf::host::runtime
