// NotificationWorker: the work behind the notification role, over this process's modules.
#pragma once

#include <memory>
#include <thread>

#include "host/app/config.hpp"
#include "host/app/notification_sender.hpp"
#include "host/cloudforet/roles/notification.hpp"
#include "host/state/courier.hpp"
#include "host/state/outbox.hpp"

namespace pf::host::app {

// A dispatch to a channel of the configuration is acknowledged as soon as it is in the outbox, when
// there is one; every other after delivery, since the outbox must not hold a channel's secret.
class NotificationWorker final : public cloudforet::NotificationService {
  public:
    // Opens the outbox that the configuration names and begins to deliver what waits there. When it
    // cannot be opened this is logged, and every dispatch answers after delivery. Both outlive this
    // object.
    NotificationWorker(Application& application, const Config& config);
    ~NotificationWorker() override;

    Result<std::string> metadata(std::string_view options) override;
    Status verify(std::string_view options, const Secret& secret_data, const Stop& stop) override;
    Status dispatch(const cloudforet::Dispatch& dispatch, const Stop& stop) override;

    // Null: none is used.
    std::shared_ptr<state::Outbox> outbox() const { return outbox_; }

  private:
    void start_courier();

    const NotifyConfig& config_;
    NotificationSender sender_;
    std::shared_ptr<state::Outbox> outbox_;
    std::unique_ptr<state::Courier> courier_;
    StopSource stop_;
    std::thread thread_;
};

}  // namespace pf::host::app
