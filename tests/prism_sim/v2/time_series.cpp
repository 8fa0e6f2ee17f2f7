#include "tests/prism_sim/v2/time_series.hpp"

#include <algorithm>
#include <charconv>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/metric_names.hpp"
#include "tests/prism_sim/model/subjects.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kSecondUs = 1'000'000;
constexpr std::uint64_t kLastUs = 253'402'300'799ULL * kSecondUs;  // The year 9999.
constexpr std::uint64_t kLongestStep = 366 * 86'400;

// The number in a parameter, `otherwise` without it, nothing if it is not one from 1 to `most`.
std::optional<std::uint64_t> number(const Request& request, std::string_view name,
                                    std::uint64_t otherwise, std::uint64_t most) {
    const auto text = request.parameter(name);
    if (!text) return otherwise;
    std::uint64_t value = 0;
    const char* end = text->data() + text->size();
    const auto [at, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc{} || at != end || value == 0 || value > most) return std::nullopt;
    return value;
}

void refuse(Response& response, std::uint32_t status, std::string_view message) {
    response.status = status;
    JsonWriter out(response.body);
    out.open_item();
    out.text("message", message);
    out.close();
}

// "hosts/{uuid}/stats" in its first two parts.
std::optional<std::pair<std::string_view, std::string_view>> parts_of(std::string_view rest) {
    constexpr std::string_view tail = "/stats";
    if (!rest.ends_with(tail)) return std::nullopt;
    rest.remove_suffix(tail.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    return std::pair(rest.substr(0, slash), rest.substr(slash + 1));
}

}  // namespace

std::optional<Subject> V2TimeSeries::find(std::string_view plural, std::string_view text) const {
    const auto id = parse_uuid(text);
    if (!id) return std::nullopt;
    const auto find_one = [&](Measured kind) {
        return find_subject(world_, roster_, permissions_, kind, *id);
    };
    if (plural == "hosts") return find_one(Measured::host);
    if (plural == "clusters") return find_one(Measured::cluster);
    if (plural == "storage_containers") return find_one(Measured::container);
    if (plural != "vms") return std::nullopt;
    const auto vm = find_one(Measured::vm);
    return vm ? vm : find_one(Measured::esxi_vm);
}

bool V2TimeSeries::answer(std::string_view rest, const Request& request, Response& response) const {
    const auto parts = parts_of(rest);
    if (!parts) return false;
    const auto subject = find(parts->first, parts->second);
    if (!subject) {
        refuse(response, 404, "The entity does not exist.");
        return true;
    }
    const auto metrics = request.parameter("metrics");
    const std::uint64_t now_us = statistics_.now_s() * kSecondUs;
    const auto end = number(request, "end_time_in_usecs", now_us, kLastUs);
    const auto start = number(request, "start_time_in_usecs", now_us, kLastUs);
    const auto step = number(request, "interval_in_secs", kSlotSeconds, kLongestStep);
    if (!metrics || metrics->empty() || !start || !end || !step || *start > *end) {
        refuse(response, 400,
               "metrics, and a start_time_in_usecs before end_time_in_usecs, are needed");
        return true;
    }
    const SampleWindow window{*start / kSecondUs, *end / kSecondUs,
                              static_cast<std::uint32_t>(*step),
                              statistics_.readings().default_type};
    if (count_slots(window, statistics_.readings()) > statistics_.readings().most_samples) {
        refuse(response, 400, "more samples than an answer holds; ask for a longer interval");
        return true;
    }
    write(*subject, *metrics, window, response);
    return true;
}

void V2TimeSeries::write(const Subject& subject, std::string_view metrics,
                         const SampleWindow& window, Response& response) const {
    const StatisticsReadings& readings = statistics_.readings();
    const auto slots = sample_slots(window, readings, statistics_.now_s(), readings.most_samples);
    const auto kept = statistics_.spoiled(subject, slots);
    const Meter meter = statistics_.meter(subject);
    const auto is_kept = [&kept](const SampleSlot& slot) {
        return std::any_of(kept.begin(), kept.end(),
                           [&slot](const SampleSlot& one) { return one.shown_s == slot.shown_s; });
    };
    JsonWriter out(response.body);
    out.open_item();
    out.open_list("stats_specific_responses");
    while (!metrics.empty()) {
        const std::string_view name = metrics.substr(0, metrics.find(','));
        metrics.remove_prefix(std::min(metrics.size(), name.size() + 1));
        const auto metric = metric_named(name);
        const bool is_known = metric && meter.has(*metric);
        out.open_item();
        out.flag("successful", is_known);
        if (!is_known) out.plain("message", "unknown metric");
        out.number("start_time_in_usecs",
                   (slots.empty() ? window.start_s : slots.back().shown_s) * kSecondUs);
        out.number("interval_in_secs", window.step_s);
        out.text("metric", name);
        out.open_list("values");
        for (auto slot = slots.rbegin(); is_known && slot != slots.rend(); ++slot) {
            const auto value =
                is_kept(*slot)
                    ? statistics_.shown(subject, meter, *metric, *slot,
                                        meter.cover(slot->from_s, slot->to_s), window.type)
                    : std::nullopt;
            if (value)
                out.element(*value);
            else if (readings.v2_missing == V2Missing::minus_one)
                out.element(-1);
            else
                response.body.append(response.body.back() == '[' ? "null" : ",null");
        }
        out.close_list();
        out.close();
    }
    out.close_list();
    out.close();
}

}  // namespace pf::sim
