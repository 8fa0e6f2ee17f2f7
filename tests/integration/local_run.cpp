#include "tests/integration/local_run.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/runtime/inventory.hpp"

namespace pf::test {
namespace {

using nlohmann::json;
namespace runtime = host::runtime;

class Sink final : public runtime::RowSink {
  public:
    explicit Sink(LocalRun& run) : run_(run) {}

    host::encoding::RowFormat format() const override {
        return host::encoding::RowFormat::json_line;
    }
    bool write(runtime::RowBatch& batch) override {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            take(json::parse(batch.row(i)));
        }
        return true;
    }
    bool is_gone() override { return false; }

  private:
    void take(const json& row) {
        if (row.value("state", "") == "FAILURE") {
            run_.failures.push_back(row.value("message", ""));
            return;
        }
        if (row.value("resource_type", "") != "inventory.CloudService") {
            return;
        }
        const json& resource = row.at("resource");
        const std::string id = resource.value("/reference/resource_id"_json_pointer, "");
        if (id.empty() || !run_.resources.emplace(id, resource).second) {
            run_.odd.push_back(id);
        }
    }

    LocalRun& run_;
};

template <class T>
T usable(host::Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.status().text());
    }
    return std::move(result).value();
}

void compare(const json& a, const json& b, const std::string& path, std::vector<std::string>& out) {
    if (a.is_object() && b.is_object()) {
        json all = a;
        all.update(b);
        for (const auto& [key, value] : all.items()) {
            const std::string at = path.empty() ? key : path + "." + key;
            if (a.contains(key) && b.contains(key)) {
                compare(a[key], b[key], at, out);
            } else {
                out.push_back(at);
            }
        }
    } else if (a.is_array() && b.is_array() && a.size() == b.size()) {
        for (std::size_t i = 0; i < a.size(); ++i) {
            compare(a[i], b[i], path + "[*]", out);
        }
    } else if (a != b) {
        out.push_back(path);
    }
}

}  // namespace

bool LocalRun::has_note(const std::string& code) const {
    return std::any_of(report.notes.begin(), report.notes.end(),
                       [&](const runtime::Reason& note) { return note.code == code; });
}

std::string LocalRun::api_of(const std::string& api_namespace) const {
    const auto found = std::find_if(
        report.apis.begin(), report.apis.end(),
        [&](const runtime::ApiReport& api) { return api.api_namespace == api_namespace; });
    return found == report.apis.end() ? "" : found->version;
}

LocalRun run_locally(runtime::Modules& modules, const std::string& options,
                     const std::string& secret) {
    LocalRun run;
    host::prism::Targets targets;
    runtime::Inventory inventory(modules, targets);
    runtime::Request request;
    request.options = usable(runtime::parse_options(options));
    request.targets = usable(runtime::parse_secret(secret, request.options));
    Sink sink(run);
    run.end = inventory.collect(request, sink, host::Stop(), run.report);
    return run;
}

std::string identity_of(const json& resource) {
    std::string identity;
    for (const char* path : {"/reference/resource_id", "/provider", "/cloud_service_type",
                             "/cloud_service_group", "/account", "/region_code"}) {
        identity += resource.value(json::json_pointer(path), "-") + " ";
    }
    return identity;
}

std::vector<std::string> different_paths(const json& a, const json& b) {
    std::vector<std::string> paths;
    compare(a, b, "", paths);
    return paths;
}

}  // namespace pf::test
