// LogWorker: the work behind the monitoring-log role, over this process's modules and targets.
//
// Keeps nothing between calls, so every replica answers alike.
#pragma once

#include <vector>

#include "host/app/application.hpp"
#include "host/cloudforet/roles/monitoring_log.hpp"
#include "host/runtime/events_source.hpp"

namespace pf::host::app {

class LogWorker final : public cloudforet::LogService {
  public:
    // `application` outlives this object.
    explicit LogWorker(Application& application)
        : application_(application), events_(application.modules(), application.targets()) {}

    Status verify(const runtime::Request& request, const Stop& stop) override;
    std::vector<cloudforet::LogField> fields() const override;
    Status list(const runtime::Request& request, const cloudforet::LogWish& wish,
                const cloudforet::LogSink& sink, const Stop& stop) override;

  private:
    Application& application_;
    runtime::EventsSource events_;
};

}  // namespace pf::host::app
