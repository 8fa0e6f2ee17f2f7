// Failure: the exception that ends a handler with a status.
//
// Throw it when the whole call cannot go on. One entity that cannot go out is no failure: use
// Call::skip. The SDK throws it when a service answers a status that ends the call.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include "prismforet/abi/types.h"

namespace pf {

class Failure : public std::exception {
  public:
    // `status` is a PF_* number but PF_OK; `why` is one sentence for an operator. Leave `why`
    // empty to pass on a status whose reason the host already knows.
    explicit Failure(pf_status status, std::string why = {})
        : status_(status == PF_OK ? PF_INTERNAL : status), why_(std::move(why)) {}

    // The status the handler returns; never PF_OK.
    pf_status status() const noexcept { return status_; }

    // The reason; empty when the host knows it.
    const std::string& why() const noexcept { return why_; }

    const char* what() const noexcept override {
        return why_.empty() ? "a service of the host ended the call" : why_.c_str();
    }

  private:
    pf_status status_;
    std::string why_;
};

}  // namespace pf
