// A failure of a call to CloudForet, in words that say what to do.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::cloudforet {

// What was called, for the message.
struct FailedCall {
    std::string method;   // "identity.Provider.create"
    std::string address;  // where
    std::string needs;    // whose token it takes; may be empty
    unsigned tries = 1;
};

// `failure` as the reflection client gives it, under one of the reasons of ServiceClient::call.
// `token` is only looked at for what it says about itself.
Status service_failure(const Status& failure, const FailedCall& call, std::string_view token);

}  // namespace pf::host::cloudforet
