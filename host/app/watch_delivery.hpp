// WatchDelivery: hands what `watch` has found to CloudForet's services.
//
// A letter's content is the request of one method without what is secret; the channel names the
// method. For one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/client/service_client.hpp"
#include "host/state/courier.hpp"
#include "host/state/outbox.hpp"

namespace pf::host::app {

// Channels of letters.
inline constexpr const char* notification_channel = "notification";    // notification.v1
inline constexpr const char* webhook_channel = "webhook";              // monitoring.v1
inline constexpr const char* alert_webhook_channel = "alert-webhook";  // alert_manager.v1
inline constexpr const char* alert_channel = "alert";                  // alert_manager.v1

// Whose token a request takes, as far as there are two.
enum class TokenOf : std::uint8_t { domain, workspace };

// How CloudForet is reached.
using GetAccess = std::function<Result<cloudforet::ServiceAccess>(TokenOf whose)>;

// Where alerts go.
struct AlertAddress {
    std::string webhook_id;
    Secret access_key;
};

class WatchDelivery {
  public:
    // `access` is asked at first, and again when CloudForet does not accept its token, as the file
    // that holds the token may have a newer one, or is out of reach, as it may have moved.
    WatchDelivery(GetAccess access, AlertAddress alerts);

    // OK: CloudForet has taken it. INVALID_ARGUMENT (ERROR_CLOUDFORET_REFUSED,
    // ERROR_OUTBOX_LETTER): another attempt would not help.
    Status deliver(const state::Parcel& parcel, const Stop& stop);

    // What another attempt would not help. A token, a permission or something that is not there is
    // for an operator to mend, and waits for it.
    static bool is_final(const Status& failure);

    // For seven days: a long weekend without a token loses nothing.
    static state::CourierRules courier_rules();

  private:
    Result<cloudforet::ServiceClient*> client(TokenOf whose);

    const GetAccess access_;
    const AlertAddress alerts_;
    // What is not there yet asks for its access first.
    std::map<TokenOf, std::unique_ptr<cloudforet::ServiceClient>> clients_;
};

}  // namespace pf::host::app
