#include <atomic>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/app/cost_role.hpp"
#include "host/app/cost_source.hpp"
#include "host/app/costing.hpp"
#include "host/cloudforet/roles/cost.hpp"
#include "host/cloudforet/roles/cost_request.hpp"
#include "host/cloudforet/server.hpp"
#include "tests/integration/cost_site.hpp"
#include "tests/prism_sim/server.hpp"

namespace pf::test {
namespace {

using namespace host;
using nlohmann::json;

constexpr std::uint32_t vms = 130;  // two pages

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.status().text());
    return std::move(*result);
}

// Adds records up by day.
class DaySums final : public runtime::CostSink {
  public:
    explicit DaySums(std::map<std::string, double>& sums) : sums_(sums) {}
    Status add(const cost::Charge& charge) override {
        sums_[std::string(charge.billed_date)] += static_cast<double>(charge.cost_micros) / 1e6;
        return {};
    }
    Status line(const runtime::CostLine&) override { return {}; }

  private:
    std::map<std::string, double>& sums_;
};

app::Config config_of_build() {
    app::Config config;
    config.modules.dir = PF_MODULE_DIRECTORY;
    config.modules.enable = {"vm", "cluster", "storage", "cost"};
    return config;
}

class SimulatedSite final : public CostSite {
  public:
    SimulatedSite() {
        for (const auto& [name, seed] : {std::pair("pc1", 11), std::pair("pc2", 12)}) {
            prisms_[name] = made_of(static_cast<std::uint64_t>(seed), 0);
        }
        start_replica();
    }

    std::string address() const override { return server_->address(); }
    void set_today(std::chrono::year_month_day day) override {
        const auto noon = std::chrono::sys_days(day) + std::chrono::hours(12);
        now_ = std::chrono::duration_cast<std::chrono::seconds>(noon.time_since_epoch()).count();
    }
    std::string secret_of(const std::vector<std::string>& names) const override {
        json secret = {{"username", "admin"}, {"password", "nutanix/4u"}, {"verify_ssl", false}};
        for (const std::string& name : names) {
            secret["clusters"].push_back(
                {{"host", "127.0.0.1"}, {"port", prisms_.at(name)->port()}});
        }
        return secret.dump();
    }
    std::string account_of(const std::string& name) const override {
        return prisms_.at(name)->prism_central_id();
    }
    std::string options() const override {
        return R"({"requests_per_second": 0, "cost_model": {"currency": "EUR",
            "rate_card": {"vcpu_hour": "0.05", "memory_gib_hour": "0.01"}}})";
    }
    std::string target_of(const std::string& name) const override {
        return "127.0.0.1:" + std::to_string(prisms_.at(name)->port());
    }
    double cost_on(const std::string& name, const std::string& date) override {
        const auto key = std::pair(account_of(name), date.substr(0, 7));
        auto& known = costs_[key];
        if (!known.contains(date)) known = work_out(name, key.second);
        return known[date];
    }
    void set_up(const std::string& name, bool is_up) override {
        prisms_.at(name)->set_faults(is_up ? std::vector<std::string>()
                                           : std::vector<std::string>{"forbidden"});
    }
    void break_page(const std::string& name, bool is_broken) override {
        prisms_.at(name)->set_faults(
            is_broken ? std::vector<std::string>{"truncated@1:path=/ahv/config/vms"}
                      : std::vector<std::string>());
    }
    void replace(const std::string& name) override {
        const std::uint16_t port = prisms_.at(name)->port();
        prisms_.at(name).reset();
        prisms_.at(name) = made_of(99, port);
    }
    void set_first_data(const std::string&, std::chrono::year_month) override {
        throw std::logic_error("the simulator decides what it has statistics of");
    }
    void start_replica() override {
        server_.reset();
        application_.reset();
        application_ = std::make_unique<app::Application>(config_);
        cloudforet::ServerOptions listen;
        listen.address = "127.0.0.1:0";
        listen.version = "test";
        server_ = must(cloudforet::Server::start(
            listen, cloudforet::cost_role(std::make_shared<app::CostWorker>(
                        *application_, config_, [this] { return now_.load(); }))));
    }

  private:
    static std::unique_ptr<sim::Simulator> made_of(std::uint64_t seed, std::uint16_t port) {
        sim::Config config;
        config.seed = seed;
        config.vms = vms;
        config.clusters = 2;
        config.port = port;
        return std::make_unique<sim::Simulator>(config);
    }

    // What `prismforet cost report` adds up.
    std::map<std::string, double> work_out(const std::string& name, const std::string& month) {
        cloudforet::CostRequest request = must(cloudforet::parse_cost_options(options()));
        if (Status read = cloudforet::add_cost_targets(secret_of({name}), request); !read.ok()) {
            throw std::runtime_error(read.text());
        }
        const std::string model = R"({"cost_model":)" + request.model + "}";
        const app::Tariff tariff =
            must(app::open_tariff(must(app::load_cost_model(config_, model, {}))));
        const auto days = must(tariff.closed_days(month, month, now_));
        runtime::RunReport report;
        const app::Stock stock =
            must(app::collect_stock(*application_, request.prism, tariff, days, now_,
                                    runtime::RunningTime::measured, {}, report));
        std::map<std::string, double> sums;
        const runtime::CostOutcome outcome = app::work_out(*application_, tariff, days, stock, {},
                                                           std::make_shared<DaySums>(sums), {});
        if (!outcome.end.ok()) throw std::runtime_error(outcome.end.text());
        return sums;
    }

    const app::Config config_ = config_of_build();
    std::atomic<std::int64_t> now_{0};
    std::map<std::string, std::unique_ptr<sim::Simulator>> prisms_;
    std::map<std::pair<std::string, std::string>, std::map<std::string, double>> costs_;
    std::unique_ptr<app::Application> application_;
    std::unique_ptr<cloudforet::Server> server_;
};

}  // namespace

std::unique_ptr<CostSite> simulated_cost_site() { return std::make_unique<SimulatedSite>(); }

}  // namespace pf::test
