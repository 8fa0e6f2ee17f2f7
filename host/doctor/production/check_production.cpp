#include "host/doctor/production/checks.hpp"

#include <iterator>

namespace pf::host::doctor {

std::vector<Finding> check_production(const Setup& setup) {
    std::vector<Finding> findings = {
        check_clear_secrets(setup), check_secret_files(setup), check_core_dumps(),
        check_privileges(setup),    check_module_files(setup), check_expected_modules(setup),
        check_log(setup),           check_status_port(setup),  check_memory(setup),
        check_open_files(setup),    check_times(setup)};
    std::vector<Finding> left = things_to_do(setup);
    std::move(left.begin(), left.end(), std::back_inserter(findings));
    return findings;
}

}  // namespace pf::host::doctor
