// Services: an installation of CloudForet's own services on free ports of the loopback, one server
// each, as the real ones are apart. State is in memory; tokens are checked; who may do what, what a
// request must have and what may be there once only is as the real services have it. It shares no
// code with the host.
//
//     Services cloudforet;
//     const std::string token = cloudforet.tokens().issue({.role = "DOMAIN_ADMIN"});
//     ... ask at cloudforet.address("identity") ...
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "tests/cloudforet_sim/services/received.hpp"
#include "tests/cloudforet_sim/services/tokens.hpp"

namespace pf::cloudforet_sim {

class Services {
  public:
    Services();
    ~Services();
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;

    // "127.0.0.1:port" of "identity", "repository", "secret", "config", "inventory", "dashboard",
    // "cost_analysis", "monitoring", "alert_manager", "notification".
    std::string address(const std::string& server) const;
    Tokens& tokens();

    // Faults. A server goes down for good.
    void stop(const std::string& server);
    // identity does not tell where the server is any more.
    void hide(const std::string& server);
    // The next `times` calls of "identity.Provider.create" end with this gRPC status and details;
    // with `is_done` only after the work is done, as when an answer is lost. Status 0 answers as if
    // it were done, and does nothing.
    void fail(const std::string& method, int code, const std::string& details, std::size_t times,
              bool is_done = false);

    // What the init of a plugin says from now on, instead of the usual.
    void answer_init(const std::string& plugin_id, const nlohmann::json& metadata);
    // A project takes webhooks of monitoring once its alerts are switched on, which is never so
    // at the beginning.
    void switch_on_alerts(const std::string& project_id, bool is_on = true);
    // A service of alert_manager, which its webhooks belong to.
    void add_alert_service(const std::string& service_id);
    // A webhook of "monitoring" or "alert_manager" that takes events with this access key, in place
    // of the one of that id. Webhooks made by a call have theirs in documents().
    void add_webhook(const std::string& server, const std::string& webhook_id,
                     const std::string& access_key, bool is_enabled = true);

    // How often a method was called, whatever came of it.
    std::size_t calls(const std::string& method) const;
    // Calls that would change something, of all servers.
    std::size_t changes() const;
    // The requests of all calls as JSON text, in order.
    std::vector<std::string> requests() const;
    // Documents by kind: "Provider", "Schema", "ServiceAccount", "Plugin", "Secret", "UserSecret",
    // "SharedConfig", "DomainConfig", "Collector", "PublicDashboard", "PrivateDashboard",
    // "PublicWidget", "PublicDataTable", "CostDataSource", "DataSource" (of monitoring), "Webhook",
    // "AlertWebhook", "Alert", "Protocol" (without what every domain has).
    nlohmann::json documents(const std::string& kind) const;
    // Of every webhook that was made.
    std::vector<std::string> access_keys() const;
    // Notifications, events and alerts that were taken, of all servers, in the order they came;
    // also those whose answer was lost, none that was refused.
    std::vector<Received> received() const;
    // received() begins anew.
    void forget_received();
    // The data behind a secret.
    nlohmann::json secret_data(const std::string& secret_id) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::cloudforet_sim
