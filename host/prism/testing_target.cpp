#include "host/prism/testing_target.hpp"

#include <atomic>

namespace pf::host::prism::testing {

std::uint64_t fresh_key() {
    static std::atomic<std::uint64_t> next{1};
    return next++;
}

Script answer_table(const std::map<std::string, std::string>& answers) {
    return [answers](const Seen& seen, Talk& talk) {
        const auto found =
            answers.find(seen.method + " " + seen.path.substr(0, seen.path.find('?')));
        talk.send(found == answers.end() ? http(404, "{}") : found->second);
    };
}

TargetSpec quick_spec(const TestCa& ca, std::uint16_t port) {
    TargetSpec spec;
    spec.host = "127.0.0.1";
    spec.port = port;
    spec.tls.ca_pem = ca.pem();
    spec.credential.username = "reader";
    spec.credential.password = Secret("s3cret!");
    spec.limits.per_second = 0;
    spec.limits.backoff_base = std::chrono::milliseconds(1);
    spec.limits.backoff_cap = std::chrono::milliseconds(2);
    return spec;
}

}  // namespace pf::host::prism::testing
