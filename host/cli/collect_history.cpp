#include "host/cli/collect_history.hpp"

#include <utility>

#include "host/app/seen_lists.hpp"

namespace pf::host::cli {
namespace {

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
    collection.on_report = [this](const runtime::RunReport& report) { feed(report); };
}

void CollectHistory::feed(const runtime::RunReport& report) {
    auto fed = feeder_->finish(at_, app::seen_lists(run_.request.options, report));
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
