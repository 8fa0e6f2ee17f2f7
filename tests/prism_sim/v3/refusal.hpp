#pragma once
// What a v3 server says instead of an answer.

#include <cstdint>
#include <string>

#include "tests/prism_sim/net/message.hpp"

namespace pf::sim::v3 {

struct Refusal {
    std::uint32_t code = 422;  ///< `code` of the body.
    std::string reason, message;
    std::string details{};          ///< Empty: left out.
    std::string_view kind{};        ///< Empty: left out.
    std::uint32_t http_status = 0;  ///< 0: the same as `code`; 200 is known to happen.
};

/// A body whose `state` is ERROR.
void write_refusal(Response& response, const Refusal& refusal);

/// A 422 about the request's body.
Refusal unprocessable(std::string message);

}  // namespace pf::sim::v3
