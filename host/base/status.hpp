// Status and Result: how every function of the host says that something went wrong.
//
// A Status carries gRPC's code, a stable text code people can search for (`ERROR_TLS`), and a
// message in the form "what failed, on what; what to do". Messages never hold a secret. What they
// quote may come from anywhere, so every message is made fit for a terminal, a log and protobuf.
// Exceptions of libraries are turned into a Status in the function that called the library.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace pf::host {

// The numbers are gRPC's and equal PF_STATUS_* of the module ABI.
enum class Code : std::int32_t {
    ok = 0,
    cancelled = 1,
    unknown = 2,
    invalid_argument = 3,
    deadline_exceeded = 4,
    not_found = 5,
    already_exists = 6,
    permission_denied = 7,
    resource_exhausted = 8,
    failed_precondition = 9,
    aborted = 10,
    out_of_range = 11,
    unimplemented = 12,
    internal = 13,
    unavailable = 14,
    data_loss = 15,
    unauthenticated = 16,
};

// gRPC's upper-case name of a code, e.g. "FAILED_PRECONDITION".
std::string_view code_name(Code code) noexcept;

class [[nodiscard]] Status {
  public:
    Status() = default;  // OK
    // No message is longer, in bytes.
    static constexpr std::size_t longest_message = 4096;

    // `reason` is the stable text code, upper case with the prefix ERROR_. In `message` line breaks
    // become blanks, other control characters and marks of direction '?', bytes that are no UTF-8
    // U+FFFD; what is too long is cut and ends in "...".
    Status(Code code, std::string reason, std::string message);

    bool ok() const noexcept { return code_ == Code::ok; }
    Code code() const noexcept { return code_; }
    const std::string& reason() const noexcept { return reason_; }
    const std::string& message() const noexcept { return message_; }

    // "ERROR_TLS: certificate of ..." as CloudForet's client splits it; "OK" when ok.
    std::string text() const;
    // The same failure with `context` and ": " put in front of its message.
    Status within(std::string_view context) const;

  private:
    Code code_ = Code::ok;
    std::string reason_;
    std::string message_;
};

// Either a value or a failure. Never both, never neither.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Status failure) : state_(std::in_place_index<1>, std::move(failure)) {
        assert(!std::get<1>(state_).ok());
    }

    bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }
    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    T& operator*() & { return std::get<0>(state_); }
    const T& operator*() const& { return std::get<0>(state_); }
    // OK when there is a value.
    Status status() const { return ok() ? Status() : std::get<1>(state_); }

  private:
    std::variant<T, Status> state_;
};

}  // namespace pf::host
