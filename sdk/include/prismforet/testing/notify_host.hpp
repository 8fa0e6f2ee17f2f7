// NotifyHost: runs a module of pf.notify/1 in a unit test, with a message from the test.
//
//   pf::testing::NotifyHost host(pf_module_entry_v0());
//   const pf::testing::NotifyRun run = host.format("slack", PF_NOTICE_ERROR, R"({"title":"..."})");
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "prismforet/abi.h"
#include "prismforet/abi/notify.h"
#include "prismforet/abi/outbound.h"
#include "prismforet/cpp/text.hpp"
#include "prismforet/testing/bare_tables.hpp"
#include "prismforet/testing/document.hpp"

namespace pf::testing {

// A copy of a pf_outbound_message.
struct OutboundRecord {
    std::string subject, body, html;

    bool operator==(const OutboundRecord&) const = default;
};

struct NotifyRun {
    pf_status status = PF_OK;
    std::string why;                   // what the module gave pf_outcomes.fail
    std::vector<OutboundRecord> sent;  // exactly one when all is well
};

class NotifyHost {
  public:
    // Takes a module's table; creates its instance. Throws std::runtime_error when create fails or
    // registers no pf.notify/1.
    explicit NotifyHost(const pf_module* module) : module_(module) {
        const Document config("{}");
        const pf_status status = module_->create(&host_, config.root(), &add,
                                                 reinterpret_cast<pf_registrar*>(this), &self_);
        if (status != PF_OK || notify_ == nullptr) {
            throw std::runtime_error("create answered " + std::to_string(status));
        }
    }
    ~NotifyHost() { module_->destroy(self_); }
    NotifyHost(const NotifyHost&) = delete;
    NotifyHost& operator=(const NotifyHost&) = delete;

    // Runs the handler over a JSON text; `level` is one of PF_NOTICE_*. What is sent after the
    // first message, or is larger than the host takes, is refused as the host does.
    NotifyRun format(std::string_view format, std::int32_t level, std::string_view message) {
        return this->format(format, level, Json::parse(message));
    }
    // The same over a value that the test made.
    NotifyRun format(std::string_view format, std::int32_t level, const Json& message) {
        const Document options("{}");
        const Document content(message);
        const pf_notify_request request{sizeof(pf_notify_request), level, to_str(format),
                                        content.root(), options.root()};
        NotifyRun run;
        run.status = notify_->format(notify_self_, reinterpret_cast<pf_call*>(&run), &request);
        return run;
    }

  private:
    static constexpr std::uint64_t most_bytes = 1 << 20;

    // What a pf_call points to.
    static NotifyRun& of(pf_call* call) noexcept { return *reinterpret_cast<NotifyRun*>(call); }

    static pf_status add(pf_registrar* registrar, pf_str concern, const void* table,
                         void* self) noexcept {
        auto& host = *reinterpret_cast<NotifyHost*>(registrar);
        if (to_view(concern) == PF_NOTIFY_ID) {
            host.notify_ = static_cast<const pf_notify*>(table);
            host.notify_self_ = self;
        }
        return PF_OK;
    }

    static inline const pf_outbound outbound_{
        sizeof(pf_outbound),
        [](pf_call* call, const pf_outbound_message* message) noexcept -> pf_status {
            NotifyRun& run = of(call);
            if (!run.sent.empty()) return PF_FAILED_PRECONDITION;
            if (message->subject.len + message->body.len + message->html.len > most_bytes)
                return PF_RESOURCE_EXHAUSTED;
            run.sent.push_back({std::string(to_view(message->subject)),
                                std::string(to_view(message->body)),
                                std::string(to_view(message->html))});
            return PF_OK;
        }};
    static inline const pf_outcomes outcomes_{
        sizeof(pf_outcomes), [](pf_call*, pf_str, pf_str, pf_str) noexcept {},
        [](pf_call*, pf_val, pf_str, pf_str) noexcept {}, [](pf_call*, pf_val) noexcept {},
        [](pf_call* call, pf_status status, pf_str why) noexcept -> pf_status {
            if (of(call).why.empty()) of(call).why = to_view(why);
            return status == PF_OK ? PF_UNKNOWN : status;
        }};
    static inline const pf_host host_{
        sizeof(pf_host),
        PF_ABI_MAJOR,
        PF_ABI_MINOR,
        document_reader(),
        &bare_writer,
        &bare_lists,
        &bare_lookups,
        &outcomes_,
        [](const pf_host*, pf_call*, std::int32_t, pf_str) noexcept {},
        [](pf_call*) noexcept -> std::int32_t { return 0; },
        [](pf_call*, std::int64_t) noexcept -> pf_status { return PF_OK; },
        [](const pf_host*, pf_str id) noexcept -> const void* {
            return to_view(id) == PF_OUTBOUND_ID ? &outbound_ : nullptr;
        }};

    const pf_module* module_;
    void* self_ = nullptr;
    const pf_notify* notify_ = nullptr;
    void* notify_self_ = nullptr;
};

}  // namespace pf::testing
