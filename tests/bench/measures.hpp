// The groups of measures. Each runs what it needs and adds to the report; none judges.
#pragma once

#include <filesystem>

#include "tests/bench/report.hpp"

namespace pf::bench {

struct Setting {
    std::filesystem::path programs;  // where prism-sim and prismforet are
    bool is_quick = false;           // fewer machines and repetitions, for a first look
};

void measure_micro(const Setting& setting, Report& report);
void measure_stages(const Setting& setting, Report& report);
void measure_rate(const Setting& setting, Report& report);
void measure_sessions(const Setting& setting, Report& report);
void measure_sizes(const Setting& setting, Report& report);
void measure_latency(const Setting& setting, Report& report);
void measure_start(const Setting& setting, Report& report);
void measure_calls(const Setting& setting, Report& report);
void measure_receivers(const Setting& setting, Report& report);
void measure_crowd(const Setting& setting, Report& report);

}  // namespace pf::bench
