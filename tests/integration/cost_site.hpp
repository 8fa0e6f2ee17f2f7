// Prism Centrals, a cost plugin that asks them, and a day of one's own choice: what a sync of costs
// meets. Two Prism Centrals, pc1 and pc2, whose virtual machines are all older than a month.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace pf::test {

class CostSite {
  public:
    virtual ~CostSite() = default;
    // Of the plugin: "127.0.0.1:port".
    virtual std::string address() const = 0;
    // The day that it is, in the billing time zone.
    virtual void set_today(std::chrono::year_month_day day) = 0;
    // secret_data with these Prism Centrals.
    virtual std::string secret_of(const std::vector<std::string>& names) const = 0;
    // The account of a Prism Central's rows.
    virtual std::string account_of(const std::string& name) const = 0;
    // Options of the data source, JSON text.
    virtual std::string options() const = 0;
    // "host:port" of a Prism Central, as messages name it.
    virtual std::string target_of(const std::string& name) const = 0;
    // What a closed day ("2026-03-09") of a Prism Central costs, worked out beside the plugin.
    virtual double cost_on(const std::string& name, const std::string& date) = 0;
    // Another replica answers from now on, at another address and without anything remembered.
    virtual void start_replica() = 0;
    virtual void set_up(const std::string& name, bool is_up) = 0;
    // One page of its lists cannot be read from now on.
    virtual void break_page(const std::string& name, bool is_broken) = 0;
    // Another Prism Central answers under this name from now on.
    virtual void replace(const std::string& name) = 0;
    // From this month on there is more than assumption.
    virtual void set_first_data(const std::string& name, std::chrono::year_month month) = 0;
};

// The cost role over a scripted service: records are made of the tasks, nothing is asked.
std::unique_ptr<CostSite> scripted_cost_site();
// The cost role as the program has it, its modules, and simulated Prism Centrals. It knows no
// set_first_data.
std::unique_ptr<CostSite> simulated_cost_site();

}  // namespace pf::test
