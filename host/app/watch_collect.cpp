#include "host/app/watch_collect.hpp"

#include <utility>

namespace pf::host::app {

Result<std::unique_ptr<WatchCollect>> WatchCollect::open(Application& application,
                                                         const Config& config,
                                                         state::Snapshot& snapshot, bool feeds) {
    Modules modules;
    std::vector<const services::Descriptor*> descriptors;
    for (const runtime::Modules::Entry& entry : application.modules().entries()) {
        if (entry.descriptor) {
            modules.push_back(entry.descriptor);
            descriptors.push_back(entry.descriptor.get());
        }
    }
    std::unique_ptr<WatchCollect> made(new WatchCollect(std::move(modules), descriptors, snapshot));
    if (feeds) {
        state::LedgerSettings settings;
        settings.path = config.cost.ledger;
        settings.keep = std::chrono::days(31) * config.cost.ledger_months;
        auto feeder = state::LedgerFeeder::open(settings, descriptors);
        if (!feeder) {
            return feeder.status();
        }
        made->feeder_ = std::move(*feeder);
    }
    return made;
}

bool WatchCollect::write(runtime::RowBatch& batch) {
    for (std::size_t i = 0; i < batch.size() && failure_.ok(); ++i) {
        const std::string_view line = batch.row(i);
        if (feeder_) {
            feeder_->take(line);
        }
        const auto row = digest_.read(line);
        if (!row) {
            first_unreadable_ = unreadable_++ == 0 ? row.status() : first_unreadable_;
        } else if (*row) {
            failure_ = snapshot_.stage(**row);
        }
    }
    return failure_.ok();
}

Status WatchCollect::feed(std::int64_t at, const std::vector<state::SeenList>& lists) {
    if (!feeder_) {
        return Status();
    }
    const auto fed = feeder_->finish(at, lists);
    return fed ? Status() : fed.status();
}

}  // namespace pf::host::app
