// Times: who waits for us has less patience than we could use.

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// CloudForet ends a job after this, Kubernetes a pod.
constexpr minutes job_time{120};
constexpr seconds pod_time{30};

}  // namespace

Finding check_times(const Setup& setup) {
    const Facts facts = {{"budget_ms", std::int64_t{setup.budget.count()}},
                         {"drain_ms", std::int64_t{setup.drain.count()}}};
    if (setup.budget.count() == 0 || setup.budget >= job_time) {
        return doubtful("times",
                        "a collection may take longer than the two hours that CloudForet gives it, "
                        "and then counts as failed as a whole",
                        "set the option budget_minutes below 120; without it, it is 100", facts);
    }
    if (setup.drain >= pod_time) {
        return doubtful("times",
                        "calls get as long to end as Kubernetes gives the whole pod, and are then "
                        "killed",
                        "set serve.drain below 30s, or terminationGracePeriodSeconds above it",
                        facts);
    }
    return fit("times", "collections end before CloudForet gives up, calls before a pod is killed",
               facts);
}

}  // namespace pf::host::doctor
