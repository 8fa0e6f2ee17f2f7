// Where a notification goes: what the operator's configuration, the protocol's options and secret,
// and the channel that a user filled in say together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/services/outbound/delivery.hpp"

namespace pf::host::app {

// A channel with the name of what reads it: "webhook", "slack", "teams", "email", or another that
// the module knows. Everything but email takes JSON by HTTP POST.
struct FormattedChannel {
    std::string format;
    services::Channel channel;
};

// How this process notifies.
struct NotifyConfig {
    std::string queue;  // path of the outbox; empty: a dispatch answers after delivery
    services::AddressRules rules;
    std::vector<FormattedChannel> channels;  // by names, each once
};

struct Route {
    FormattedChannel to;
    services::AddressRules rules;
    bool is_configured = false;  // the channel is one of the configuration, and may be queued
};

// What a dispatch says of its channel; JSON texts of objects.
struct ChannelWords {
    std::string_view options;  // of the protocol, by who administers the domain
    Secret secret_data;        // of the protocol
    Secret channel_data;       // of a user: says neither which mail server nor what is allowed
};

// INVALID_ARGUMENT (ERROR_REQUIRED_PARAMETER, ERROR_INVALID_PARAMETER) in words for who filled it
// in. Credentials of the protocol never go to an address of a channel.
Result<Route> find_route(const NotifyConfig& config, const ChannelWords& words);

// What is wrong with options and secret before there is a channel.
Status check_protocol(const NotifyConfig& config, const ChannelWords& words);

// What reads the notifications of every channel, by options that are good; empty: each channel
// says it.
std::string protocol_format(const NotifyConfig& config, std::string_view options);

// The metadata of Protocol.init, JSON text: how channels keep their data, and the schema that
// becomes the form in which a user fills one in.
Result<std::string> protocol_metadata(const NotifyConfig& config, std::string_view options);

}  // namespace pf::host::app
