#include "host/cli/collect_history.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace pf::host::cli {
namespace {

using runtime::ListReport;
using runtime::Reason;
using runtime::RunReport;

// A collection of only some resources shows nothing of the others.
bool is_narrowed(const runtime::Options& options) {
    const auto json = nlohmann::json::parse(options.json, nullptr, false);
    const auto chooses = [&](const char* option) {
        const auto found = json.is_object() ? json.find(option) : json.end();
        return found != json.end() && !found->empty();
    };
    return !options.clusters.empty() || chooses("categories") || chooses("power_state");
}

// True when the list shows all of its kind, and nothing else of the kind is missing.
bool is_whole(const ListReport& list, const RunReport& report) {
    return list.is_complete && report.end.ok() &&
           std::none_of(report.missing.begin(), report.missing.end(), [&](const Reason& reason) {
               return (reason.target.empty() || reason.target == list.target) &&
                      (reason.kind.empty() || reason.kind == list.kind);
           });
}

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

CollectHistory::CollectHistory(RunSetup& run,
                               std::vector<std::shared_ptr<const services::Descriptor>> modules,
                               std::unique_ptr<state::LedgerFeeder> feeder)
    : run_(run), modules_(std::move(modules)), feeder_(std::move(feeder)), at_(now()) {}

Result<std::unique_ptr<CollectHistory>> CollectHistory::open(RunSetup& run) {
    const app::CostConfig& cost = run.loaded.config.cost;
    if (cost.ledger.empty()) {
        return std::unique_ptr<CollectHistory>();
    }
    state::LedgerSettings settings;
    settings.path = cost.ledger;
    settings.keep = std::chrono::days(31) * cost.ledger_months;
    std::vector<std::shared_ptr<const services::Descriptor>> modules;
    std::vector<const services::Descriptor*> descriptors;
    for (const runtime::Modules::Entry& entry : run.application.modules().entries()) {
        if (entry.descriptor) {
            modules.push_back(entry.descriptor);
            descriptors.push_back(entry.descriptor.get());
        }
    }
    auto feeder = state::LedgerFeeder::open(settings, descriptors);
    if (!feeder) {
        return feeder.status();
    }
    return std::unique_ptr<CollectHistory>(
        new CollectHistory(run, std::move(modules), std::move(*feeder)));
}

void CollectHistory::observe(Collection& collection) {
    collection.on_row = [this](std::string_view row) { feeder_->take(row); };
    collection.on_report = [this](const RunReport& report) { feed(report); };
}

void CollectHistory::feed(const RunReport& report) {
    const bool narrowed = is_narrowed(run_.request.options);
    std::vector<state::SeenList> lists;
    for (const ListReport& list : report.lists) {
        lists.push_back({list.account, list.kind, !narrowed && is_whole(list, report)});
    }
    auto fed = feeder_->finish(at_, lists);
    if (fed) {
        fed_ = std::move(*fed);
    } else {
        failure_ = fed.status();
    }
}

int CollectHistory::end(Session& session, int code) {
    if (feeder_->unreadable() > 0) {
        session.warn(std::to_string(feeder_->unreadable()) +
                     " rows are not in the shape ledger; the first: " +
                     feeder_->first_unreadable().message());
    }
    if (fed_.uncharged > 0) {
        session.warn(
            std::to_string(fed_.uncharged) +
            " resources are not in the shape ledger; the first: " + fed_.first_uncharged.message());
    }
    if (failure_.ok()) {
        return code;
    }
    const int failed = session.fail(failure_);
    return code == 0 ? failed : code;
}

}  // namespace pf::host::cli
