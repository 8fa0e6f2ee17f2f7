#include "host/cli/doctor_text.hpp"

#include <algorithm>

#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using doctor::Finding;
using doctor::Verdict;

constexpr std::size_t verdict_width = 8;
constexpr std::size_t usual_width = 9;

const char* colour_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok:
            return "\x1b[32m";
        case Verdict::warn:
            return "\x1b[33m";
        case Verdict::fail:
            return "\x1b[1;31m";
        case Verdict::todo:
            return "\x1b[36m";
        case Verdict::skipped:
            break;
    }
    return "\x1b[90m";
}

std::string verdict_text(Verdict verdict, bool has_colour) {
    const std::string word = pad(std::string(doctor::verdict_name(verdict)), verdict_width);
    return has_colour ? colour_of(verdict) + word + "\x1b[0m" : word;
}

// Of the names in a section, so that its texts stand below each other.
std::size_t width_of(const std::vector<Finding>& findings) {
    std::size_t width = usual_width;
    for (const Finding& finding : findings) {
        width = std::max(width, finding.check.size());
    }
    return width;
}

void put_finding(std::string& out, const Finding& finding, std::size_t check_width,
                 bool has_colour) {
    out += "  " + verdict_text(finding.verdict, has_colour) +
           pad(clean(finding.check), check_width) + " " + clean(finding.text) + "\n";
    const std::string indent(2 + verdict_width + check_width + 1, ' ');
    for (const std::string& line : finding.details) {
        out += indent + clean(line) + "\n";
    }
    if (!finding.problem.ok() && finding.verdict == Verdict::fail) {
        out += indent + "code: " + clean(finding.problem.reason()) + "\n";
    }
    if (!finding.advice.empty()) {
        out += indent + "try: " + clean(finding.advice) + "\n";
    }
}

void put_section(std::string& out, const std::string& heading, const std::vector<Finding>& findings,
                 bool has_colour) {
    out += heading + "\n";
    for (const Finding& finding : findings) {
        put_finding(out, finding, width_of(findings), has_colour);
    }
}

}  // namespace

std::string doctor_text(const doctor::Report& report, bool has_colour) {
    std::string out;
    for (const doctor::TargetReport& target : report.targets) {
        put_section(
            out,
            clean(target.name == target.address ? target.name
                                                : target.name + " (" + target.address + ")"),
            target.findings, has_colour);
    }
    put_section(out, "this installation", report.installation, has_colour);
    if (!report.production.empty()) {
        put_section(out, "for production", report.production, has_colour);
    }
    const std::size_t skipped = report.count(Verdict::skipped);
    const std::size_t left = report.count(Verdict::todo);
    out += "result: " + counted(report.count(Verdict::fail), "failure") + ", " +
           counted(report.count(Verdict::warn), "warning") + ", " +
           std::to_string(report.count(Verdict::ok)) + " ok" +
           (skipped == 0 ? "" : ", " + std::to_string(skipped) + " not tried") +
           (left == 0 ? "" : ", " + std::to_string(left) + " to do by hand") + "\n";
    return out + "next: " + clean(report.next_step()) + "\n";
}

}  // namespace pf::host::cli
