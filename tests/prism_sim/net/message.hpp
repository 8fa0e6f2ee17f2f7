#pragma once
// A request and its answer as the simulation sees them: no sockets, no HTTP library.
// Tests call Simulation::answer() with these directly.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/prism_sim/json/text_buffer.hpp"

namespace pf::sim {

struct Request {
    std::string method = "GET";
    std::string path;                                        ///< Decoded, without the query.
    std::vector<std::pair<std::string, std::string>> query;  ///< Decoded names and values.
    std::string target;                                      ///< As it was sent.
    std::string host = "localhost";
    std::string authorization, cookie, api_key, body;

    /// The value of a query parameter, if it is there.
    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
    /// `$page` of a list request, 0 if absent or not a number.
    [[nodiscard]] std::uint64_t page() const;
};

/// Splits and decodes a request target ("%24page" is "$page") into `request`.
void set_target(Request& request, std::string_view target);

/// How the listener treats the bytes of an answer.
struct Delivery {
    std::chrono::milliseconds delay{0};  ///< Before the first byte.
    bool announce_close = false;         ///< Connection: close, and keeps the word.
    bool close_silently = false;         ///< Closes after the answer without a word.
    bool never_answer = false;           ///< Holds the connection until the simulator stops.
    bool drop_in_body = false;           ///< Closes after half of the promised body.
    std::uint64_t padding = 0;           ///< Spaces sent after the body, counted in Content-Length.
    std::size_t drip_bytes = 0;  ///< Body in pieces of this size, drip_pause apart; 0: at once.
    std::chrono::milliseconds drip_pause{0};
};

struct Response {
    std::uint32_t status = 200;
    std::string_view content_type = "application/json";
    TextBuffer body;
    std::vector<std::pair<std::string_view, std::string>> headers;
    Delivery delivery;

    /// Ready for the next answer; keeps the body's memory.
    void reset();
};

}  // namespace pf::sim
