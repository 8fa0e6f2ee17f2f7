#include "host/app/costing.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "host/runtime/json_shapes.hpp"
#include "host/state/shape_ledger.hpp"

namespace pf::host::app {
namespace {

using services::ShapeClass;

// Machines, what they run on and what their disks lie in are always needed; the rest only where the
// model has a price for it.
std::set<ShapeClass> classes_of(const cost::CostModel& model) {
    std::set<ShapeClass> classes{ShapeClass::machine, ShapeClass::cluster, ShapeClass::host,
                                 ShapeClass::storage_container};
    const auto json = nlohmann::json::parse(model.json);
    for (const auto& item : json.at("items")) {
        if (const auto one = services::shape_class_of(item.at("what").get<std::string>())) {
            classes.insert(*one);
        }
    }
    return classes;
}

}  // namespace

Result<std::vector<cost::Day>> Tariff::closed_days(std::string_view first, std::string_view last,
                                                   std::int64_t now) const {
    auto days = calendar.days_of_months(first, last);
    if (days) {
        std::erase_if(*days, [now](const cost::Day& day) { return day.to > now; });
    }
    return days;
}

Result<Tariff> open_tariff(cost::CostModel model) {
    auto calendar = cost::Calendar::open(model.time);
    if (!calendar) {
        return calendar.status();
    }
    return Tariff{std::move(model), std::move(*calendar)};
}

cost::Period period_of(const std::vector<cost::Day>& days) {
    return days.empty() ? cost::Period{} : cost::Period{days.front().from, days.back().to};
}

Result<Stock> collect_stock(Application& application, const runtime::Request& request,
                            const Tariff& tariff, const std::vector<cost::Day>& days,
                            std::int64_t now, runtime::RunningTime running, const Stop& stop,
                            runtime::RunReport& report) {
    runtime::Request wanted = request;
    wanted.task.reset();
    wanted.options.kinds =
        runtime::kinds_of_classes(application.modules(), classes_of(tariff.model));
    if (wanted.options.kinds.empty()) {
        return Status(Code::failed_precondition, "ERROR_MODULE_UNAVAILABLE",
                      "no module in service brings resources that can be charged; install the "
                      "modules vm, cluster and storage");
    }
    auto collected = runtime::collect_shapes(application.inventory(), application.modules(), wanted,
                                             period_of(days), now, running, stop, report);
    if (!collected) {
        return collected.status();
    }
    return Stock{collected->account, collected->shapes};
}

Result<std::vector<Stock>> ledger_stocks(const CostConfig& config,
                                         const std::vector<cost::Day>& days, std::int64_t now) {
    if (config.ledger.empty()) {
        return Status(Code::failed_precondition, "ERROR_COST_LEDGER",
                      "cost.ledger names no history; set it to a file on a local disk, and let "
                      "`prismforet collect` feed it");
    }
    state::LedgerSettings settings;
    settings.path = config.ledger;
    auto opened = state::read_segments(settings, period_of(days), now);
    if (!opened) {
        return opened.status();
    }
    const std::shared_ptr<cost::Shapes> segments = std::move(*opened);
    std::set<std::string> accounts;
    cost::Shape shape;
    while (true) {
        auto has_next = segments->next(shape);
        if (!has_next) {
            return has_next.status();
        }
        if (!*has_next) {
            break;
        }
        accounts.insert(shape.account);
    }
    if (accounts.empty()) {
        return Status(Code::failed_precondition, "ERROR_COST_LEDGER",
                      config.ledger +
                          " has nothing of these days; feed it with `prismforet "
                          "collect`, or ask for later days");
    }
    std::vector<Stock> stocks;
    for (const std::string& account : accounts) {
        stocks.push_back({account, segments});
    }
    return stocks;
}

runtime::CostOutcome work_out(Application& application, const Tariff& tariff,
                              const std::vector<cost::Day>& days,
                              std::shared_ptr<services::ShapeFeed> shapes, const Question& question,
                              std::shared_ptr<runtime::CostSink> sink, const Stop& stop) {
    runtime::CostWork work;
    work.what = question.what;
    work.resource = question.resource;
    work.model = tariff.model.json;
    work.days = tariff.calendar.days_json(days);
    work.options = question.options;
    return runtime::work_out_costs(application.modules(), work, std::move(shapes), std::move(sink),
                                   stop);
}

runtime::CostOutcome work_out(Application& application, const Tariff& tariff,
                              const std::vector<cost::Day>& days, const Stock& stock,
                              const Question& question, std::shared_ptr<runtime::CostSink> sink,
                              const Stop& stop) {
    return work_out(application, tariff, days,
                    std::make_shared<runtime::JsonShapes>(stock.shapes, stock.account), question,
                    std::move(sink), stop);
}

}  // namespace pf::host::app
