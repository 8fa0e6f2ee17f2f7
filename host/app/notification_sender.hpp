// NotificationSender: words a notification and delivers it, at once or by the outbox.
//
// What the role and `prismforet notify test` have in common. Safe from any thread.
#pragma once

#include <memory>
#include <string>

#include "host/app/application.hpp"
#include "host/app/notification_channel.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/notice.hpp"
#include "host/state/outbox.hpp"

namespace pf::host::app {

class NotificationSender {
  public:
    // Both outlive this object.
    NotificationSender(Application& application, const NotifyConfig& config)
        : application_(application), config_(config) {}

    // Words it and answers after delivery, which takes at most as long as `patience` says.
    Status send(const Route& route, runtime::Notice notice, const services::Patience& patience,
                const Stop& stop);
    // Words it and puts it into the outbox. RESOURCE_EXHAUSTED (ERROR_OUTBOX_FULL) when there is no
    // room. The route is one of the configuration.
    Status put(const Route& route, runtime::Notice notice, state::Outbox& outbox, const Stop& stop);
    // One attempt for what put() put in. INVALID_ARGUMENT: another would not help.
    Status deliver(const state::Parcel& parcel, const Stop& stop);
    // Whether the module knows the format; sends nothing.
    Status try_format(const std::string& format, const std::string& options, const Stop& stop);

  private:
    Application& application_;
    const NotifyConfig& config_;
};

}  // namespace pf::host::app
