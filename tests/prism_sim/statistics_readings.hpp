#pragma once
// How the statistics of the simulated Prism behave: one field per question, one value per reading.
// README.md says what each stands for. The defaults are what the golden shapes show.

#include <cstdint>

namespace pf::sim {

/// How the base samples of an interval become one.
enum class StatType : std::uint8_t { sum, min, max, avg, count, last };
/// A VM without a sample in the whole span: an entry with empty `stats`, or none.
enum class OffRows : std::uint8_t { empty, absent };
/// What stands for a time at which a VM was off.
enum class OffSamples : std::uint8_t { missing, zero, minus_one };
/// hypervisorVmRunningTimeUsecs: what ran within the sample's interval; the same of base samples,
/// aggregated like any figure; or all that ever ran.
enum class RunningTime : std::uint8_t { interval, sample, counter };
/// Where intervals begin: at multiples of the interval since 1970, or at $startTime.
enum class SampleGrid : std::uint8_t { epoch, start };
/// Which end of its interval a sample's time is.
enum class SampleStamp : std::uint8_t { begin, end };
/// Filters on extId that the list of VM statistics takes: `in` and `or` and `eq`; `or` and `eq`;
/// one `eq`; none.
enum class StatsFilter : std::uint8_t { any, either, one, refused };
/// A request for more samples than an answer holds: 400 or 422, or the newest that fit.
enum class OverSamples : std::uint8_t { refused, newest };
/// A name in $select of statistics that the version does not have: 400, or as if not there.
enum class UnknownSelect : std::uint8_t { refused, ignored };
/// What `time` of v3 groups counts.
enum class GroupsTime : std::uint8_t { microseconds, milliseconds };
/// `entity_ids` of v3 groups: only those, or as if not there.
enum class GroupsIds : std::uint8_t { honoured, ignored };
/// A time series of v2 at an interval without a sample.
enum class V2Missing : std::uint8_t { minus_one, null };

struct StatisticsReadings {
    std::uint64_t now_s = 0;               ///< Seconds since 1970 that are now; 0: by the clock.
    std::uint32_t delay_s = 150;           ///< The newest so many seconds are not there yet.
    std::uint32_t raw_days = 30;           ///< Samples older than this are hourly at best.
    std::uint32_t days = 90;               ///< Older samples are gone.
    std::uint32_t most_samples = 100'000;  ///< Of an answer: entries times samples.
    std::uint32_t unmeasured = 0;          ///< Percent of entities not measured yet.
    StatType default_type = StatType::avg;
    OffRows off_rows = OffRows::empty;
    OffSamples off_samples = OffSamples::missing;
    RunningTime running_time = RunningTime::interval;
    SampleGrid grid = SampleGrid::epoch;
    SampleStamp stamp = SampleStamp::begin;
    StatsFilter filter = StatsFilter::any;
    OverSamples over_samples = OverSamples::refused;
    UnknownSelect unknown_select = UnknownSelect::refused;
    bool selects_strictly = false;  ///< extId and timestamp are only there when selected.
    GroupsTime groups_time = GroupsTime::microseconds;
    GroupsIds groups_ids = GroupsIds::honoured;
    bool groups_last_only = false;  ///< v3 groups know no interval: the newest value only.
    V2Missing v2_missing = V2Missing::minus_one;
    // What goes wrong, in percent of the samples.
    std::uint32_t gaps = 0;
    std::uint32_t minus_ones = 0;
    std::uint32_t duplicates = 0;
    std::uint32_t disorder = 0;
};

}  // namespace pf::sim
