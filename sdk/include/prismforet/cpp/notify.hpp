// Notify and NotifyCall: what a module that words notifications derives from, and works with.
#pragma once

#include <cstdint>
#include <string_view>

#include "prismforet/abi/host.h"
#include "prismforet/abi/notify.h"
#include "prismforet/abi/outbound.h"
#include "prismforet/cpp/failure.hpp"
#include "prismforet/cpp/text.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf {

// How bad it is; the numbers are the ABI's PF_NOTICE_*.
enum class NoticeLevel : std::int32_t {
    info = PF_NOTICE_INFO,
    success = PF_NOTICE_SUCCESS,
    warning = PF_NOTICE_WARNING,
    error = PF_NOTICE_ERROR,
};

// What is to be worded; lives until the handler returns.
struct Notice {
    NoticeLevel level = NoticeLevel::info;
    std::string_view format;  // what reads it: "webhook", "slack", "teams", "email"
    Value message;            // an object; its members: pf_notify_request.message
    Value options;            // of the plugin; an object
};

// Everything a handler of pf.notify/1 can do while it runs, on its own thread.
class NotifyCall {
  public:
    // Made by the SDK for each handler; what it is given outlives it.
    NotifyCall(const pf_host* host, pf_call* call, const pf_outbound* outbound) noexcept
        : host_(host), call_(call), outbound_(outbound) {}
    NotifyCall(const NotifyCall&) = delete;
    NotifyCall& operator=(const NotifyCall&) = delete;

    // Hands over the JSON text of an HTTP POST. Throws Failure.
    void post(std::string_view json) { send({}, json, {}); }
    // Hands over a mail; `html` may be empty. Throws Failure.
    void mail(std::string_view subject, std::string_view text, std::string_view html) {
        send(subject, text, html);
    }

    // Writes a log line; `level` is one of PF_LOG_*.
    void log(std::int32_t level, std::string_view text) noexcept {
        host_->log(host_, call_, level, to_str(text));
    }

  private:
    void send(std::string_view subject, std::string_view body, std::string_view html) {
        const pf_outbound_message message{sizeof(pf_outbound_message), 0, to_str(subject),
                                          to_str(body), to_str(html)};
        const pf_status status = outbound_->send(call_, &message);
        if (status != PF_OK) throw Failure(status);
    }

    const pf_host* host_;
    pf_call* call_;
    const pf_outbound* outbound_;
};

// Concern pf.notify/1. The function is const because calls run concurrently on one object. Throw
// Failure when a call cannot go on; PF_INVALID_ARGUMENT for a format that is not known.
class Notify {
  public:
    virtual ~Notify() = default;

    // Words one notice and hands it to the call, once.
    virtual void format(NotifyCall& call, const Notice& notice) const = 0;
};

}  // namespace pf
