#include "tests/integration/cost_scene.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace pf::test {

using namespace cloudforet_sim::cost;
using std::chrono::days;

CostScene::CostScene(std::unique_ptr<CostSite> site, SecretType type, std::chrono::sys_days day)
    : now_(day + std::chrono::hours(16)),
      site_(std::move(site)),
      costs_(type, [this] { return now_; }) {
    site_->set_today(day);
    connect();
    secrets_ = {{"s1", site_->secret_of({"pc1"})}, {"s2", site_->secret_of({"pc2"})}};
}

void CostScene::connect() {
    api_.reset();
    client_ = ReflectionClient::connect(site_->address());
    CostDataSource source;
    source.options_json = site_->options();
    api_ = std::make_unique<CostApi>(*client_, source);
}

void CostScene::set_secrets(std::vector<Secret> secrets) { secrets_ = std::move(secrets); }

void CostScene::next_day(int count) {
    now_ += days(count);
    site_->set_today(std::chrono::floor<days>(now_));
}

void CostScene::start_replica() {
    site_->start_replica();
    connect();
}

Sync CostScene::sync(const SyncOptions& options) {
    Sync done = cloudforet_sim::cost::sync(costs_, *api_, secrets_, options);
    INFO(done.errors);
    REQUIRE(done.job.has_value());
    return done;
}

JobState CostScene::state_of(const Sync& done) const { return costs_.job(*done.job).state; }

long CostScene::days_of(const std::string& name) {
    const std::string account = site_->account_of(name);
    CHECK(doubled(costs_.rows()).empty());
    std::vector<CostRow> rows;
    for (const CostRow& row : costs_.rows()) {
        if (row.text_at("additional_info.account") == account) rows.push_back(row);
    }
    const auto by_day = sums(rows, [](const CostRow& row) { return row.billed_date; });
    for (const auto& [day, sum] : by_day) {
        const double expected = site_->cost_on(name, day);
        INFO(name << " on " << day << ": " << sum << ", not " << expected);
        CHECK(std::fabs(sum - expected) < 1e-6 * std::max(1.0, expected));
    }
    return static_cast<long>(by_day.size());
}

}  // namespace pf::test
