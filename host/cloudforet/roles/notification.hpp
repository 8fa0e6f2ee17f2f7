// The notification role: what CloudForet's notification service asks of a plugin that delivers
// notifications to people.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/roles/role.hpp"
#include "host/runtime/notice.hpp"

namespace pf::host::cloudforet {

// One notification to deliver; the texts are JSON objects.
struct Dispatch {
    runtime::NoticeLevel level = runtime::NoticeLevel::info;
    std::string options;
    std::string message;
    Secret secret_data;   // of the protocol
    Secret channel_data;  // of the channel, which a user filled in by the schema
};

// The work behind the role. Called from several threads at once.
class NotificationService {
  public:
    NotificationService() = default;
    NotificationService(const NotificationService&) = delete;
    NotificationService& operator=(const NotificationService&) = delete;
    virtual ~NotificationService() = default;

    // What CloudForet shall know of the protocol, JSON text of an object: data_type and
    // data.schema.
    virtual Result<std::string> metadata(std::string_view options) = 0;
    // Whether options and the protocol's secret can be used; sends nothing.
    virtual Status verify(std::string_view options, const Secret& secret_data,
                          const Stop& stop) = 0;
    // OK: delivered, or kept where a restart does not lose it.
    virtual Status dispatch(const Dispatch& dispatch, const Stop& stop) = 0;
};

struct NotificationLimits {
    std::chrono::milliseconds answer{std::chrono::seconds(58)};  // CloudForet waits a minute
    std::size_t message = 256 * 1024;                            // bytes of JSON; more is refused
};

// Makes the role. `service` is shared with the calls in progress.
std::unique_ptr<Role> notification_role(std::shared_ptr<NotificationService> service,
                                        NotificationLimits limits = {});

}  // namespace pf::host::cloudforet
