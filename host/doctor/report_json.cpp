#include "host/doctor/report_json.hpp"

#include <nlohmann/json.hpp>

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

Json finding_json(const Finding& finding) {
    Json json = {{"verdict", verdict_name(finding.verdict)}, {"text", finding.text}};
    if (!finding.details.empty()) {
        json["details"] = finding.details;
    }
    if (!finding.problem.ok()) {
        json["code"] = finding.problem.reason();
    }
    if (!finding.advice.empty()) {
        json["advice"] = finding.advice;
    }
    json["facts"] = Json::parse(finding.facts, nullptr, false);
    return json;
}

Json findings_json(const std::vector<Finding>& findings) {
    Json checks = Json::object();
    for (const Finding& finding : findings) {
        checks[finding.check] = finding_json(finding);
    }
    return checks;
}

}  // namespace

std::string report_json(const Report& report, int exit_code) {
    Json json = {{"schema", "prismforet/v1"}, {"targets", Json::array()}};
    for (const TargetReport& target : report.targets) {
        json["targets"].push_back({{"name", target.name},
                                   {"address", target.address},
                                   {"checks", findings_json(target.findings)}});
    }
    json["installation"] = {{"checks", findings_json(report.installation)}};
    if (!report.production.empty()) {
        json["production"] = {{"checks", findings_json(report.production)}};
    }
    json["summary"] = {
        {"ok", report.count(Verdict::ok)},     {"warn", report.count(Verdict::warn)},
        {"fail", report.count(Verdict::fail)}, {"skipped", report.count(Verdict::skipped)},
        {"todo", report.count(Verdict::todo)}, {"exit_code", exit_code},
        {"next", report.next_step()}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pf::host::doctor
