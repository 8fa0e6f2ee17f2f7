#include "host/prism/version.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "host/prism/printable.hpp"
#include "host/prism/target_state.hpp"

namespace pf::host::prism {
namespace {

struct Known {
    std::string_view name;
    unsigned newest_minor;  // 0: not limited
    std::string_view list;
};

constexpr std::array<Known, 9> known = {{
    {"vmm", 3, "/ahv/config/vms"},
    {"clustermgmt", 3, "/config/clusters"},
    {"volumes", 3, "/config/volume-groups"},
    {"monitoring", 3, "/serviceability/alerts"},
    {"networking", 4, "/config/subnets"},
    {"prism", 4, "/config/categories"},
    {"dataprotection", 4, "/config/recovery-points"},
    {"iam", 0, "/authn/users"},
    {"aiops", 0, ""},
}};
constexpr unsigned family = 4;

// Asked again after this time: a Prism Central may be upgraded while we run.
constexpr std::chrono::hours remembered(1);

const Known* find_known(std::string_view api_namespace) {
    const auto* found = std::find_if(known.begin(), known.end(),
                                     [&](const Known& item) { return item.name == api_namespace; });
    return found == known.end() ? nullptr : found;
}

// The highest served version an info answer names; empty when it names none.
std::string served_of(std::string_view body) {
    const auto document = nlohmann::json::parse(body, nullptr, false);
    if (document.is_object()) {
        const auto data = document.find("data");
        if (data != document.end() && data->is_string()) {
            return data->get<std::string>();
        }
    }
    return {};
}

Status absent(const std::string& api_namespace) {
    return Status(Code::not_found, "ERROR_PRISM_API_ABSENT",
                  "no v4 API " + api_namespace +
                      " is served"
                      "; v4 came with Prism Central pc.2024.3, and a Prism Element has none");
}

// The method or the path is not served, or something between us and Prism does not let it pass.
bool info_is_blocked(const Answer& answer) {
    switch (answer.http) {
        case 400:
        case 403:
        case 404:
        case 405:
        case 501:
            return true;
        default:
            return answer.status.reason() == "ERROR_PRISM_ANSWER" && answer.http != 0;
    }
}

}  // namespace

std::optional<std::string> usable_version(std::string_view api_namespace, std::string_view served) {
    if (served.size() < 4 || served.size() > 32 || served.front() != 'v') {
        return std::nullopt;
    }
    unsigned major = 0;
    unsigned minor = 0;
    const char* end = served.data() + served.size();
    auto parsed = std::from_chars(served.data() + 1, end, major);
    if (parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != '.') {
        return std::nullopt;
    }
    parsed = std::from_chars(parsed.ptr + 1, end, minor);
    const bool clean = std::all_of(served.begin(), served.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    });
    if (parsed.ec != std::errc() || !clean || major < family ||
        (parsed.ptr != end && *parsed.ptr != '.')) {
        return std::nullopt;
    }
    const Known* item = find_known(api_namespace);
    if (item == nullptr || item->newest_minor == 0) {
        return std::string(served);
    }
    if (major > family || minor > item->newest_minor) {
        return "v4." + std::to_string(item->newest_minor);
    }
    return std::string(served);
}

std::string_view known_list(std::string_view api_namespace) {
    const Known* item = find_known(api_namespace);
    return item == nullptr ? std::string_view() : item->list;
}

bool proper_namespace(std::string_view api_namespace) {
    return !api_namespace.empty() && api_namespace.size() <= 64 &&
           std::all_of(api_namespace.begin(), api_namespace.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-';
           });
}

Result<std::string> Target::State::negotiate(const std::string& api_namespace, const Stop& stop,
                                             Meter& meter) {
    const std::string base = "/api/" + api_namespace;
    Answer info = fetch({Method::options, base + "/unversioned/info", {}}, stop, meter, Body());
    if (info.status.ok()) {
        const std::string served = served_of(info.body.text());
        if (const auto version = usable_version(api_namespace, served)) {
            return *version;
        }
    } else if (!info_is_blocked(info)) {
        return info.status;
    }
    const std::string_view list = known_list(api_namespace);
    if (list.empty()) {
        return info.http == 404 ? absent(api_namespace)
                                : Status(Code::failed_precondition, "ERROR_PRISM_API_UNKNOWN",
                                         "Prism Central does not tell its version of the API " +
                                             api_namespace + ", and there is no other way to know");
    }
    Request probe;
    probe.path = base + "/v4.0";
    probe.path.append(list).append("?$limit=1");
    const Answer answer = fetch(probe, stop, meter, Body());
    if (answer.http == 404) {
        return absent(api_namespace);
    }
    if (!answer.status.ok()) {
        return answer.status;
    }
    return std::string("v4.0");
}

Result<std::string> Target::State::known_version(const std::string& api_namespace, const Stop& stop,
                                                 Meter& meter) {
    if (!proper_namespace(api_namespace)) {
        return Status(Code::invalid_argument, "ERROR_PRISM_REQUEST",
                      printable(api_namespace, 80) + " is no name of an API");
    }
    auto value = negotiated.get("version " + api_namespace, remembered, stop,
                                [&](const Stop& own) -> Result<SharedCache::Value> {
                                    auto version = negotiate(api_namespace, own, meter);
                                    if (!version) {
                                        return version.status();
                                    }
                                    return SharedCache::Value(std::make_shared<const std::string>(
                                        std::move(version).value()));
                                });
    if (!value) {
        return value.status();
    }
    return *static_cast<const std::string*>(value->get());
}

Result<std::string> Target::version(const std::string& api_namespace, const Stop& stop,
                                    Meter& meter) {
    const Waiting waiting(meter);
    return state_->known_version(api_namespace, stop, meter);
}

}  // namespace pf::host::prism
