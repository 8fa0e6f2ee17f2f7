// Modules: what this installation can collect, and why not more.

#include <nlohmann/json.hpp>

#include "host/doctor/checks.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

Json module_json(const runtime::Modules::Entry& entry) {
    Json json = {
        {"name", entry.name},     {"path", entry.path},
        {"sha256", entry.sha256}, {"version", entry.descriptor ? entry.descriptor->version : ""},
        {"kinds", entry.kinds()}, {"loaded", entry.refusal.ok()}};
    if (!entry.refusal.ok()) {
        json["code"] = entry.refusal.reason();
        json["reason"] = entry.refusal.message();
    }
    return json;
}

}  // namespace

Finding check_modules(const runtime::Modules& modules) {
    Json facts = {{"modules", Json::array()}};
    std::string loaded;
    std::vector<std::string> refused;
    Status refusal;
    for (const runtime::Modules::Entry& entry : modules.entries()) {
        facts["modules"].push_back(module_json(entry));
        if (entry.refusal.ok()) {
            loaded += (loaded.empty() ? "" : ", ") + entry.name + " " +
                      (entry.descriptor ? entry.descriptor->version : "");
        } else {
            refusal = refusal.ok() ? entry.refusal.within(entry.name) : refusal;
            refused.push_back(entry.name + ": " + entry.refusal.text());
        }
    }
    Finding finding;
    if (!refusal.ok()) {
        finding = found_failure("modules", refusal);
        finding.details = std::move(refused);
        if (!loaded.empty()) {
            finding.details.push_back("in service: " + loaded);
        }
    } else if (loaded.empty()) {
        finding = found_failure(
            "modules", Status(Code::failed_precondition, "ERROR_MODULE_UNAVAILABLE",
                              "no module is installed, so there is nothing to collect; modules.dir "
                              "in the configuration names their directory"));
    } else {
        finding = found_good("modules", "in service: " + loaded);
    }
    finding.facts = facts.dump(-1, ' ', false, Json::error_handler_t::replace);
    return finding;
}

}  // namespace pf::host::doctor
