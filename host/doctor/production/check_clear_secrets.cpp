// Clear secrets: a configuration is copied, shown and committed; an environment is shown by
// `kubectl describe` and inherited.

#include <algorithm>

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {

Finding check_clear_secrets(const Setup& setup) {
    constexpr const char* name = "clear_secrets";
    std::vector<Facts> places;
    std::vector<std::string> lines;
    for (const ClearSecret& secret : setup.clear_secrets) {
        places.push_back({{"path", secret.path}, {"origin", secret.origin}});
        lines.push_back(secret.origin + ": " + secret.path);
    }
    const Facts facts = {{"secrets", std::move(places)}};
    if (lines.empty()) {
        return fit(name, "no credential stands in the configuration or the environment", facts);
    }
    const bool is_in_file =
        std::any_of(setup.clear_secrets.begin(), setup.clear_secrets.end(),
                    [](const ClearSecret& secret) { return !secret.is_environment; });
    Finding finding =
        is_in_file ? unfit(name, "a credential stands in the configuration in clear text",
                           "put it into a file of mode 0600 and name that: password_file, "
                           "api_key_file, token_file, or ${file:PATH}",
                           facts)
                   : doubtful(name, "a credential stands in the environment",
                              "put it into a file of mode 0600 and name that: an environment is "
                              "shown by tools and inherited by programs",
                              facts);
    finding.details = std::move(lines);
    return finding;
}

}  // namespace pf::host::doctor
