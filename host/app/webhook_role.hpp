// WebhookWorker: the work behind both webhook roles, over this process's modules.
//
// A webhook has no secret. Where a body has only a reference to an alert, the configured targets
// are asked, if there are any.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "host/app/application.hpp"
#include "host/app/config.hpp"
#include "host/cloudforet/roles/webhook.hpp"
#include "host/runtime/events_source.hpp"

namespace pf::host::app {

class WebhookWorker final : public cloudforet::EventService {
  public:
    // `application` outlives this object.
    WebhookWorker(Application& application, const Config& config);

    Status verify(std::string_view options, const Stop& stop) override;
    Result<std::vector<cloudforet::PluginEvent>> parse(std::string_view options,
                                                       std::string_view body,
                                                       const Stop& stop) override;

  private:
    Application& application_;
    runtime::EventsSource events_;
    std::optional<runtime::Request> lookup_;
};

}  // namespace pf::host::app
