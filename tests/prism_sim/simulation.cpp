#include "tests/prism_sim/simulation.hpp"

#include <stdexcept>

#include "tests/prism_sim/gate/delivery_faults.hpp"
#include "tests/prism_sim/gate/gateway_pages.hpp"
#include "tests/prism_sim/gate/list_faults.hpp"
#include "tests/prism_sim/gate/text_faults.hpp"
#include "tests/prism_sim/model/site_facts.hpp"

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
    require(config.subnets <= 10'000, "at most 10000 subnets");
    require(config.floating_ips <= 100, "at most 100 floating IPs");
    require(config.security_policies <= 10'000, "at most 10000 security policies");
    require(config.esxi_vms <= 100'000, "at most 100000 ESXi VMs");
    require(config.esxi_vms == 0 || config.clusters >= 2,
            "ESXi VMs need a second cluster: the last quarter of them is ESXi");
    require(config.recovery_points <= 1'000'000, "at most 1000000 recovery points");
    require(config.templates <= 10'000, "at most 10000 templates");
    require(config.max_threads >= 2, "max threads must be at least 2");
    require(!config.user.empty(), "the user must not be empty");
    require(config.newest_tls == "1.1" || config.newest_tls == "1.2" || config.newest_tls == "1.3",
            "the newest TLS must be 1.1, 1.2 or 1.3");
    require(config.rate_limit >= 0, "the rate limit must not be negative");
    require(config.latency.count() >= 0, "the latency must not be negative");
    require(config.v4.default_limit >= 1 && config.v4.default_limit <= 100,
            "the default limit must be 1 to 100");
    require(config.clusterless_vms <= 100, "VMs without a cluster are a percentage, 0 to 100");
    require(config.v3.error_vms <= 100, "VMs in error are a percentage, 0 to 100");
    const StatisticsReadings& statistics = config.statistics;
    require(statistics.most_samples >= 1, "an answer must hold at least one sample");
    require(statistics.days <= 3'660 && statistics.raw_days <= 3'660,
            "statistics are kept for at most 3660 days");
    for (const std::uint32_t percent :
         {statistics.unmeasured, statistics.gaps, statistics.minus_ones, statistics.duplicates,
          statistics.disorder})
        require(percent <= 100, "what is wrong with samples is a percentage, 0 to 100");
    return config;
}

bool is_v3(const Request& request) { return request.path.starts_with("/api/nutanix/"); }

bool is_v4(const Request& request) {
    return request.path.starts_with("/api/") && !request.path.starts_with("/api/nutanix/");
}

double requests_per_second(const Config& config) {
    return config.rate_limit_of_size ? facts_of(config.pc_size).requests_per_second
                                     : config.rate_limit;
}

// A Prism Element has never heard of v4.
void write_not_found_page(Response& response) {
    response.status = 404;
    response.content_type = "text/html";
    response.body.append("<html><head><title>404 Not Found</title></head><body></body></html>\n");
}

constexpr std::string_view kRealm = "Basic realm=\"Intent Gateway Login Required\"";

}  // namespace

Simulation::Simulation(const Config& config)
    : config_(checked(config)),
      world_(build_world({.seed = config.seed,
                          .vms = config.vms,
                          .clusters = config.clusters,
                          .hosts_per_cluster = config.hosts_per_cluster,
                          .containers = config.containers,
                          .volume_groups = config.volume_groups,
                          .subnets = config.subnets,
                          .floating_ips = config.floating_ips,
                          .policies = config.security_policies,
                          .esxi_vms = config.esxi_vms,
                          .recovery_points = config.recovery_points,
                          .templates = config.templates},
                         {"pc." + config.pc_version, config.user, config.unknown_enums,
                          config.v4.nics, config.pc_size, config.clusterless_vms,
                          config.v4.lists_volume_disks, config.v4.project_times})),
      permissions_(world_, {config.access.visible_vms, config.access.visible_clusters,
                            config.prism_element, config.access.forbidden}),
      roster_(world_, permissions_),
      statistics_(world_, config.statistics),
      alerts_(world_, config.seed),
      sessions_(config_),
      rate_limit_(requests_per_second(config)),
      login_burst_(config.access.logins_at_once, config.access.login_time),
      redirects_left_(config.access.redirects),
      faults_(config.seed),
      v2_(config_, world_, roster_, permissions_, statistics_, alerts_),
      v4_(config_, world_, roster_, permissions_, statistics_, alerts_),
      v3_(config_, world_, roster_, permissions_, statistics_, alerts_) {
    faults_.set(config.faults);
    if (!config_.replay.empty())
        replay_ = std::make_unique<Replay>(config_.replay, config_.replay_target);
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
    response.headers.emplace_back("X-Redirect-Token", sessions_.open_for_redirect());
}

void Simulation::add_retry_after(const Request& request, std::string_view wish,
                                 Response& response) {
    if (!wish.empty())
        response.headers.emplace_back("Retry-After", retry_orders_.order(request, wish));
}

bool Simulation::admit(const Request& request, Response& response) {
    const Admission admission = sessions_.admit(request);
    switch (admission) {
        case Admission::basic:
        case Admission::api_key:
            return begin_login(admission, request, response);
        case Admission::cookie:
            stats_.admitted(admission);
            if (config_.access.cookies == Cookies::always)
                for (std::string& text : sessions_.prolong(request))
                    response.headers.emplace_back("Set-Cookie", std::move(text));
            return true;
        default:
            stats_.admitted(admission);
            refuse_credential(request, response);
            return false;
    }
}

// A right credential; a directory that is too busy and a redirection may still be in the way.
bool Simulation::begin_login(Admission admission, const Request& request, Response& response) {
    if (admission == Admission::basic) {
        if (!login_burst_.begin(LoginBurst::Clock::now())) {
            stats_.refused_in_burst();
            refuse_credential(request, response);
            return false;
        }
        response.delivery.delay += login_burst_.login_time();
    }
    stats_.admitted(admission);
    std::uint32_t left = redirects_left_.load();
    while (left != 0 && !redirects_left_.compare_exchange_weak(left, left - 1)) {
    }
    if (left != 0) {
        response.status = 302;
        response.headers.emplace_back("Location", "https://" + request.host + request.target);
        response.headers.emplace_back("X-Redirect-Token", sessions_.open_for_redirect());
        return false;
    }
    if (config_.access.cookies != Cookies::never)
        for (std::string& text : sessions_.open())
            response.headers.emplace_back("Set-Cookie", std::move(text));
    return true;
}

void Simulation::refuse_credential(const Request& request, Response& response) const {
    response.status = 401;
    if (is_v3(request) && config_.v3.plain_401) {
        response.content_type = "text/plain";
        response.body.append("Unauthorized\n");
    } else if (is_v3(request)) {
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
    if (replay_) {
        replay_->answer(request, response);
    } else if (V2Service::is_v2(request.path)) {
        v2_.answer(request, response);
    } else if (request.path.starts_with("/api/nutanix/v3/") && config_.serve_v3) {
        v3_.answer(request, response);
        churn_after(V3Service::is_vm_list(request));
    } else if (is_v3(request)) {
        V3Service::refuse(response, 404, "NOT_FOUND", "The requested resource was not found.");
    } else if (config_.prism_element) {
        write_not_found_page(response);
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
    const AccessReadings& access = config_.access;
    if (request.path.starts_with("/api/") && response.status == 200)
        response.headers.emplace_back("X-Envoy-Upstream-Service-Time",
                                      std::to_string(config_.latency.count() + 1));
    response.headers.emplace_back("Server", "envoy");
    if (!replay_) {  // a capture has its own
        response.headers.emplace_back("X-Ntnx-Env", config_.prism_element ? "pe" : "pc");
        if ((response.status != 401 || access.product_on_401) &&
            (!is_v4(request) || access.product_on_v4))
            response.headers.emplace_back(
                "X-Ntnx-Product", config_.prism_element ? aos_release(world_) : world_.pc_version);
    }
    response.headers.emplace_back("Strict-Transport-Security", "max-age=8640000");
    response.headers.emplace_back("Vary", "Origin, Accept-Encoding");
}

}  // namespace pf::sim
