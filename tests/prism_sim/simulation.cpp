#include "tests/prism_sim/simulation.hpp"

#include <stdexcept>

#include "tests/prism_sim/gate/delivery_faults.hpp"
#include "tests/prism_sim/gate/gateway_pages.hpp"
#include "tests/prism_sim/gate/list_faults.hpp"
#include "tests/prism_sim/gate/text_faults.hpp"

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
    require(config.newest_tls == "1.1" || config.newest_tls == "1.2" || config.newest_tls == "1.3",
            "the newest TLS must be 1.1, 1.2 or 1.3");
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
    if (retry_orders_.is_early(request)) stats_.early_retry();
    const std::vector<Fault> faults = faults_.strike(request);
    stats_.faults(faults.size());
    std::optional<Request> changed;
    bool is_answered = false;
    for (const Fault& fault : faults) {
        const FaultStage stage = stage_of(fault.kind);
        if (stage == FaultStage::request) change_request(fault, request, changed);
        if (!is_answered && stage == FaultStage::answer)
            is_answered = answer_by_fault(fault, request, response);
    }
    if (!is_answered && !rate_limit_.allow(RateLimit::Clock::now())) {
        stats_.rate_limited();
        refuse_rate(request, response, 429, config_.retry_after);
        is_answered = true;
    }
    if (!is_answered && admit(request, response)) route(changed.value_or(request), response);
    for (const Fault& fault : faults) spoil(fault, request, response);
}

// What happens to the site or to the request before it is answered.
void Simulation::change_request(const Fault& fault, const Request& request,
                                std::optional<Request>& changed) {
    switch (fault.kind) {
        case FaultKind::vm_goes:
            return roster_.remove_at(fault.item.value_or(0));
        case FaultKind::vm_comes:
            return roster_.add();
        case FaultKind::expire_sessions:
            return sessions_.expire_all();
        default:
            changed = request.for_page(fault.page.value_or(fault.from));
    }
}

// What happens to a finished answer. Errors have no entries to change, but any delivery may fail.
void Simulation::spoil(const Fault& fault, const Request& request, Response& response) {
    const FaultStage stage = stage_of(fault.kind);
    if (stage == FaultStage::delivery) return spoil_delivery(fault, response.delivery);
    if (stage == FaultStage::text) return spoil_text(fault, response);
    if (stage != FaultStage::list || response.status != 200) return;
    if (fault.kind != FaultKind::repeated_entry && fault.kind != FaultKind::shifted_entry)
        return spoil_list(fault, response);
    const std::uint64_t page = request.list_page().value_or(0);
    Response other;
    route(request.for_page(page == 0 ? 1 : page - 1), other);
    put_foreign_entry(fault, last_entry(other), response);
}

bool Simulation::answer_by_fault(const Fault& fault, const Request& request, Response& response) {
    switch (fault.kind) {
        case FaultKind::html:
            response.content_type = "text/html";
            response.body.append(login_page());
            return true;
        case FaultKind::empty_body:
            return true;
        case FaultKind::body:
            response.body.append(fault.json);
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
        case FaultKind::redirect:
            redirect(fault, request, response);
            return true;
        default:
            break;
    }
    if (fault.status == 429) {
        refuse_rate(request, response, 429, fault.retry_after);
        return true;
    }
    add_retry_after(request, fault.retry_after, response);
    if (fault.status >= 502 && fault.status <= 504) {
        write_gateway_page(response, fault.status);
    } else if (is_v3(request)) {
        V3Service::refuse(response, fault.status, "INTERNAL_ERROR", "Internal server error.");
    } else {
        v4_.refuse(request, response, fault.status, "Internal server error.", "INTERNAL_ERROR");
    }
    return true;
}

// As Prism sends a browser to its identity provider: a place and a token to show there.
void Simulation::redirect(const Fault& fault, const Request& request, Response& response) {
    response.status = fault.status != 0 ? fault.status : 302;
    const std::string here = "https://" + request.host + "/console/";
    response.headers.emplace_back("Location", fault.location.empty() ? here : fault.location);
    response.headers.emplace_back("X-Redirect-Token", sessions_.open());
}

void Simulation::add_retry_after(const Request& request, std::string_view wish,
                                 Response& response) {
    if (!wish.empty())
        response.headers.emplace_back("Retry-After", retry_orders_.order(request, wish));
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
                             std::string_view retry_after) {
    constexpr std::string_view message = "Request rate limit exceeded.";
    add_retry_after(request, retry_after, response);
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
