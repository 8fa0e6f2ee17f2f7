// DNS and TCP: can anything of the target be reached at all?

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/doctor/checks.hpp"
#include "host/prism/probe.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

std::string span_of(std::chrono::microseconds span) {
    return span < std::chrono::milliseconds(1)
               ? std::to_string(span.count()) + " us"
               : std::to_string((span.count() + 500) / 1000) + " ms";
}

}  // namespace

Finding check_dns(Examination& examination) {
    const auto began = Clock::now();
    auto found = prism::find_addresses(examination.spec, examination.stop);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    const std::string& host = examination.first_host();
    const std::string whose = examination.has_proxy() ? "the proxy " : "";
    Json facts = {{"host", host}, {"proxy", examination.has_proxy()}, {"addresses", Json::array()}};
    if (!found) {
        Finding finding = found_failure("dns", examination.has_proxy()
                                                   ? found.status().within("the proxy " + host)
                                                   : found.status());
        finding.facts = facts.dump();
        return finding;
    }
    examination.addresses = *found;
    facts["addresses"] = *found;
    facts["took_ms"] = took.count();
    const bool is_address = found->size() == 1 && found->front() == host;
    Finding finding = found_good(
        "dns", whose + host +
                   (is_address ? " is an address, no name is looked up" : " is " + joined(*found)));
    finding.facts = facts.dump();
    return finding;
}

Finding check_tcp(Examination& examination) {
    const auto trials = prism::try_addresses(examination.spec, examination.stop);
    Json facts = {{"port", examination.first_port()},
                  {"proxy", examination.has_proxy()},
                  {"connections", Json::array()}};
    std::vector<std::string> good;
    std::vector<std::string> bad;
    Status failure = examination.stop.why();
    for (const prism::TcpTrial& trial : trials) {
        Json one = {{"address", trial.address},
                    {"connected", trial.failure.ok()},
                    {"took_us", trial.took.count()}};
        if (trial.failure.ok()) {
            good.push_back(trial.address + " in " + span_of(trial.took));
        } else {
            one["reason"] = what_failed(trial.failure);
            bad.push_back(trial.address + ": " + what_failed(trial.failure));
            failure = trial.failure;
        }
        facts["connections"].push_back(std::move(one));
    }
    const std::string port = (examination.has_proxy() ? "the proxy's port " : "port ") +
                             std::to_string(examination.first_port());
    Finding finding;
    if (good.empty()) {
        finding = found_failure(
            "tcp", failure.ok() ? Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE",
                                         "no address to connect to; check the DNS of this machine")
                                : failure.within(port));
        finding.details = bad;
    } else if (!bad.empty()) {
        finding = found_warning("tcp", port + " answers at " + joined(good) + " only", failure,
                                "remove the dead address from DNS, or open the way to it: new "
                                "connections may try it first");
        finding.details = bad;
    } else {
        finding = found_good("tcp", port + " answers at " + joined(good));
    }
    finding.facts = facts.dump();
    return finding;
}

}  // namespace pf::host::doctor
