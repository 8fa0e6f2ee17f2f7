#include "tests/faults/scene.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "host/observe/log.hpp"
#include "host/runtime/inventory.hpp"
#include "tests/integration/built_modules.hpp"
#include "tests/row_check/row_check.hpp"

namespace pf::test {
namespace {

using host::runtime::Inventory;
using std::chrono::milliseconds;

// No run of these sizes takes so long; one that does hangs.
constexpr std::chrono::seconds patience{240};

BuiltModules& modules() {
    static BuiltModules built({}, {"vm"});
    return built;
}

// Generous where time must not decide, so that a busy machine changes nothing.
host::prism::Limits patient_limits() {
    host::prism::Limits limits;
    limits.sessions = limits.in_flight = 4;
    limits.per_second = 0;
    limits.connect = limits.first_byte = limits.idle = milliseconds(20'000);
    limits.total = milliseconds(30'000);
    limits.backoff_base = milliseconds(1);
    limits.backoff_cap = milliseconds(4);
    return limits;
}

// What the host logs, all levels: read for secrets, shown when something failed.
class CapturedLog {
  public:
    static CapturedLog& of_process() {
        static CapturedLog log;
        return log;
    }
    void clear() {
        const std::lock_guard lock(mutex_);
        text_.clear();
    }
    std::string text() {
        const std::lock_guard lock(mutex_);
        return text_;
    }

  private:
    CapturedLog() {
        host::observe::set_log({host::observe::Level::debug, host::observe::Format::logfmt,
                                [this](std::string_view line) {
                                    const std::lock_guard lock(mutex_);
                                    text_.append(line).append("\n");
                                }});
    }
    std::mutex mutex_;
    std::string text_;
};

class Collected final : public host::runtime::RowSink {
  public:
    explicit Collected(std::vector<std::string>& rows) : rows_(rows) {}
    host::encoding::RowFormat format() const override {
        return host::encoding::RowFormat::wire_json_data;
    }
    bool write(host::runtime::RowBatch& batch) override {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            rows_.emplace_back(batch.row(i));
        }
        return true;
    }
    bool is_gone() override { return false; }

  private:
    std::vector<std::string>& rows_;
};

std::string json_string(const std::string& text) { return nlohmann::json(text).dump(); }

std::string object_of(const std::map<std::string, std::string>& members) {
    std::string text = "{";
    for (const auto& [key, value] : members) {
        text += (text.size() == 1 ? "" : ",") + json_string(key) + ":" + value;
    }
    return text + "}";
}

bool is_vm_row(const nlohmann::json& row) {
    return row.value("resource_type", "") == "inventory.CloudService" &&
           row["resource"].value("cloud_service_type", "") == "VirtualMachine";
}

void read_rows(Outcome& outcome, const std::string& password) {
    RowCheckOptions options;
    options.forbidden_texts = {password};
    RowCheck check(options);
    for (const std::string& row : outcome.rows) {
        check.add(row);
    }
    std::vector<Violation> violations = check.finish();
    if (!outcome.report.is_complete()) {
        // Whoever is not let in any more cannot ask for the names of clusters; the run says so.
        std::erase_if(violations,
                      [](const Violation& each) { return each.rule == "run.region_missing"; });
    }
    outcome.violations = describe(violations);
    outcome.failures = check.failure_messages();
    const auto ids = check.service_ids("AHV", "VirtualMachine");
    outcome.ids = {ids.begin(), ids.end()};
    const auto& types = check.rows_by_type();
    const auto vms = types.find("inventory.CloudService");
    outcome.vm_rows = vms == types.end() ? 0 : vms->second;
}

std::string sentences(const std::vector<host::runtime::Reason>& reasons) {
    std::string text;
    for (const host::runtime::Reason& reason : reasons) {
        text += reason.code + " x" + std::to_string(reason.count) + ", " + reason.target + ": " +
                reason.text + "\n";
    }
    return text;
}

}  // namespace

std::string Outcome::verdict() const {
    if (is_complete()) {
        return "complete";
    }
    const std::string code =
        report.missing.empty() ? report.end.reason() : report.missing.front().code;
    return (vm_rows == 0 ? "failed " : "partial ") + code;
}

std::string Outcome::reasons() const {
    return sentences(report.missing) + (report.end.ok() ? "" : report.end.text());
}

std::string Outcome::notes() const { return sentences(report.notes); }

std::string Outcome::row_with(const std::string& bytes) const {
    for (const std::string& row_bytes : rows) {
        if (row_bytes.find(bytes) == std::string::npos) {
            continue;
        }
        nlohmann::json row = nlohmann::json::parse(row_as_json(row_bytes));
        if (is_vm_row(row)) {
            nlohmann::json resource = row["resource"];
            resource["data"] = nlohmann::json::parse(resource.value("json_data", "{}"));
            return resource.dump();
        }
    }
    return "null";
}

Scene::Scene(const Situation& situation)
    : at(situation), limits(patient_limits()), targets_(std::make_unique<host::prism::Targets>()) {
    prism.seed = at.seed;
    prism.vms = Situation::vms;
    // A credential of its own: a refused one is remembered by the process.
    prism.password = "canary-" + at.generation_name() + "-" + at.place_name() + "-" +
                     std::to_string(at.seed) + "-" +
                     std::to_string(reinterpret_cast<std::uintptr_t>(this));
    if (at.generation == Generation::v3) {
        prism.pc_version = "2022.6";
    }
    options["page_size"] = std::to_string(Situation::page_size);
    options["requests_per_second"] = "0";
    options["kinds"] = R"(["vm"])";
    secret["host"] = json_string("127.0.0.1");
    secret["username"] = json_string(prism.user);
    secret["password"] = json_string(prism.password);
}

Scene::~Scene() = default;

void Scene::fault(const std::string& name, const std::string& keys) {
    fault_anywhere(name + "@" + std::to_string(at.page()) + ":path=" + at.list_path() +
                   (keys.empty() ? "" : ":" + keys));
}

void Scene::start() {
    server_ = std::make_unique<sim::Simulator>(prism);
    ids_before_ = server_->vm_ids();
    secret.emplace("port", std::to_string(server_->port()));
    secret.emplace("ca_cert", json_string(server_->ca_pem()));
}

std::uint64_t Scene::list_requests() const {
    std::uint64_t requests = 0;
    for (const auto& [path, count] : stats().by_path) {
        requests += path.find(at.list_path()) != std::string::npos ? count : 0;
    }
    return requests;
}

std::set<std::string> Scene::steady_ids() const {
    const auto now = server_->vm_ids();
    const std::set<std::string> present(now.begin(), now.end());
    std::set<std::string> steady;
    for (const std::string& id : ids_before_) {
        if (present.contains(id)) {
            steady.insert(id);
        }
    }
    return steady;
}

host::runtime::Request Scene::request() const {
    host::runtime::Request request;
    auto parsed = host::runtime::parse_options(object_of(options));
    REQUIRE(parsed.ok());
    request.options = std::move(*parsed);
    auto targets = host::runtime::parse_secret(object_of(secret), request.options);
    REQUIRE(targets.ok());
    request.targets = std::move(*targets);
    for (host::runtime::TargetRequest& target : request.targets) {
        target.spec.limits = limits;
    }
    return request;
}

// No assertion in here: it may be one of many threads.
void Scene::run(const host::runtime::Request& request, Outcome& outcome) {
    Inventory inventory(modules().modules(), *targets_);
    Collected sink(outcome.rows);
    host::StopSource stop(host::Clock::now() + patience);
    (void)inventory.collect(request, sink, stop.stop(), outcome.report);
}

Outcome Scene::collect() { return std::move(collect_at_once(1).front()); }

std::vector<Outcome> Scene::collect_at_once(std::size_t count) {
    CapturedLog::of_process().clear();
    const host::runtime::Request wish = request();
    std::vector<Outcome> outcomes(count);
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < count; ++i) {
            others.emplace_back([this, &wish, &outcome = outcomes[i]] { run(wish, outcome); });
        }
        run(wish, outcomes.front());
    }
    for (Outcome& outcome : outcomes) {
        read_rows(outcome, prism.password);
        check_always(outcome);
    }
    return outcomes;
}

