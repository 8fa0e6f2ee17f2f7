#include "host/doctor/doctor.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "host/doctor/checks.hpp"
#include "host/doctor/production/checks.hpp"
#include "host/observe/log.hpp"

namespace pf::host::doctor {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t most_at_once = 8;

// One check, and what it means for those behind it when it fails.
struct Step {
    const char* name;
    Finding (*check)(Examination&);
    const char* blocks;  // why later ones are not tried; null: they are
    bool needs_login = true;
    bool is_cheap = true;
};

constexpr std::array<Step, 10> steps = {{
    {"dns", check_dns, "the host has no address", false},
    {"tcp", check_tcp, "nothing answers at the port", false},
    {"tls", check_tls, "nothing is sent to a server that is not trusted", false},
    {"login", check_login, "Prism did not let this account in", false},
    {"clock", check_clock, nullptr, false},
    {"identity", check_identity, nullptr},
    {"api", check_api, nullptr, true, false},
    {"role", check_role, nullptr, true, false},
    {"paging", check_paging, nullptr, true, false},
    {"limits", check_limits, nullptr, true, false},
}};

// Somebody waits at a terminal: half the patience of a collection, and no long row of tries.
prism::Limits impatient(prism::Limits limits) {
    limits.tries = std::min<std::uint32_t>(limits.tries, 2);
    limits.first_byte = std::min(limits.first_byte, milliseconds(15000));
    limits.idle = std::min(limits.idle, milliseconds(10000));
    limits.total = std::min(limits.total, milliseconds(30000));
    limits.backoff_cap = std::min(limits.backoff_cap, milliseconds(5000));
    return limits;
}

// Why a step is not tried; empty when it is.
std::string obstacle(const Step& step, const std::string& blocked, bool has_login,
                     const Stop& stop) {
    if (stop.requested()) {
        return stop.why().message();
    }
    const bool may_go_on = !step.needs_login && std::string_view(step.name) == "clock" && has_login;
    return may_go_on ? std::string() : blocked;
}

// A check that fails in an unforeseen way is a finding too, not the end of the others.
Finding tried(const Step& step, Examination& examination) {
    try {
        return step.check(examination);
    } catch (const std::exception& error) {
        return found_failure(step.name, Status(Code::internal, "ERROR_INTERNAL",
                                               std::string("the check failed unexpectedly: ") +
                                                   error.what() + "; please report this"));
    }
}

void examine_target(Examination& examination, Depth depth, TargetReport& report) {
    std::string blocked;
    bool is_login_tried = false;
    for (const Step& step : steps) {
        if (depth == Depth::login && !step.is_cheap) {
            break;
        }
        const std::string why = obstacle(step, blocked, is_login_tried, examination.stop);
        if (!why.empty()) {
            report.findings.push_back(not_tried(step.name, why));
            continue;
        }
        is_login_tried = is_login_tried || step.check == &check_login;
        report.findings.push_back(tried(step, examination));
        const Finding& finding = report.findings.back();
        observe::log(observe::Level::debug, "doctor.check",
                     {{"target", report.name},
                      {"check", step.name},
                      {"verdict", verdict_name(finding.verdict)},
                      {"text", finding.text}});
        if (finding.verdict == Verdict::fail && step.blocks != nullptr) {
            blocked = step.blocks;
        }
    }
}

TargetReport examine_target(const Plan& plan, const runtime::TargetRequest& request,
                            const Descriptors& modules, prism::Targets& targets, const Stop& stop) {
    TargetReport report;
    report.name = request.label.empty() ? request.name : request.label;
    report.address = request.name;
    if (!request.refusal.ok()) {
        report.findings.push_back(found_failure("settings", request.refusal));
        return report;
    }
    Examination examination{request, plan.request.options, modules,
                            stop.until(Clock::now() + plan.time)};
    examination.spec = request.spec;
    examination.spec.limits = impatient(request.spec.limits);
    if (!examination.spec.proxy) {
        examination.spec.proxy = plan.proxies.choose(request.spec.host, request.spec.port);
    }
    examination.watcher = std::make_shared<Watcher>(request.spec.observer);
    examination.spec.observer = examination.watcher;
    examination.target = targets.acquire(examination.spec);
    examine_target(examination, plan.depth, report);
    if (plan.production) {
        const auto role =
            std::find_if(report.findings.begin(), report.findings.end(),
                         [](const Finding& finding) { return finding.check == "role"; });
        Finding least_role = check_least_role(role == report.findings.end() ? nullptr : &*role);
        report.findings.push_back(check_trust(request.spec.tls));
        report.findings.push_back(std::move(least_role));
        report.findings.push_back(check_gentleness(request.spec.limits));
    }
    return report;
}

Descriptors in_service(const runtime::Modules& modules, const runtime::Options& options) {
    const auto has = [](const std::vector<std::string>& list, const std::string& kind) {
        return std::find(list.begin(), list.end(), kind) != list.end();
    };
    Descriptors descriptors;
    for (const runtime::Modules::Entry& entry : modules.entries()) {
        if (!entry.refusal.ok() || !entry.descriptor) {
            continue;
        }
        const auto kinds = entry.kinds();
        const bool is_wanted =
            std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
                return (options.kinds.empty() || has(options.kinds, kind)) &&
                       !has(options.exclude_kinds, kind);
            });
        if (is_wanted) {
            descriptors.push_back(entry.descriptor);
        }
    }
    return descriptors;
}

}  // namespace

Report examine(const Plan& plan, const Stop& stop) {
    Report report;
    const Descriptors modules = in_service(plan.modules, plan.request.options);
    report.targets.resize(plan.request.targets.size());
    prism::Targets targets(plan.proxies);
    std::atomic<std::size_t> next{0};
    {
        std::vector<std::jthread> examiners(std::min(most_at_once, report.targets.size()));
        for (std::jthread& examiner : examiners) {
            examiner = std::jthread([&] {
                for (std::size_t i = next++; i < report.targets.size(); i = next++) {
                    report.targets[i] =
                        examine_target(plan, plan.request.targets[i], modules, targets, stop);
                }
            });
        }
    }
    report.installation.push_back(check_modules(plan.modules));
    if (!plan.listen.empty()) {
        report.installation.push_back(check_port(plan.listen, plan.is_listen_configured, stop));
    }
    if (plan.production) {
        report.production = check_production(*plan.production);
    }
    return report;
}

}  // namespace pf::host::doctor
