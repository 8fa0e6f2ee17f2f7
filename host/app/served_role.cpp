#include "host/app/served_role.hpp"

#include <chrono>

#include "host/app/cost_role.hpp"
#include "host/app/monitoring_log_role.hpp"
#include "host/app/monitoring_role.hpp"
#include "host/app/notification_role.hpp"
#include "host/app/outbox_section.hpp"
#include "host/app/remember_secrets.hpp"
#include "host/app/webhook_role.hpp"
#include "host/cloudforet/roles/cost.hpp"
#include "host/cloudforet/roles/inventory.hpp"
#include "host/cloudforet/roles/runtime_inventory.hpp"

namespace pf::host::app {
namespace {

std::int64_t utc_seconds() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
}

}  // namespace

ServedRole make_role(std::string_view role, Application& application, const Config& config) {
    if (role == "inventory") {
        return {cloudforet::inventory_role(remembering(
                    std::make_shared<cloudforet::RuntimeInventory>(application.inventory()))),
                {}};
    }
    if (role == "cost") {
        return {cloudforet::cost_role(
                    remembering(std::make_shared<CostWorker>(application, config, utc_seconds))),
                {}};
    }
    if (role == "monitoring") {
        return {cloudforet::monitoring_role(std::make_shared<MetricWorker>(application)), {}};
    }
    if (role == "monitoring-log") {
        return {cloudforet::monitoring_log_role(std::make_shared<LogWorker>(application)), {}};
    }
    if (role == "webhook") {
        return {cloudforet::webhook_role(std::make_shared<WebhookWorker>(application, config)), {}};
    }
    if (role == "alert-webhook") {
        return {
            cloudforet::alert_webhook_role(std::make_shared<WebhookWorker>(application, config)),
            {}};
    }
    if (role == "notification") {
        const auto worker = std::make_shared<NotificationWorker>(application, config);
        return {cloudforet::notification_role(worker), {outbox_section(worker->outbox())}};
    }
    return {};
}

}  // namespace pf::host::app
