#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "host/prism/pem.hpp"
#include "host/runtime/request.hpp"
#include "host/runtime/request_host.hpp"
#include "host/runtime/request_values.hpp"

namespace pf::host::runtime {

namespace {

using nlohmann::json;

constexpr std::uint16_t usual_port = 9440;
constexpr std::size_t longest_account = 255;  // CloudForet's limit
constexpr std::size_t most_targets = 1000;
// This user name announces, in old clients, that the password is an API key.
constexpr std::string_view api_key_user = "x-ntnx-api-key";
constexpr std::string_view reference_scheme = "secret://";

// The keys under which a host may stand.
constexpr std::array host_keys = {"host", "prism_central"};
constexpr std::array referable_keys = {"host",    "prism_central", "username", "password",
                                       "api_key", "ca_cert",       "proxy"};

// One entry of the secret with what it inherits, and how its keys are called in messages.
struct Entry {
    json keys;
    std::string prefix;  // "secret_data" or "secret_data.clusters[2]"
    std::string key(std::string_view name) const { return prefix + "." + std::string(name); }
};

Status check_encryption(const json& secret) {
    for (const char* key : {"encrypted_data", "trusted_encrypted_data"}) {
        if (filled(secret, key) != nullptr) {
            return {
                Code::failed_precondition, "ERROR_SECRET_ENCRYPTED",
                "the secret is encrypted and this plugin has no key to it; switch the encryption "
                "of secrets off in CloudForet's secret service, or store this one again without "
                "it"};
        }
    }
    return {};
}

Status check_references(const Entry& entry) {
    for (const char* key : referable_keys) {
        const json* value = filled(entry.keys, key);
        if (value != nullptr && value->is_string() &&
            trimmed(value->get_ref<const std::string&>()).starts_with(reference_scheme)) {
            return {Code::failed_precondition, "ERROR_SECRET_REFERENCE",
                    entry.key(key) +
                        " refers to a stored secret (secret://...), and this version "
                        "cannot look it up; write the value itself"};
        }
    }
    return {};
}

bool has_any(const json& object, std::initializer_list<const char*> keys) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const char* key) { return filled(object, key) != nullptr; });
}

bool names_host(const json& object) {
    return std::any_of(host_keys.begin(), host_keys.end(),
                       [&](const char* key) { return filled(object, key) != nullptr; });
}

void inherit(json& entry, const json& from, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        const json* value = filled(from, key);
        if (value != nullptr && filled(entry, key) == nullptr) {
            entry[key] = *value;
        }
    }
}

// An entry's own way of proving itself, or of trusting the server, replaces that of the top level
// as a whole where mixing the two would mean something nobody wrote.
void inherit_from_top(json& entry, const json& top) {
    if (!has_any(entry, {"api_key"})) {
        if (has_any(entry, {"username", "password"})) {
            inherit(entry, top, {"username", "password"});
        } else {
            inherit(entry, top, {"username", "password", "api_key"});
        }
    }
    if (!has_any(entry, {"ca_cert", "fingerprint_sha256"})) {
        inherit(entry, top, {"verify_ssl", "ca_cert"});
        // A fingerprint belongs to one server: to the top level's own host when it has one.
        if (!names_host(top)) {
            inherit(entry, top, {"fingerprint_sha256"});
        }
    }
    inherit(entry, top, {"port", "account_id", "proxy"});
}

// The entries under "clusters": objects, or just hosts.
Result<std::vector<Entry>> listed_entries(const json& secret) {
    std::vector<Entry> entries;
    const json* clusters = filled(secret, "clusters");
    if (clusters == nullptr) {
        return entries;
    }
    json list = *clusters;
    if (list.is_string()) {
        // A form without lists sends one text: JSON, or hosts with commas between them.
        json parsed = json::parse(list.get_ref<const std::string&>(), nullptr, false);
        if (parsed.is_array() || parsed.is_object()) {
            list = std::move(parsed);
        } else {
            list = read_texts(list, "secret_data.clusters").value();
        }
    }
    if (list.is_object()) {
        list = json::array({std::move(list)});
    }
    if (!list.is_array() || list.size() > most_targets) {
        return bad_value("secret_data.clusters",
                         "must be a list of at most 1000 objects with a host");
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        Entry entry;
        entry.prefix = "secret_data.clusters[" + std::to_string(i) + "]";
        if (list[i].is_object()) {
            entry.keys = std::move(list[i]);
        } else if (list[i].is_string()) {
            entry.keys = {{"host", std::move(list[i])}};
        } else if (!list[i].is_null()) {
            return bad_value(entry.prefix, "must be an object with a host");
        } else {
            continue;
        }
        inherit_from_top(entry.keys, secret);
        entries.push_back(std::move(entry));
    }
    return entries;
}

