// CallTrace: for whose call the calling thread works: the id that stands in each of the call's log
// lines, and the trace of the caller (W3C Trace Context) that goes on to whatever is asked for it.
//
//     const CallTrace::Scope scope(trace);                     // where a call begins
//     std::thread([trace = CallTrace::here()] {                // where it starts a thread
//         const CallTrace::Scope scope(trace);
//         ...
//     });
//
// It is looked at once per request and per log line, never per row.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace pf::host {

// What a `traceparent` header says.
struct TraceParent {
    std::string trace_id;  // 32 lower-case hex digits
    bool is_sampled = false;
};

// Reads the header by the rules of W3C Trace Context; nothing when it is to be ignored: not the
// form of its version, version ff, an id of zeros. Of versions to come it reads what 00 has.
std::optional<TraceParent> parse_traceparent(std::string_view text);

// `bytes` random bytes, not all zero, as lower-case hex digits. No secret: ids only.
std::string random_hex(std::size_t bytes);

struct CallTrace {
    std::string request_id;
    std::optional<TraceParent> parent{};  // none: the caller traces nothing
    std::string state{};                  // the caller's `tracestate`, passed on as it came

    // The `traceparent` of one more request made for this call, with a span id of its own; empty
    // when the caller traces nothing.
    std::string child() const;

    // Of the calling thread; null when it works for no call.
    static std::shared_ptr<const CallTrace> here();

    class Scope;
};

// As long as it lives, the thread that made it works for `trace`; null: for no call.
class CallTrace::Scope {
  public:
    explicit Scope(std::shared_ptr<const CallTrace> trace) noexcept
        : trace_(std::move(trace)), before_(innermost) {
        innermost = this;
    }
    ~Scope() { innermost = before_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

  private:
    friend struct CallTrace;
    static inline thread_local constinit const Scope* innermost = nullptr;

    std::shared_ptr<const CallTrace> trace_;
    const Scope* before_;
};

}  // namespace pf::host
