// Costing: from a cost model and a Prism Central, or the history, to records. What the cost role
// and the command line have in common.
//
//     auto tariff = open_tariff(model);
//     auto days = tariff->closed_days("2026-02", "2026-02", now);
//     auto stock = collect_stock(application, request, *tariff, *days, now, running, stop, report);
//     work_out(application, *tariff, *days, *stock, {}, sink, stop);
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/app/application.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cost/calendar/calendar.hpp"
#include "host/cost/model/cost_model.hpp"
#include "host/cost/shapes/shapes.hpp"
#include "host/runtime/cost_handler.hpp"
#include "host/runtime/shape_collection.hpp"

namespace pf::host::app {

// A cost model and the calendar it bills by. Immutable.
struct Tariff {
    cost::CostModel model;
    cost::Calendar calendar;

    // The days of the months from `first` to `last` (YYYY-MM, both included) that are over at `now`
    // (UTC seconds).
    Result<std::vector<cost::Day>> closed_days(std::string_view first, std::string_view last,
                                               std::int64_t now) const;
};

// Opens the calendar of a model.
Result<Tariff> open_tariff(cost::CostModel model);

// What is charged: the shapes of one account in a period.
struct Stock {
    std::string account;
    std::shared_ptr<cost::Shapes> shapes;
};

// From the beginning of the first day to the end of the last one; empty without days.
cost::Period period_of(const std::vector<cost::Day>& days);

// The stock of the request's only target, as Prism shows it now: everything is assumed to have been
// so since it was created. Fails unless the inventory came whole.
Result<Stock> collect_stock(Application& application, const runtime::Request& request,
                            const Tariff& tariff, const std::vector<cost::Day>& days,
                            std::int64_t now, runtime::RunningTime running, const Stop& stop,
                            runtime::RunReport& report);

// What the history has of these days, one stock per account. Nothing behind `now` is assumed. The
// history knows only what was collected into it: FAILED_PRECONDITION (ERROR_COST_LEDGER) when
// cost.ledger names none or nothing was fed yet.
Result<std::vector<Stock>> ledger_stocks(const CostConfig& config,
                                         const std::vector<cost::Day>& days, std::int64_t now);

// Which handler to run, and for what.
struct Question {
    runtime::CostWork::What what = runtime::CostWork::What::charge;
    std::string resource;  // of explain
    std::string options = "{}";
};

// Runs the cost module over shapes.
runtime::CostOutcome work_out(Application& application, const Tariff& tariff,
                              const std::vector<cost::Day>& days,
                              std::shared_ptr<services::ShapeFeed> shapes, const Question& question,
                              std::shared_ptr<runtime::CostSink> sink, const Stop& stop);
// The same over a stock.
runtime::CostOutcome work_out(Application& application, const Tariff& tariff,
                              const std::vector<cost::Day>& days, const Stock& stock,
                              const Question& question, std::shared_ptr<runtime::CostSink> sink,
                              const Stop& stop);

}  // namespace pf::host::app
