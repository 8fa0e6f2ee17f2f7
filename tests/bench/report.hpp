// Report: what was measured, as a table for people and as JSON for machines.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace pf::bench {

// A bound from the design, and on which side of it a value should be.
struct Aim {
    double bound = 0;
    bool is_upper = true;  // at most; else at least
};

struct Measure {
    std::string group;
    std::string name;
    double value = 0;
    std::string unit;
    std::optional<Aim> aim = {};
    // The same without the host's work, measured in the same run.
    std::optional<double> yardstick = {};
    std::string remark = {};
};

class Report {
  public:
    // Prints it at once, so that a long run shows where it is.
    void add(Measure measure);
    // One line of text in the table.
    void say(const std::string& text) const;
    // {"machine": {...}, "measures": [{group, name, value, unit, aim, met, yardstick, ratio}]}
    std::string json() const;
    // How many measures with an aim there are, and how many meet it.
    void print_summary() const;

  private:
    std::string last_group_;
    std::vector<Measure> measures_;
};

}  // namespace pf::bench
