#include "tests/prism_sim/v3/groups.hpp"

#include <algorithm>
#include <variant>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/metric_names.hpp"
#include "tests/prism_sim/model/subjects.hpp"
#include "tests/prism_sim/v3/groups_entities.hpp"
#include "tests/prism_sim/v3/groups_request.hpp"

namespace pf::sim::v3 {
namespace {

// The newest value of a statistic as text.
std::optional<std::string> newest_value(const Statistics& statistics, const Subject& subject,
                                        std::string_view name) {
    const auto metric = metric_named(name);
    const auto slot = newest_slot(statistics.readings(), statistics.now_s());
    if (!metric || !slot) return std::nullopt;
    const Meter meter = statistics.meter(subject);
    // What is stored stays when a machine is off.
    if (const auto standing = meter.standing(*metric)) return std::to_string(*standing);
    const auto value = statistics.shown(subject, meter, *metric, *slot,
                                        meter.cover(slot->from_s, slot->to_s), StatType::last);
    return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

// An attribute or the newest value of a statistic.
std::optional<std::string> value_of(const GroupsSource& source, const Subject& subject,
                                    std::string_view name) {
    if (auto value = groups_attribute(source.world, subject, name)) return value;
    return newest_value(source.statistics, subject, name);
}

std::vector<Subject> select(const GroupsSource& source, const GroupsType& type,
                            const GroupsRequest& request) {
    auto selected = groups_entities(type, source.world, source.roster, source.permissions);
    const auto value = [&source](const Subject& subject) {
        return
            [&source, &subject](std::string_view name) { return value_of(source, subject, name); };
    };
    const bool has_ids =
        request.entity_ids && source.statistics.readings().groups_ids == GroupsIds::honoured;
    std::erase_if(selected, [&](const Subject& subject) {
        if (has_ids && std::find(request.entity_ids->begin(), request.entity_ids->end(),
                                 id_of_subject(source.world, subject)) == request.entity_ids->end())
            return true;
        return request.filter && !request.filter->matches(value(subject));
    });
    if (!request.sort_attribute.empty()) {
        std::stable_sort(selected.begin(), selected.end(), [&](const Subject& a, const Subject& b) {
            return value_of(source, a, request.sort_attribute) <
                   value_of(source, b, request.sort_attribute);
        });
    }
    return selected;
}

class Rows {
  public:
    Rows(JsonWriter& out, const GroupsSource& source, const GroupsRequest& request,
         std::vector<SampleSlot> slots)
        : out_(out), source_(source), request_(request), slots_(std::move(slots)) {}

    void write(const Subject& subject) {
        out_.open_item();
        out_.uuid("entity_id", id_of_subject(source_.world, subject));
        out_.open_list("data");
        for (const GroupsAttribute& attribute : request_.attributes) {
            out_.open_item();
            out_.text("name", attribute.name);
            out_.open_list("values");
            write_values(subject, attribute);
            out_.close_list();
            out_.close();
        }
        out_.close_list();
        out_.close();
    }

  private:
    void write_values(const Subject& subject, const GroupsAttribute& attribute) {
        const StatisticsReadings& readings = source_.statistics.readings();
        const auto metric = metric_named(attribute.name);
        const auto fact = groups_attribute(source_.world, subject, attribute.name);
        if (fact || !metric || !request_.window || readings.groups_last_only) {
            const auto value = value_of(source_, subject, attribute.name);
            const auto slot = newest_slot(readings, source_.statistics.now_s());
            if (value) write_value(slot ? slot->shown_s : 0, *value);
            return;
        }
        const Meter meter = source_.statistics.meter(subject);
        const auto slots = source_.statistics.spoiled(subject, slots_);
        // Oldest first.
        for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot)
            if (const auto value = source_.statistics.shown(
                    subject, meter, *metric, *slot, meter.cover(slot->from_s, slot->to_s),
                    attribute.operation.value_or(readings.default_type)))
                write_value(slot->shown_s, std::to_string(*value));
    }
    void write_value(std::uint64_t time_s, const std::string& value) {
        const bool is_ms = source_.statistics.readings().groups_time == GroupsTime::milliseconds;
        out_.open_item();
        out_.number("time", time_s * (is_ms ? 1'000 : 1'000'000));
        out_.open_list("values");
        out_.element(std::string_view(value));
        out_.close_list();
        out_.close();
    }

    JsonWriter& out_;
    const GroupsSource& source_;
    const GroupsRequest& request_;
    const std::vector<SampleSlot> slots_;
};

}  // namespace

void answer_groups(const GroupsSource& source, std::string_view body, Response& response) {
    const auto parsed = parse_groups_request(body);
    if (const auto* refusal = std::get_if<Refusal>(&parsed))
        return write_refusal(response, *refusal);
    const auto& request = std::get<GroupsRequest>(parsed);
    const auto type = groups_type(request.entity_type);
    if (!type) return write_refusal(response, unprocessable("entity_type is not served by groups"));
    if (const auto role = source.permissions.missing_role(type->kind))
        return write_refusal(response, {403, "ACCESS_DENIED", missing_role_message(*role)});
    const std::vector<Subject> selected = select(source, *type, request);
    const std::uint64_t begin = std::min<std::uint64_t>(request.offset, selected.size());
    const std::uint64_t count =
        source.cap == 0 ? request.count : std::min<std::uint64_t>(request.count, source.cap);
    const std::uint64_t end = std::min<std::uint64_t>(selected.size(), begin + count);
    const StatisticsReadings& readings = source.statistics.readings();
    std::vector<SampleSlot> slots;
    if (request.window) {
        const std::uint64_t most = std::max<std::uint64_t>(
            1, readings.most_samples / std::max<std::uint64_t>(1, end - begin));
        if (readings.over_samples == OverSamples::refused &&
            count_slots(*request.window, readings) > most)
            return write_refusal(response, unprocessable("more samples than an answer holds"));
        slots = sample_slots(*request.window, readings, source.statistics.now_s(), most);
    }
    JsonWriter out(response.body);
    out.open_item();
    out.plain("entity_type", type->name);
    out.number("filtered_entity_count", selected.size());
    out.number("filtered_group_count", 1);
    out.open_list("group_results");
    out.open_item();
    out.plain("group_by_column_value", "");
    out.number("total_entity_count", selected.size());
    out.open_list("entity_results");
    Rows rows(out, source, request, std::move(slots));
    for (std::uint64_t i = begin; i < end; ++i) rows.write(selected[i]);
    out.close_list();
    out.close();
    out.close_list();
    out.number("total_entity_count", selected.size());
    out.number("total_group_count", 1);
    out.close();
}

}  // namespace pf::sim::v3
