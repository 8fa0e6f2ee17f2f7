#include "tests/prism_sim/config.hpp"

#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace pf::sim {

CertificateFlaw certificate_flaw(const std::string& name) {
    constexpr std::array<std::pair<std::string_view, CertificateFlaw>, 8> known = {{
        {"none", CertificateFlaw::none},
        {"expired", CertificateFlaw::expired},
        {"not-yet-valid", CertificateFlaw::not_yet_valid},
        {"wrong-host", CertificateFlaw::wrong_host},
        {"self-signed", CertificateFlaw::self_signed},
        {"unknown-ca", CertificateFlaw::unknown_ca},
        {"weak-key", CertificateFlaw::weak_key},
        {"weak-signature", CertificateFlaw::weak_signature},
    }};
    std::string names;
    for (const auto& [text, flaw] : known) {
        if (text == name) return flaw;
        names.append(names.empty() ? "" : ", ").append(text);
    }
    throw std::invalid_argument("no certificate flaw '" + name + "'; there are " + names);
}

}  // namespace pf::sim
