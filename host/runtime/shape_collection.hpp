// What a Prism Central has now, as shapes that can be charged: a collection whose rows become
// shapes instead of leaving the process.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cost/shapes/shape_store.hpp"
#include "host/runtime/inventory.hpp"

namespace pf::host::runtime {

// How a machine's time is known: by Prism's statistics, as far as there are any, or not at all.
enum class RunningTime : std::uint8_t { measured, assumed };

struct ShapeCollection {
    std::string account;  // of the rows; empty when there was none
    std::shared_ptr<cost::ShapeStore> shapes;
};

// The kinds in service that bring shapes of these classes, in the modules' order.
std::vector<std::string> kinds_of_classes(const Modules& modules,
                                          const std::set<services::ShapeClass>& classes);

// Collects what `request` names, which has one target and the kinds to charge. Each shape is taken
// to have been as it is since it was created, or since `period` began where nobody knows when; its
// time is cut to the period and to `now` (UTC seconds) and its basis is assumed. What did not
// exist in the period is left out. With RunningTime::measured, and where Prism still has statistics
// of it, a machine's time is cut by the hours in which it ran, and that is measured.
//
// All or nothing: a run that is not complete, or statistics that cannot be read whole, fail with
// the first reason why, and a sum over what arrived is never made. That a Prism Central has no
// statistics, or this user may not read them, is a note. `report` is filled in any case.
Result<ShapeCollection> collect_shapes(Inventory& inventory, const Modules& modules,
                                       const Request& request, cost::Period period,
                                       std::int64_t now, RunningTime running, const Stop& stop,
                                       RunReport& report);

}  // namespace pf::host::runtime
