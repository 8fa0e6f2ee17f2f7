#include "tests/prism_sim/simulation.hpp"

#include <stdexcept>

#include "tests/prism_sim/gate/fault_effects.hpp"

namespace pf::sim {
namespace {

const Config& checked(const Config& config) {
    const auto require = [](bool is_good, const char* what) {
        if (!is_good) throw std::invalid_argument(what);
    };
    require(config.clusters >= 1 && config.clusters <= 1000, "clusters must be 1 to 1000");
    require(config.hosts_per_cluster >= 1 && config.hosts_per_cluster <= 64,
            "hosts per cluster must be 1 to 64");
    require(config.vms <= 4'000'000, "at most 4000000 VMs");
    require(config.max_threads >= 2, "max threads must be at least 2");
    require(!config.user.empty(), "the user must not be empty");
    require(config.rate_limit >= 0, "the rate limit must not be negative");
    require(config.latency.count() >= 0, "the latency must not be negative");
    return config;
}

bool is_v3(const Request& request) { return request.path.starts_with("/api/nutanix/"); }

constexpr std::string_view kRealm = "Basic realm=\"Intent Gateway Login Required\"";

}  // namespace

Simulation::Simulation(const Config& config)
    : config_(checked(config)),
      world_(build_world({config.seed, config.vms, config.clusters, config.hosts_per_cluster},
                         {"pc." + config.pc_version, config.user, config.unknown_enums})),
      roster_(world_),
      sessions_(config_),
      rate_limit_(config.rate_limit),
      faults_(config.seed),
      v4_(config_, world_, roster_),
      v3_(config_, world_, roster_) {
    faults_.set(config.faults);
    stats_source_ = [this] { return stats(); };
}

Stats Simulation::stats() const {
    Stats stats = stats_.copy();
    stats.vms = roster_.size();
    stats.vms_created = roster_.created();
    stats.vms_deleted = roster_.deleted();
    return stats;
}

void Simulation::answer(const Request& request, Response& response) {
    response.reset();
    if (request.path.starts_with("/sim/")) return answer_control(request, response);
    stats_.begin(request);
    response.delivery.delay = config_.latency;
    answer_api(request, response);
    add_usual_headers(request, response);
    stats_.end(response);
}

void Simulation::answer_api(const Request& request, Response& response) {
    const std::vector<Fault> faults = faults_.strike(request);
    stats_.faults(faults.size());
    bool is_answered = false;
    for (const Fault& fault : faults) {
        if (!is_answered && replaces_answer(fault.kind))
            is_answered = answer_by_fault(fault, request, response);
    }
    if (!is_answered && !rate_limit_.allow(RateLimit::Clock::now())) {
        stats_.rate_limited();
        refuse_rate(request, response, 429, config_.retry_after);
        is_answered = true;
    }
    if (!is_answered && admit(request, response)) route(request, response);
    for (const Fault& fault : faults) spoil_delivery(fault, response);
}

bool Simulation::answer_by_fault(const Fault& fault, const Request& request,
                                 Response& response) const {
    switch (fault.kind) {
        case FaultKind::html:
            response.content_type = "text/html";
            response.body.append(login_page());
            return true;
        case FaultKind::empty_body:
            return true;
        case FaultKind::unauthorized:
            refuse_credential(request, response);
            return true;
        case FaultKind::forbidden:
            refuse_permission(request, response);
            return true;
        case FaultKind::rate_limit_in_400:
            refuse_rate(request, response, 400, fault.retry_after);
            return true;
        case FaultKind::status:
            break;
        default:
            return false;
    }
    if (fault.status == 429) {
        refuse_rate(request, response, 429, fault.retry_after);
        return true;
    }
    if (!fault.retry_after.empty()) response.headers.emplace_back("Retry-After", fault.retry_after);
    if (fault.status >= 502 && fault.status <= 504) {
        write_gateway_page(response, fault.status);
    } else if (is_v3(request)) {
        V3Service::refuse(response, fault.status, "INTERNAL_ERROR", "Internal server error.");
    } else {
        v4_.refuse(request, response, fault.status, "Internal server error.", "INTERNAL_ERROR");
    }
    return true;
}

bool Simulation::admit(const Request& request, Response& response) {
    const Admission admission = sessions_.admit(request);
    stats_.admitted(admission);
    switch (admission) {
        case Admission::basic:
        case Admission::api_key:
            response.headers.emplace_back("Set-Cookie", sessions_.open());
            return true;
        case Admission::cookie:
            return true;
        default:
            refuse_credential(request, response);
            return false;
    }
}

void Simulation::refuse_credential(const Request& request, Response& response) const {
    response.status = 401;
    if (is_v3(request)) {
        V3Service::refuse(response, 401, "AUTHENTICATION_REQUIRED", "Authentication required.",
                          kRealm);
    } else if (config_.json_auth_errors) {
        v4_.refuse(request, response, 401, "Authentication required.", "AUTHENTICATION_REQUIRED");
    }
    response.headers.emplace_back("WWW-Authenticate", std::string(kRealm));
}

void Simulation::refuse_permission(const Request& request, Response& response) const {
    response.status = 403;
    if (is_v3(request)) {
        V3Service::refuse(response, 403, "ACCESS_DENIED", "No permission to access the resource.");
    } else if (config_.json_auth_errors) {
        v4_.refuse(request, response, 403, "No permission to access the resource.",
                   "ACCESS_DENIED");
    }
}

void Simulation::refuse_rate(const Request& request, Response& response, std::uint32_t status,
                             std::string_view retry_after) const {
    constexpr std::string_view message = "Request rate limit exceeded.";
    if (!retry_after.empty())
        response.headers.emplace_back("Retry-After", std::string(retry_after));
    if (is_v3(request)) return V3Service::refuse(response, status, "RATE_LIMIT_EXCEEDED", message);
    v4_.refuse(request, response, status, message, "RATE_LIMIT_EXCEEDED");
}

void Simulation::route(const Request& request, Response& response) {
    if (request.path.starts_with("/api/nutanix/v3/") && config_.serve_v3) {
        v3_.answer(request, response);
        churn_after(V3Service::is_vm_list(request));
    } else if (is_v3(request)) {
        V3Service::refuse(response, 404, "NOT_FOUND", "The requested resource was not found.");
    } else {
        v4_.answer(request, response);
        churn_after(V4Service::is_vm_list(request));
    }
}

void Simulation::churn_after(bool is_vm_list) {
    if (config_.churn_every != 0 && is_vm_list && ++vm_lists_ % config_.churn_every == 0)
        roster_.churn();
}

void Simulation::add_usual_headers(const Request& request, Response& response) const {
    if (request.path.starts_with("/api/") && response.status == 200)
        response.headers.emplace_back("X-Envoy-Upstream-Service-Time",
                                      std::to_string(config_.latency.count() + 1));
    response.headers.emplace_back("Server", "envoy");
    response.headers.emplace_back("X-Ntnx-Env", "pc");
    response.headers.emplace_back("X-Ntnx-Product", world_.pc_version);
    response.headers.emplace_back("Strict-Transport-Security", "max-age=8640000");
    response.headers.emplace_back("Vary", "Origin, Accept-Encoding");
}

void Simulation::answer_control(const Request& request, Response& response) {
    const auto is = [&](std::string_view method, std::string_view path) {
        return request.method == method && request.path == path;
    };
    if (is("GET", "/sim/stats")) {
        response.body.append(to_json(stats_source_()));
    } else if (is("GET", "/sim/vm-ids")) {
        response.content_type = "text/plain";
        for (const Uuid& id : roster_.ids()) response.body.append(to_text(id) + "\n");
    } else if (is("POST", "/sim/churn")) {
        roster_.churn();
    } else if (is("POST", "/sim/expire-sessions")) {
        sessions_.expire_all();
    } else if (is("PUT", "/sim/faults")) {
        std::vector<std::string> texts;
        std::string_view rest = request.body;
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : rest.size());
            if (!line.empty()) texts.emplace_back(line);
        }
        try {
            faults_.set(texts);
        } catch (const std::invalid_argument& problem) {
            response.status = 400;
            response.content_type = "text/plain";
            response.body.append(problem.what());
        }
    } else {
        response.status = 404;
    }
}

}  // namespace pf::sim
