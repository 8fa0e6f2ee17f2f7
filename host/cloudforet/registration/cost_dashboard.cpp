#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/dashboard_parts.hpp"

namespace pf::host::cloudforet {
namespace {

using Json = nlohmann::ordered_json;

// The measure of every cost row.
constexpr const char* cost_key = "cost";
constexpr const char* cost_name = "Cost";

// By what costs are shown apart: a member of cost rows, and its name in the console.
struct Column {
    const char* key;
    const char* name;
};
constexpr Column product = {"product", "Product"};
constexpr Column cluster = {"additional_info.cluster", "Cluster"};
constexpr Column project = {"additional_info.project", "Project"};
constexpr Column owner = {"additional_info.owner", "Owner"};
constexpr Column account = {"additional_info.account", "Prism Central"};
constexpr Column basis = {"additional_info.basis", "Basis"};

class CostWidgets {
  public:
    explicit CostWidgets(const CostDashboard& wanted) : wanted_(wanted) {}

    Json total() const {
        return widget("Cost", "numberCard", "md", {{"dataField", data_field(cost_name)}},
                      table(nullptr));
    }
    Json over_time(const Column& by) const {
        return widget("Cost by " + std::string(by.name) + " over Time", "stackedColumnChart",
                      "full",
                      {{"dataField", data_field(cost_name)},
                       {"xAxis", label_field("Date")},
                       {"stackBy", label_field(by.name)}},
                      table(&by));
    }
    Json share(const Column& by) const {
        return widget("Cost by " + std::string(by.name), "pieChart", "md",
                      {{"dataField", data_field(cost_name)}, {"groupBy", label_field(by.name)}},
                      table(&by));
    }

  private:
    Json table(const Column* by) const {
        Json options = {{"COST",
                         {{"data_source_id", wanted_.data_source_id},
                          {"plugin_id", wanted_.plugin_id},
                          {"data_key", cost_key}}},
                        {"data_name", cost_name}};
        if (!wanted_.currency.empty()) {
            options["data_unit"] = wanted_.currency;
        }
        if (by != nullptr) {
            options["group_by"] = Json::array({{{"key", by->key}, {"name", by->name}}});
        }
        return {{"name", cost_name},
                {"data_type", "ADDED"},
                {"source_type", "COST"},
                {"options", std::move(options)}};
    }

    const CostDashboard& wanted_;
};

}  // namespace

Item cost_dashboard_item(const CostDashboard& wanted) {
    const CostWidgets make(wanted);
    const Json where = Json::array({make.total(), make.share(product), make.over_time(product),
                                    make.share(cluster), make.share(account)});
    const Json whose = Json::array(
        {make.over_time(project), make.share(project), make.share(owner), make.share(basis)});
    return dashboard_item("Nutanix Cost", "What Nutanix costs, of what and for whom.",
                          Json::array({{{"name", "Where it arises"}, {"widgets", where}},
                                       {{"name", "Who it is for"}, {"widgets", whose}}}));
}

}  // namespace pf::host::cloudforet
