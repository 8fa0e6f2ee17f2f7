// What report_json() gives, as a JSON Schema. Facts are what programs may rely on; texts are for
// people and may change.

#include <nlohmann/json.hpp>

#include "host/doctor/report_json.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

Json text() { return {{"type", "string"}}; }
Json number() { return {{"type", "integer"}}; }
Json truth() { return {{"type", "boolean"}}; }
Json list(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json or_null(const char* type) { return {{"type", Json::array({type, "null"})}}; }
Json one_of(std::initializer_list<const char*> words) {
    return {{"type", "string"},
            {"enum", Json(std::vector<std::string>(words.begin(), words.end()))}};
}

Json object(Json properties) {
    return {
        {"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

// Of a check that was not tried the facts are empty, so none of them is required.
Json check(Json facts) {
    Json json = object({{"verdict", one_of({"ok", "warn", "fail", "skipped", "todo"})},
                        {"text", text()},
                        {"details", list(text())},
                        {"code", text()},
                        {"advice", text()},
                        {"facts", object(std::move(facts))}});
    json["required"] = {"verdict", "text", "facts"};
    return json;
}

Json certificate() {
    return object({{"subject", text()},
                   {"issuer", text()},
                   {"not_before", text()},
                   {"not_after", text()},
                   {"days_left", number()},
                   {"names", list(text())},
                   {"key", text()},
                   {"signature", text()},
                   {"sha256", text()}});
}

Json network_checks() {
    return {
        {"settings", check(Json::object())},
        {"dns", check({{"host", text()},
                       {"proxy", truth()},
                       {"addresses", list(text())},
                       {"took_ms", number()}})},
        {"tcp", check({{"port", number()},
                       {"proxy", truth()},
                       {"connections", list(object({{"address", text()},
                                                    {"connected", truth()},
                                                    {"took_us", number()},
                                                    {"reason", text()}}))}})},
        {"tls", check({{"version", text()},
                       {"cipher", text()},
                       {"trust", one_of({"system", "ca", "pin", "off"})},
                       {"accepted", truth()},
                       {"chain", list(certificate())}})},
        {"login", check({{"method", one_of({"basic", "api_key"})},
                         {"accepted", truth()},
                         {"logins", number()},
                         {"cookies_given", number()},
                         {"requests_by_cookie", number()}})},
        {"clock",
         check({{"server_date", text()}, {"offset_ms", number()}, {"doubt_ms", number()}})},
        {"identity",
         check({{"account_id", text()}, {"uuid", text()}, {"name", text()}, {"version", text()}})}};
}

Json list_checks() {
    Json served = object({{"namespace", text()},
                          {"resource", text()},
                          {"kinds", list(text())},
                          {"version", text()},
                          {"state", one_of({"served", "absent", "denied", "failed"})},
                          {"reason", text()},
                          {"code", text()},
                          {"text", text()}});
    Json paged = object({{"resource", text()},
                         {"version", text()},
                         {"page_asked", number()},
                         {"page_given", number()},
                         {"page_default", or_null("integer")},
                         {"total", or_null("integer")},
                         {"order", one_of({"by id", "not as asked", "refused", "not asked"})}});
    return {{"api", check({{"lists", list(std::move(served))}})},
            {"role", check({{"denied", list(object({{"resource", text()}, {"role", text()}}))},
                            {"roles", list(text())},
                            {"can_write", or_null("boolean")}})},
            {"paging", check({{"lists", list(std::move(paged))}})},
            {"limits", check({{"per_second", {{"type", "number"}}},
                              {"in_flight", number()},
                              {"sessions", number()},
                              {"requests", number()},
                              {"retries", number()},
                              {"throttled", number()}})}};
}

Json installation_checks() {
    return {{"modules", check({{"modules", list(object({{"name", text()},
                                                        {"path", text()},
                                                        {"sha256", text()},
                                                        {"version", text()},
                                                        {"kinds", list(text())},
                                                        {"loaded", truth()},
                                                        {"code", text()},
                                                        {"reason", text()}}))}})},
            {"port", check({{"address", text()},
                            {"state", one_of({"free", "served", "taken", "unusable"})},
                            {"version", text()}})}};
}

Json production_checks_of_target() {
    return {{"trust", check({{"trust", one_of({"system", "ca", "pin", "off"})}})},
            {"least_role", check({{"can_write", or_null("boolean")}})},
            {"gentleness", check({{"per_second", {{"type", "number"}}}, {"in_flight", number()}})}};
}

Json production_checks() {
    Json checks = {
        {"clear_secrets",
         check({{"secrets", list(object({{"path", text()}, {"origin", text()}}))}})},
        {"secret_files",
         check({{"files", list(object({{"path", text()}, {"private", truth()}}))}})},
        {"core_dumps", check({{"limit_is_zero", truth()}, {"dumpable", truth()}})},
        {"privileges",
         check({{"root", truth()}, {"capabilities", truth()}, {"may_gain_privileges", truth()}})},
        {"module_files", check({{"open", list(object({{"path", text()}, {"writer", text()}}))}})},
        {"expected_modules", check({{"expected", list(text())}})},
        {"log", check({{"json", truth()}, {"level", text()}})},
        {"status_port", check({{"address", text()}})},
        {"memory", check({{"limit_bytes", or_null("integer")}})},
        {"open_files", check({{"limit", number()}, {"sessions", number()}})},
        {"times", check({{"budget_ms", number()}, {"drain_ms", number()}})}};
    for (const char* name : {"network", "status_readers", "replicas", "manifests", "image",
                             "alerts", "trial", "load", "rotation"}) {
        checks[name] = check(Json::object());
    }
    return checks;
}

}  // namespace

std::string report_schema() {
    Json of_target = network_checks();
    of_target.update(list_checks());
    of_target.update(production_checks_of_target());
    Json target = object({{"name", text()}, {"address", text()}, {"checks", object(of_target)}});
    target["required"] = {"name", "address", "checks"};
    Json summary = object({{"ok", number()},
                           {"warn", number()},
                           {"fail", number()},
                           {"skipped", number()},
                           {"todo", number()},
                           {"exit_code", number()},
                           {"next", text()}});
    summary["required"] = {"ok", "warn", "fail", "skipped", "todo", "exit_code", "next"};
    Json schema = object({{"schema", one_of({"prismforet/v1"})},
                          {"targets", list(std::move(target))},
                          {"installation", object({{"checks", object(installation_checks())}})},
                          {"production", object({{"checks", object(production_checks())}})},
                          {"summary", std::move(summary)}});
    schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    schema["title"] = "report of prismforet doctor --json";
    schema["required"] = {"schema", "targets", "installation", "summary"};
    return schema.dump(2);
}

}  // namespace pf::host::doctor
