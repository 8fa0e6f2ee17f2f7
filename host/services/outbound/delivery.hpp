// Delivery: one message to one channel, over HTTP or as a mail, with its retries.
//
//     const Status sent = deliver(channel, message, rules, patience, stop);
//
// Blocks for at most Patience::total. OK: the receiver has said that it has it. Nothing of a
// channel's address behind the host, nor of its credentials, is in any Status or log line.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::services {

// How a mail server is talked to.
enum class MailSecurity : std::uint8_t {
    starttls,  // a plain connection that must turn to TLS before anything is said
    tls,       // TLS from the first byte
    none,      // neither; only without a password or to this machine
};

// Where messages go. One of `url` and `mail_server` is given.
struct Channel {
    std::string name;  // for messages: a name of the configuration, or the format
    Secret url;        // http or https; its path is often a secret itself
    std::map<std::string, Secret> headers;  // of the POST

    std::string mail_server;      // host
    std::uint16_t mail_port = 0;  // 0 = 587, 465 with tls, 25 with none
    MailSecurity mail_security = MailSecurity::starttls;
    std::string mail_user;
    Secret mail_password;
    std::string mail_from;
    std::string mail_to;  // addresses, separated by commas

    std::string ca_file;  // PEM, instead of the system's
};

// What is sent; see pf_outbound_message.
struct OutboundMessage {
    std::string key;  // of the parcel: header Idempotency-Key, or the Message-ID of a mail
    std::string subject;
    std::string body;
    std::string html;
};

// Addresses that may be sent to. Always refused: link-local and metadata addresses, the unspecified
// one and multicast, unless `allowed` has the host or address by its exact name.
struct AddressRules {
    bool allows_private = true;  // RFC 1918, loopback, unique local: chats and mail servers at home
    std::vector<std::string> allowed;
};

struct Patience {
    std::chrono::milliseconds total{50'000};    // for all attempts
    std::chrono::milliseconds attempt{15'000};  // for one: connection, request and answer
    std::uint32_t tries = 4;
    std::chrono::milliseconds first_pause{500};  // doubled each time, with jitter
};

// Retries what may pass: no connection, a time-out, 408, 425, 429 and 5xx (Retry-After is obeyed
// within `total`), 4xx replies of a mail server. UNAVAILABLE (ERROR_OUTBOUND_UNREACHABLE,
// ERROR_OUTBOUND_BUSY): it did not pass, another time it may. INVALID_ARGUMENT
// (ERROR_OUTBOUND_REFUSED, ERROR_OUTBOUND_ADDRESS, ERROR_OUTBOUND_CHANNEL): another attempt would
// not help. Redirects are not followed. Safe from any thread.
Status deliver(const Channel& channel, const OutboundMessage& message, const AddressRules& rules,
               const Patience& patience, const Stop& stop);

}  // namespace pf::host::services
