#include "host/doctor/finding.hpp"

#include <algorithm>

namespace pf::host::doctor {
namespace {

std::size_t count_in(const std::vector<Finding>& findings, Verdict verdict) {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [verdict](const Finding& one) { return one.verdict == verdict; }));
}

const Finding* first_of(const std::vector<Finding>& findings, Verdict verdict) {
    const auto found =
        std::find_if(findings.begin(), findings.end(),
                     [verdict](const Finding& one) { return one.verdict == verdict; });
    return found == findings.end() ? nullptr : &*found;
}

// The first finding with `verdict`, and the name of its target.
const Finding* first_of(const Report& report, Verdict verdict, std::string& target) {
    for (const TargetReport& one : report.targets) {
        if (const Finding* found = first_of(one.findings, verdict)) {
            target = one.name;
            return found;
        }
    }
    const Finding* const found = first_of(report.installation, verdict);
    return found != nullptr ? found : first_of(report.production, verdict);
}

std::string advice_of(const Finding& finding, const std::string& target) {
    const std::string place = target.empty() ? finding.check : finding.check + " of " + target;
    return place + ": " + (finding.advice.empty() ? finding.text : finding.advice);
}

}  // namespace

std::string_view verdict_name(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::ok:
            return "ok";
        case Verdict::warn:
            return "warn";
        case Verdict::fail:
            return "fail";
        case Verdict::todo:
            return "todo";
        case Verdict::skipped:
            break;
    }
    return "skipped";
}

Finding found_good(std::string check, std::string text) {
    Finding finding;
    finding.check = std::move(check);
    finding.text = std::move(text);
    return finding;
}

Finding found_warning(std::string check, std::string text, Status problem, std::string advice) {
    Finding finding = found_good(std::move(check), std::move(text));
    finding.verdict = Verdict::warn;
    finding.problem = std::move(problem);
    finding.advice = std::move(advice);
    return finding;
}

Finding found_failure(std::string check, const Status& problem) {
    Finding finding = found_good(std::move(check), what_failed(problem));
    finding.verdict = Verdict::fail;
    finding.problem = problem;
    finding.advice = what_to_do(problem);
    return finding;
}

Finding not_tried(std::string check, std::string why) {
    Finding finding = found_good(std::move(check), "not tried: " + std::move(why));
    finding.verdict = Verdict::skipped;
    return finding;
}

Finding to_do(std::string check, std::string text, std::string advice) {
    Finding finding = found_good(std::move(check), std::move(text));
    finding.verdict = Verdict::todo;
    finding.advice = std::move(advice);
    return finding;
}

std::string what_failed(const Status& problem) {
    return problem.message().substr(0, problem.message().rfind("; "));
}

std::string what_to_do(const Status& problem) {
    const std::size_t cut = problem.message().rfind("; ");
    return cut == std::string::npos ? std::string() : problem.message().substr(cut + 2);
}

std::size_t Report::count(Verdict verdict) const {
    std::size_t sum = count_in(installation, verdict) + count_in(production, verdict);
    for (const TargetReport& target : targets) {
        sum += count_in(target.findings, verdict);
    }
    return sum;
}

Status Report::first_failure() const {
    std::string target;
    const Finding* failure = first_of(*this, Verdict::fail, target);
    return failure == nullptr ? Status() : failure->problem;
}

std::string Report::next_step() const {
    std::string target;
    if (const Finding* failure = first_of(*this, Verdict::fail, target)) {
        return advice_of(*failure, target);
    }
    if (const Finding* warning = first_of(*this, Verdict::warn, target)) {
        return advice_of(*warning, target) + "; it works as it is: prismforet collect";
    }
    if (const std::size_t left = count(Verdict::todo); left > 0) {
        return "what is marked todo, " + std::to_string(left) + " in all: no program can see it";
    }
    return "prismforet collect shows what there is, prismforet serve serves CloudForet";
}

}  // namespace pf::host::doctor
