// Core dumps: a dump of this process would hold passwords. The doctor protects itself by the same
// call as the server, so what it sees of itself is what the server gets here.

#include <sys/prctl.h>
#include <sys/resource.h>

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {

Finding check_core_dumps() {
    rlimit limit{};
    const bool is_known = ::getrlimit(RLIMIT_CORE, &limit) == 0;
    const bool is_off = is_known && limit.rlim_cur == 0 && limit.rlim_max == 0;
    const int dumpable = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
    const Facts facts = {{"limit_is_zero", is_off}, {"dumpable", dumpable != 0}};
    if (!is_off || dumpable != 0) {
        return doubtful("core_dumps",
                        is_off ? "the system lets other processes of this user read its memory"
                               : "the system lets it write core dumps, which hold passwords",
                        "use a release build, and see that nothing forbids prctl and setrlimit",
                        facts);
    }
    return fit("core_dumps", "off; no other process of this user reads its memory", facts);
}

}  // namespace pf::host::doctor
