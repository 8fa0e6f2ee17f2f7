// Status port: without it nothing is measured, and nobody is told when collections fail.

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {

Finding check_status_port(const Setup& setup) {
    const Facts facts = {{"address", setup.status_address}};
    if (setup.status_address.empty()) {
        return doubtful("status_port",
                        "there is none, so nothing is measured and no alert can be raised",
                        "set serve.status, e.g. 127.0.0.1:8090; what CloudForet's supervisor "
                        "starts has none, there its jobs are what to watch",
                        facts);
    }
    return fit("status_port", "figures and probes at " + setup.status_address, facts);
}

}  // namespace pf::host::doctor
