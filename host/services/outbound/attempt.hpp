// Attempt: how one try to hand a message over ended, inside this folder only.
//
// Its words never hold anything of a URL behind the host, of a header, of a mail address or of what
// the other side said: an answer may repeat what it was sent.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace pf::host::services {

// What became of it, as far as it decides what happens next.
enum class End : std::uint8_t {
    sent,         // the receiver has it
    busy,         // it answered: not now
    unreachable,  // no connection, no answer, or none that can be understood
    untrusted,    // there, but not with the TLS that is demanded; not worth another try at once
    refused,      // it answered: never
    forbidden,    // the address may not be sent to
    faulty,       // the channel's own settings cannot work
    stopped,      // the caller's Stop
};

struct Attempt {
    End end = End::sent;
    std::string what;  // what happened: "HTTP 503"
    std::string todo;  // what to do about it; may be empty
    std::optional<std::chrono::milliseconds> wait = std::nullopt;  // ordered by the receiver
};

// Thrown where an attempt ends early; caught in deliver(), never leaves the folder.
class Ended : public std::exception {
  public:
    explicit Ended(Attempt attempt) : attempt_(std::move(attempt)) {}
    const Attempt& attempt() const noexcept { return attempt_; }
    const char* what() const noexcept override { return attempt_.what.c_str(); }

  private:
    Attempt attempt_;
};

}  // namespace pf::host::services
