#include "tests/prism_sim/server.hpp"

#include "tests/prism_sim/net/certificates.hpp"
#include "tests/prism_sim/net/listener.hpp"
#include "tests/prism_sim/net/webhook_poster.hpp"
#include "tests/prism_sim/simulation.hpp"
#include "tests/prism_sim/webhook_body.hpp"

namespace pf::sim {

namespace {

// Null when nobody wants to be told.
std::unique_ptr<WebhookPoster> poster_of(const Config& config, Simulation& simulation) {
    if (config.webhooks.empty()) return nullptr;
    auto poster = std::make_unique<WebhookPoster>(config.webhooks, config.webhook_pause);
    simulation.alerts().watch([&world = simulation.world(), form = config.webhook_form,
                               to = poster.get()](const Alert& alert, AlertChange change) {
        to->post(webhook_body(world, alert, change, form));
    });
    return poster;
}

}  // namespace

struct Simulator::Impl {
    explicit Impl(const Config& config)
        : simulation(config),
          certificates(make_certificates(config.san, config.certificate)),
          poster(poster_of(config, simulation)),
          listener(config, simulation, certificates),
          port(listener.port()) {}

    Simulation simulation;
    Certificates certificates;
    std::unique_ptr<WebhookPoster> poster;  // outlives the connections, which change alerts
    Listener listener;
    const std::uint16_t port;
};

Simulator::Simulator(const Config& config) : impl_(std::make_unique<Impl>(config)) {}
Simulator::~Simulator() = default;

std::uint16_t Simulator::port() const { return impl_->port; }
const std::string& Simulator::ca_pem() const { return impl_->certificates.ca_pem; }
const std::string& Simulator::certificate_sha256() const {
    return impl_->certificates.server_sha256;
}
std::string Simulator::prism_central_id() const { return to_text(impl_->simulation.world().pc_id); }

AlertBook& Simulator::alerts() { return impl_->simulation.alerts(); }
std::string Simulator::replay_description() const {
    const Replay* replay = impl_->simulation.replay();
    return replay == nullptr ? std::string() : replay->description();
}

Stats Simulator::stats() const { return impl_->listener.stats(); }
std::string Simulator::stats_json() const { return to_json(stats()); }

std::vector<std::string> Simulator::vm_ids() const {
    std::vector<std::string> texts;
    for (const Uuid& id : impl_->simulation.roster().ids()) texts.push_back(to_text(id));
    return texts;
}

std::vector<std::string> Simulator::visible_vm_ids() const {
    std::vector<std::string> texts;
    for (const Uuid& id : impl_->simulation.roster().visible_ids()) texts.push_back(to_text(id));
    return texts;
}

void Simulator::churn() { impl_->simulation.roster().churn(); }

std::vector<std::string> Simulator::edit_vms(std::size_t count) {
    std::vector<std::string> ids;
    for (const Uuid& id : impl_->simulation.roster().edit(count)) ids.push_back(to_text(id));
    return ids;
}
void Simulator::expire_sessions() { impl_->simulation.sessions().expire_all(); }
void Simulator::set_faults(const std::vector<std::string>& faults) {
    impl_->simulation.faults().set(faults);
}
void Simulator::stop() { impl_->listener.stop(); }

}  // namespace pf::sim
