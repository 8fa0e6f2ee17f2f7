#include "host/app/notification_role.hpp"

#include <utility>

#include "host/base/thread_name.hpp"
#include "host/observe/log.hpp"

namespace pf::host::app {
namespace {

constexpr std::chrono::milliseconds other_writer{5'000};

// What of a failed delivery shall not come back to CloudForet's client as a reason to try again: it
// was tried already, for as long as there is time.
Status for_caller(Status status) {
    return status.code() == Code::unavailable
               ? Status(Code::failed_precondition, status.reason(), status.message())
               : status;
}

}  // namespace

NotificationWorker::NotificationWorker(Application& application, const Config& config)
    : config_(config.notify), sender_(application, config.notify) {
    if (config_.queue.empty()) {
        return;
    }
    auto outbox = state::Outbox::open(config_.queue, {}, other_writer);
    if (!outbox) {
        observe::log(observe::Level::error, "outbox.unusable",
                     {{"error", outbox.status().reason()}, {"why", outbox.status().message()}});
        return;
    }
    outbox_ = std::move(*outbox);
    start_courier();
}

void NotificationWorker::start_courier() {
    state::CourierRules rules;
    courier_ = std::make_unique<state::Courier>(
        *outbox_,
        [this](const state::Parcel& parcel, const Stop& stop) {
            return sender_.deliver(parcel, stop);
        },
        std::move(rules));
    thread_ = std::thread([this] {
        name_thread("pf-courier");
        courier_->run(stop_.stop());
    });
}

NotificationWorker::~NotificationWorker() {
    stop_.request(Status(Code::aborted, "ERROR_DRAINING", "the process ends"));
    if (thread_.joinable()) {
        courier_->wake();
        thread_.join();
    }
}

Result<std::string> NotificationWorker::metadata(std::string_view options) {
    return protocol_metadata(config_, options);
}

Status NotificationWorker::verify(std::string_view options, const Secret& secret_data,
                                  const Stop& stop) {
    if (Status checked = check_protocol(config_, {options, secret_data, {}}); !checked.ok()) {
        return checked;
    }
    // A format that options do not name is the channel's, and is tried with it.
    const std::string format = protocol_format(config_, options);
    return sender_.try_format(format.empty() ? "webhook" : format, std::string(options), stop);
}

Status NotificationWorker::dispatch(const cloudforet::Dispatch& dispatch, const Stop& stop) {
    const auto route =
        find_route(config_, {dispatch.options, dispatch.secret_data, dispatch.channel_data});
    if (!route) {
        return route.status();
    }
    runtime::Notice notice{dispatch.level, {}, dispatch.message, dispatch.options};
    if (!route->is_configured || !outbox_) {
        return for_caller(sender_.send(*route, std::move(notice), {}, stop));
    }
    Status put = sender_.put(*route, std::move(notice), *outbox_, stop);
    courier_->wake();
    return put;
}

}  // namespace pf::host::app
