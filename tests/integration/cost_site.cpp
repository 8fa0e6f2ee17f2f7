#include "tests/integration/cost_site.hpp"

#include <cstdio>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "host/cloudforet/roles/cost.hpp"
#include "host/cloudforet/server.hpp"

namespace pf::test {
namespace {

using namespace host;
using cloudforet::CostRequest;
using nlohmann::json;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t micros_per_vm = 1200000;  // of one day, and as much again for memory

// A Prism Central as far as costs go.
struct FakePrism {
    std::string uuid;
    std::vector<std::string> vms;
    std::optional<cost::Month> first_data{};
    bool is_up = true;
    bool has_broken_page = false;
};

class World {
  public:
    World() {
        prisms_["pc1"] = {"uuid-1", {"vm-a", "vm-b", "vm-c"}};
        prisms_["pc2"] = {"uuid-2", {"vm-a", "vm-d"}};
    }
    void change(const std::string& name, const std::function<void(FakePrism&)>& how) {
        const std::scoped_lock lock(mutex_);
        how(prisms_.at(name));
    }
    FakePrism prism(const std::string& target) const {
        const std::scoped_lock lock(mutex_);
        return prisms_.at(target.substr(0, target.find(':')));
    }
    void set_today(cost::Date day) {
        const std::scoped_lock lock(mutex_);
        today_ = day;
    }
    cost::Date today() const {
        const std::scoped_lock lock(mutex_);
        return today_;
    }

  private:
    mutable std::mutex mutex_;
    std::map<std::string, FakePrism> prisms_;
    cost::Date today_{};
};

Status down(const std::string& target) {
    return {Code::unavailable, "ERROR_PRISM_CONNECT", target + " does not answer"};
}

std::string day_text(sys_days day) {
    const cost::Date date(day);
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

Status add_day(const FakePrism& prism, const std::string& date, cost::ChargeSink& records) {
    for (const std::string& vm : prism.vms) {
        for (const char* usage : {"vcpu", "memory"}) {
            cost::Charge charge;
            charge.cost_micros = micros_per_vm;
            charge.quantity_micros = 24000000;
            charge.billed_date = date;
            charge.resource = vm;
            charge.product = "AHV";
            charge.usage_type = usage;
            charge.model = "rate-card";
            charge.basis = "measured";
            if (Status status = records.add(charge); !status.ok()) return status;
        }
    }
    return {};
}

class ScriptedService final : public cloudforet::CostService {
  public:
    explicit ScriptedService(std::shared_ptr<World> world) : world_(std::move(world)) {}

    Result<cloudforet::CostTerms> terms(const CostRequest&, const Stop&) override {
        return cloudforet::CostTerms{"EUR"};
    }
    Status verify(const CostRequest& request, const Stop&) override {
        for (const runtime::TargetRequest& target : request.prism.targets) {
            if (!world_->prism(target.name).is_up) return down(target.name);
        }
        return {};
    }
    Result<cost::CostPlan> plan(const CostRequest& request, const cloudforet::SyncWish& wish,
                                const Stop&) override {
        cost::SyncFacts facts;
        facts.today = world_->today();
        facts.start = wish.start;
        facts.last_synchronized = wish.last_synchronized;
        facts.backfill_months = request.backfill_months;
        for (const runtime::TargetRequest& target : request.prism.targets) {
            const FakePrism prism = world_->prism(target.name);
            cost::TargetFacts& known = facts.targets.emplace_back();
            known.target = known.name = target.name;
            if (prism.is_up) {
                known.uuid = known.account = prism.uuid;
                known.first_data = prism.first_data;
            } else {
                known.refusal = down(target.name);
            }
        }
        return cost::plan_sync(facts);
    }
    Status charge(const CostRequest&, const cost::CostTask& task,
                  std::shared_ptr<cost::ChargeSink> records, const Stop&,
                  runtime::RunReport& report) override {
        const FakePrism prism = world_->prism(task.target);
        if (!prism.is_up) return down(task.target);
        if (Status status = cost::may_send(task, prism.uuid); !status.ok()) return status;
        if (prism.has_broken_page) {
            report.missing.push_back(
                {"ERROR_PRISM_ANSWER", task.target, "vm", "page 2 cannot be read", 1, {}});
        }
        const sys_days last = *cost::parse_sync_time(task.last_day);
        for (sys_days day = *cost::parse_sync_time(task.first_day()); day <= last; day += days(1)) {
            if (Status status = add_day(prism, day_text(day), *records); !status.ok())
                return status;
        }
        return {};
    }
    Result<std::vector<cost::SyncedAccount>> linked_accounts(const CostRequest& request,
                                                             const Stop&) override {
        std::vector<cost::SyncedAccount> accounts;
        for (const runtime::TargetRequest& target : request.prism.targets) {
            accounts.push_back({world_->prism(target.name).uuid, target.name});
        }
        return accounts;
    }

  private:
    const std::shared_ptr<World> world_;
};

class ScriptedSite final : public CostSite {
  public:
    ScriptedSite() { start(); }
    std::string address() const override { return server_->address(); }
    void set_today(std::chrono::year_month_day day) override { world_->set_today(day); }
    std::string secret_of(const std::vector<std::string>& names) const override {
        json secret = {{"username", "admin"}, {"password", "nutanix/4u"}};
        for (const std::string& name : names) secret["clusters"].push_back({{"host", name}});
        return secret.dump();
    }
    std::string account_of(const std::string& name) const override {
        return world_->prism(name).uuid;
    }
    std::string options() const override { return "{}"; }
    std::string target_of(const std::string& name) const override { return name + ":9440"; }
    double cost_on(const std::string& name, const std::string&) override {
        return 2 * static_cast<double>(micros_per_vm) / 1e6 *
               static_cast<double>(world_->prism(name).vms.size());
    }
    void start_replica() override { start(); }
    void set_up(const std::string& name, bool is_up) override {
        world_->change(name, [&](FakePrism& prism) { prism.is_up = is_up; });
    }
    void break_page(const std::string& name, bool is_broken) override {
        world_->change(name, [&](FakePrism& prism) { prism.has_broken_page = is_broken; });
    }
    void replace(const std::string& name) override {
        world_->change(name, [&](FakePrism& prism) { prism.uuid += "-new"; });
    }
    void set_first_data(const std::string& name, std::chrono::year_month month) override {
        world_->change(name, [&](FakePrism& prism) { prism.first_data = month; });
    }

  private:
    void start() {
        cloudforet::ServerOptions options;
        options.address = "127.0.0.1:0";
        options.version = "test";
        auto server = cloudforet::Server::start(
            options, cloudforet::cost_role(std::make_shared<ScriptedService>(world_)));
        if (!server) throw std::runtime_error(server.status().text());
        server_ = std::move(*server);
    }

    std::shared_ptr<World> world_ = std::make_shared<World>();
    std::unique_ptr<cloudforet::Server> server_;
};

}  // namespace

std::unique_ptr<CostSite> scripted_cost_site() { return std::make_unique<ScriptedSite>(); }

}  // namespace pf::test
