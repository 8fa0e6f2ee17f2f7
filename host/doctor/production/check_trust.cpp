// Trust: a password goes only to a server whose certificate was looked at.

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {

Finding check_trust(const prism::TlsSettings& tls) {
    if (!tls.pin_sha256.empty()) {
        return fit("trust", "one certificate is pinned", {{"trust", "pin"}});
    }
    if (!tls.verify) {
        return unfit("trust",
                     "the certificate is not checked: anybody on the way can read the password",
                     "set tls.ca_file, or tls.pin_sha256, and remove insecure_skip_verify",
                     {{"trust", "off"}});
    }
    if (tls.ca_pem.empty() && tls.ca_file.empty()) {
        return doubtful("trust", "any CA of this machine may vouch for it",
                        "set tls.ca_file to the CA that signed its certificate, or tls.pin_sha256",
                        {{"trust", "system"}});
    }
    return fit("trust", "only the given CA vouches for it", {{"trust", "ca"}});
}

}  // namespace pf::host::doctor
