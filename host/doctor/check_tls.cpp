// TLS: what the server shows, whether it is trusted, and for how long.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/doctor/checks.hpp"
#include "host/prism/probe.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

// A certificate that ends within this many days is worth a warning.
constexpr std::int64_t days_of_warning = 30;

std::string days_text(std::int64_t days) {
    return days < 0 ? "ended " + std::to_string(-days) + " days ago"
                    : std::to_string(days) + " days left";
}

std::string names_text(const prism::CertificateFacts& one) {
    std::string text;
    for (const std::string& name : one.names) {
        text += (text.empty() ? "for " : ", ") + name;
    }
    return text;
}

std::vector<std::string> chain_lines(const std::vector<prism::CertificateFacts>& chain) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const prism::CertificateFacts& one = chain[i];
        lines.push_back(std::to_string(i) + ": subject " + one.subject + ", issuer " + one.issuer);
        lines.push_back("   valid " + one.not_before + " to " + one.not_after + ", " +
                        days_text(one.days_left) + ", " + one.key + ", " + one.signature);
        if (const std::string names = names_text(one); !names.empty()) {
            lines.push_back("   " + names);
        }
        lines.push_back("   SHA-256 " + one.sha256);
    }
    return lines;
}

Json chain_json(const std::vector<prism::CertificateFacts>& chain) {
    Json items = Json::array();
    for (const prism::CertificateFacts& one : chain) {
        items.push_back({{"subject", one.subject},
                         {"issuer", one.issuer},
                         {"not_before", one.not_before},
                         {"not_after", one.not_after},
                         {"days_left", one.days_left},
                         {"names", one.names},
                         {"key", one.key},
                         {"signature", one.signature},
                         {"sha256", one.sha256}});
    }
    return items;
}

// By what a server's certificate is judged.
const char* trust_of(const prism::TlsSettings& tls) {
    if (!tls.pin_sha256.empty()) {
        return "pin";
    }
    if (!tls.verify) {
        return "off";
    }
    return tls.ca_pem.empty() && tls.ca_file.empty() ? "system" : "ca";
}

const char* trust_text(std::string_view trust) {
    return trust == "pin"      ? "it is the pinned one"
           : trust == "off"    ? "nobody checks it"
           : trust == "system" ? "trusted by this machine's CAs"
                               : "trusted by the given CA";
}

Finding judge(const prism::TlsFacts& facts, const std::string& trust) {
    const std::string shown = facts.version + " " + facts.cipher;
    if (!facts.refusal.ok()) {
        Finding finding = found_failure("tls", facts.refusal);
        // The chain is listed; the message need not repeat it.
        finding.text = shown + "; " + finding.text.substr(0, finding.text.find("; presented: "));
        return finding;
    }
    if (trust == "off") {
        return found_warning(
            "tls",
            shown + "; the certificate is not checked: anybody on the way can read the password",
            Status(Code::failed_precondition, "ERROR_TLS", "verification is off"),
            "set tls.ca_file, or tls.pin_sha256 to the digest below, and remove "
            "insecure_skip_verify");
    }
    std::int64_t days = days_of_warning;
    for (const prism::CertificateFacts& one : facts.chain) {
        days = std::min(days, one.days_left);
    }
    // A pinned certificate is accepted whatever its dates say.
    if (days < days_of_warning && trust != "pin") {
        return found_warning("tls", shown + "; a certificate has " + days_text(days),
                             Status(Code::failed_precondition, "ERROR_TLS", "it ends soon"),
                             "renew the certificate in Prism before it ends");
    }
    return found_good("tls", shown + "; " + trust_text(trust));
}

}  // namespace

Finding check_tls(Examination& examination) {
    const std::string trust = trust_of(examination.spec.tls);
    auto seen = prism::look_at_tls(examination.spec, examination.stop);
    if (!seen) {
        Finding finding = found_failure("tls", seen.status());
        finding.facts = Json{{"trust", trust}, {"chain", Json::array()}}.dump();
        return finding;
    }
    Finding finding = judge(*seen, trust);
    finding.details = chain_lines(seen->chain);
    const Json facts = {{"version", seen->version},
                        {"cipher", seen->cipher},
                        {"trust", trust},
                        {"accepted", seen->refusal.ok()},
                        {"chain", chain_json(seen->chain)}};
    finding.facts = facts.dump();
    return finding;
}

}  // namespace pf::host::doctor
