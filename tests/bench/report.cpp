#include "tests/bench/report.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

namespace pf::bench {
namespace {

bool meets(const Measure& measure) {
    return !measure.aim || (measure.aim->is_upper ? measure.value <= measure.aim->bound
                                                  : measure.value >= measure.aim->bound);
}

std::string number(double value) {
    char text[32];
    const double size = std::fabs(value);
    const int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) {
            return line.substr(line.find(':') + 2);
        }
    }
    return "unknown";
}

}  // namespace

void Report::add(Measure measure) {
    if (measure.group != last_group_) {
        last_group_ = measure.group;
        std::printf("\n%-44s %12s %-10s %14s %12s %7s\n", measure.group.c_str(), "value", "unit",
                    "aim", "yardstick", "ratio");
    }
    std::string aim;
    if (measure.aim) {
        aim = (measure.aim->is_upper ? "<= " : ">= ") + number(measure.aim->bound) +
              (meets(measure) ? " +" : " -");
    }
    std::printf("%-44s %12s %-10s %14s %12s %7s", measure.name.c_str(),
                number(measure.value).c_str(), measure.unit.c_str(), aim.c_str(),
                measure.yardstick ? number(*measure.yardstick).c_str() : "",
                measure.yardstick ? number(measure.value / *measure.yardstick).c_str() : "");
    std::printf("%s%s\n", measure.remark.empty() ? "" : "  ", measure.remark.c_str());
    std::fflush(stdout);
    measures_.push_back(std::move(measure));
}

void Report::say(const std::string& text) const {
    std::printf("%s\n", text.c_str());
    std::fflush(stdout);
}

std::string Report::json() const {
    nlohmann::ordered_json root;
    root["machine"] = {{"processor", processor()},
                       {"processors", std::thread::hardware_concurrency()}};
    root["measures"] = nlohmann::ordered_json::array();
    for (const Measure& measure : measures_) {
        nlohmann::ordered_json entry = {{"group", measure.group},
                                        {"name", measure.name},
                                        {"value", measure.value},
                                        {"unit", measure.unit}};
        if (measure.aim) {
            entry[measure.aim->is_upper ? "at_most" : "at_least"] = measure.aim->bound;
            entry["met"] = meets(measure);
        }
        if (measure.yardstick) {
            entry["yardstick"] = *measure.yardstick;
            entry["ratio"] = measure.value / *measure.yardstick;
        }
        if (!measure.remark.empty()) {
            entry["remark"] = measure.remark;
        }
        root["measures"].push_back(std::move(entry));
    }
    return root.dump(2) + "\n";
}

void Report::print_summary() const {
    int with_aim = 0;
    int met = 0;
    for (const Measure& measure : measures_) {
        with_aim += measure.aim ? 1 : 0;
        met += measure.aim && meets(measure) ? 1 : 0;
    }
    std::printf("\n%d of %d aims met\n", met, with_aim);
    for (const Measure& measure : measures_) {
        if (!meets(measure)) {
            std::printf("  not met: %s: %s %s, aim %s\n", measure.name.c_str(),
                        number(measure.value).c_str(), measure.unit.c_str(),
                        number(measure.aim->bound).c_str());
        }
    }
}

}  // namespace pf::bench
