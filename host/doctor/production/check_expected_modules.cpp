// Expected modules: what is named and missing makes the process unready; what is not named and
// missing is an inventory that is quietly smaller.

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {

Finding check_expected_modules(const Setup& setup) {
    const Facts facts = {{"expected", setup.expected_modules}};
    if (setup.expected_modules.empty()) {
        return doubtful("expected_modules",
                        "whatever modules are there are used, so a missing one is not noticed",
                        "name them in modules.enable", facts);
    }
    return fit("expected_modules", "the modules that must be there are named", facts);
}

}  // namespace pf::host::doctor