host::Status Scene::verify() {
    Inventory inventory(modules().modules(), *targets_);
    host::StopSource stop(host::Clock::now() + patience);
    return inventory.verify(request(), stop.stop());
}

// What holds whatever happens.
void Scene::check_always(const Outcome& outcome) const {
    INFO("violations: " << outcome.violations);
    CHECK(outcome.violations.empty());
    INFO("the run was cut: " << outcome.report.end.text());
    CHECK(outcome.report.end.ok());
    CHECK(outcome.vm_rows == outcome.ids.size());
    CHECK(outcome.report.to_json().find(prism.password) == std::string::npos);
    CHECK(CapturedLog::of_process().text().find(prism.password) == std::string::npos);
    for (const host::runtime::ListReport& list : outcome.report.lists) {
        CHECK(list.received == list.unique + list.repeated);
        CHECK(list.unique == list.emitted + list.filtered + list.skipped + list.lost);
        CHECK(list.lost == 0);
    }
    // Never silently partial: what is not told as missing must be there.
    if (outcome.is_complete()) {
        std::set<std::string> absent = steady_ids();
        std::erase_if(absent, [&](const std::string& id) { return outcome.ids.contains(id); });
        INFO(
            "the run says complete, and these are not there: " << Catch::Detail::stringify(absent));
        CHECK(absent.empty());
    } else {
        CHECK(outcome.failures.size() >= outcome.report.missing.size());
        CHECK_FALSE(outcome.failures.empty());
    }
}

}  // namespace pf::test