Status read_address(const Entry& entry, prism::TargetSpec& spec) {
    std::optional<HostText> found;
    for (const char* key : host_keys) {
        const json* value = filled(entry.keys, key);
        if (value == nullptr) {
            continue;
        }
        if (!value->is_string()) {
            return bad_value(entry.key(key), "must be text");
        }
        const Result<HostText> host =
            parse_host(value->get_ref<const std::string&>(), entry.key(key));
        if (!host) {
            return host.status();
        }
        if (found && (found->host != host->host || found->port != host->port)) {
            return bad_value(entry.key(key),
                             "names another host than the key host; keep one of them");
        }
        found = *host;
    }
    if (!found) {
        return missing_key(entry.key("host"));
    }
    spec.host = found->host;
    spec.port = usual_port;
    if (const json* port = filled(entry.keys, "port")) {
        const Result<std::uint32_t> number = read_whole(*port, entry.key("port"), 1, 65535);
        if (!number) {
            return number.status();
        }
        spec.port = static_cast<std::uint16_t>(*number);
    }
    // Forms fill in the usual port; one written behind the host was meant.
    spec.port = found->port.value_or(spec.port);
    return {};
}

Status read_credential_text(const Entry& entry, const char* key, std::string& place) {
    const json* value = filled(entry.keys, key);
    if (value == nullptr) {
        return {};
    }
    Result<std::string> text = read_text(*value, entry.key(key));
    if (!text) {
        return text.status();
    }
    place = std::move(*text);
    return {};
}

// The key becomes a header as it is: a line break in it would begin another one.
Status read_api_key(const Entry& entry, std::string_view api_key, prism::Credential& credential) {
    const bool is_word =
        std::all_of(api_key.begin(), api_key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!is_word) {
        return bad_value(entry.key("api_key"), "must be one word of ASCII characters");
    }
    credential.api_key = Secret(std::string(api_key));
    return {};
}

Status read_credential(const Entry& entry, prism::Credential& credential) {
    std::string username, password, api_key;
    for (const auto& [key, place] : {std::pair<const char*, std::string*>{"username", &username},
                                     {"password", &password},
                                     {"api_key", &api_key}}) {
        if (const Status status = read_credential_text(entry, key, *place); !status.ok()) {
            return status;
        }
    }
    username = trimmed(username);
    if (lower(username) == api_key_user) {
        if (api_key.empty() || api_key == password) {
            api_key = std::exchange(password, "");
        }
        username.clear();
        if (api_key.empty()) {
            return missing_key(entry.key("password"));
        }
    }
    if (!api_key.empty()) {
        if (!username.empty() || !password.empty()) {
            return bad_value(entry.key("api_key"),
                             "stands beside username or password; give one way to log in");
        }
        return read_api_key(entry, trimmed(api_key), credential);
    }
    if (username.empty()) {
        return missing_key(entry.key("username"));
    }
    // In basic authentication the first colon ends the user name.
    if (username.find(':') != std::string::npos) {
        return bad_value(entry.key("username"), "must not contain a colon");
    }
    if (password.empty()) {
        return missing_key(entry.key("password"));
    }
    credential.username = username;
    credential.password = Secret(std::move(password));
    return {};
}

Status read_tls(const Entry& entry, prism::TlsSettings& tls) {
    if (const json* value = filled(entry.keys, "verify_ssl")) {
        const Result<bool> verify = read_flag(*value, entry.key("verify_ssl"));
        if (!verify) {
            return verify.status();
        }
        tls.verify = *verify;
    }
    if (const json* value = filled(entry.keys, "ca_cert")) {
        if (!value->is_string()) {
            return bad_value(entry.key("ca_cert"), "must be the PEM text of a certificate");
        }
        tls.ca_pem = value->get<std::string>();
        if (prism::repair_pem(tls.ca_pem).empty()) {
            return bad_value(entry.key("ca_cert"),
                             "holds no certificate; paste the PEM text from BEGIN to END");
        }
    }
    if (const json* value = filled(entry.keys, "fingerprint_sha256")) {
        const std::optional<std::string> digest =
            value->is_string() ? prism::parse_sha256(value->get_ref<const std::string&>())
                               : std::nullopt;
        if (!digest) {
            return bad_value(entry.key("fingerprint_sha256"),
                             "must be the 64 hex digits of a certificate's SHA-256 digest");
        }
        tls.pin_sha256 = *digest;
    }
    return {};
}

