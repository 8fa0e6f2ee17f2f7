// Tasks of a job: how a collection is divided among workers and replicas.
//
// By target and kind. A kind that lives in clusters is divided further, by cluster, where Prism
// filters its list by cluster and a task is worth the calls that dividing costs; one more task, the
// rest, carries what belongs to none of the clusters that have tasks. A target that does not answer
// is one task, so that what is wrong with it is said once. Never by offset: pages shift
// when entities come and go, and no task would notice.
#pragma once

#include <vector>

#include "host/base/stop.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::runtime {

// Never drops a target or a kind; what cannot be found out within 20 s is not divided, and its
// collect says why. The union of all tasks is what one collect without a task brings.
std::vector<Task> plan_tasks(const Modules& modules, prism::Targets& targets,
                             const Request& request, const Stop& stop);

}  // namespace pf::host::runtime