Status read_proxy(const Entry& entry, prism::TargetSpec& spec) {
    const json* value = filled(entry.keys, "proxy");
    if (value == nullptr) {
        return {};
    }
    if (!value->is_string()) {
        return bad_value(entry.key("proxy"), "must be text");
    }
    Result<prism::Proxy> proxy = prism::parse_proxy(trimmed(value->get_ref<const std::string&>()));
    if (!proxy) {
        return bad_value(entry.key("proxy"), proxy.status().message());
    }
    spec.proxy = std::move(*proxy);
    return {};
}

Status read_account(const Entry& entry, std::string& account) {
    const json* value = filled(entry.keys, "account_id");
    if (value == nullptr) {
        return {};
    }
    const Result<std::string> text = read_text(*value, entry.key("account_id"));
    if (!text) {
        return text.status();
    }
    if (trimmed(*text).size() > longest_account) {
        return bad_value(entry.key("account_id"), "must be at most 255 characters");
    }
    account = trimmed(*text);
    return {};
}

TargetRequest read_target(const Entry& entry, const Options& options) {
    TargetRequest target;
    target.account_id = options.account_id;
    target.spec.limits = limits_of(options);
    Status status = check_references(entry);
    if (status.ok()) {
        status = read_address(entry, target.spec);
    }
    // Without a usable address the entry still needs a name for its row.
    target.name = status.ok() ? HostText::name(target.spec.host, target.spec.port) : entry.prefix;
    if (status.ok()) {
        status = read_credential(entry, target.spec.credential);
    }
    if (status.ok()) {
        status = read_tls(entry, target.spec.tls);
    }
    if (status.ok()) {
        status = read_proxy(entry, target.spec);
    }
    if (status.ok()) {
        status = read_account(entry, target.account_id);
    }
    target.refusal = std::move(status);
    return target;
}

bool is_same(const std::optional<prism::Proxy>& a, const std::optional<prism::Proxy>& b) {
    return a.has_value() == b.has_value() &&
           (!a || (a->host == b->host && a->port == b->port &&
                   a->user_info.reveal() == b->user_info.reveal()));
}

bool is_same(const TargetRequest& a, const TargetRequest& b) {
    const prism::Credential& x = a.spec.credential;
    const prism::Credential& y = b.spec.credential;
    return x.username == y.username && x.password.reveal() == y.password.reveal() &&
           x.api_key.reveal() == y.api_key.reveal() && a.spec.tls.verify == b.spec.tls.verify &&
           a.spec.tls.ca_pem == b.spec.tls.ca_pem &&
           a.spec.tls.pin_sha256 == b.spec.tls.pin_sha256 && is_same(a.spec.proxy, b.spec.proxy) &&
           a.account_id == b.account_id && a.refusal.text() == b.refusal.text();
}

// The same target twice is one; the same address in two ways is a mistake that must be seen.
void add_target(std::vector<TargetRequest>& targets, TargetRequest target) {
    const auto first = std::find_if(targets.begin(), targets.end(),
                                    [&](const TargetRequest& t) { return t.name == target.name; });
    if (first == targets.end()) {
        targets.push_back(std::move(target));
    } else if (!is_same(*first, target) && first->refusal.ok()) {
        first->refusal = {Code::invalid_argument, "ERROR_INVALID_PARAMETER",
                          "the secret lists " + target.name +
                              " more than once with different credentials or settings; keep one"};
    }
}

}  // namespace

Result<std::vector<TargetRequest>> parse_secret(std::string_view text, const Options& options) {
    const Result<json> secret = parse_object(text, "secret_data");
    if (!secret) {
        return secret.status();
    }
    if (Status status = check_encryption(*secret); !status.ok()) {
        return status;
    }
    Result<std::vector<Entry>> listed = listed_entries(*secret);
    if (!listed) {
        return listed.status();
    }
    std::vector<TargetRequest> targets;
    if (names_host(*secret)) {
        targets.push_back(read_target({*secret, "secret_data"}, options));
    }
    for (const Entry& entry : *listed) {
        add_target(targets, read_target(entry, options));
    }
    if (targets.empty()) {
        return missing_key("secret_data.host");
    }
    const bool is_any_usable = std::any_of(targets.begin(), targets.end(),
                                           [](const TargetRequest& t) { return t.refusal.ok(); });
    if (!is_any_usable) {
        return targets.front().refusal;
    }
    return targets;
}

}  // namespace pf::host::runtime
