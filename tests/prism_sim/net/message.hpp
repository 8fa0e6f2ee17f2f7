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
    /// Which page of a list this asks for: `$page` of a v4 request, or offset divided by length of
    /// a v3 list request. Nothing if it asks for no page.
    [[nodiscard]] std::optional<std::uint64_t> list_page() const;
    /// The same request for another page.
    [[nodiscard]] Request for_page(std::uint64_t page) const;
};

/// Splits and decodes a request target ("%24page" is "$page") into `request`.
void set_target(Request& request, std::string_view target);

/// How the bytes of an answer are laid out. All but the first three break HTTP, or its word.
enum class Wire : std::uint8_t {
    proper,              ///< Content-Length and as many bytes.
    chunked,             ///< In chunks.
    until_close,         ///< No length: the body ends with the connection.
    half_then_close,     ///< Half of the promised body, then an orderly end.
    half_then_reset,     ///< Half of the promised body, then TCP reset.
    half_then_silence,   ///< Half of the promised body; the connection stays, without a word.
    not_http,            ///< The greeting of a mail server.
    endless_headers,     ///< Header lines without end.
    wrong_length,        ///< Content-Length differs by Delivery::add; missing bytes: then closed.
    bad_length,          ///< Content-Length is no number.
    two_lengths,         ///< Two Content-Lengths that differ.
    length_and_chunked,  ///< In chunks, and a Content-Length beside it.
    bad_chunk_size,      ///< A chunk whose size is no number.
    chunks_then_close,   ///< Chunks, but closed before the last one.
    endless_chunks,      ///< The body, then chunks of spaces, Delivery::padding bytes of them.
};

enum class Coding : std::uint8_t { identity, gzip, gzip_bomb };

/// How the listener treats the bytes of an answer.
struct Delivery {
    std::chrono::milliseconds delay{0};  ///< Before the first byte.
    bool announce_close = false;         ///< Connection: close, and keeps the word.
    bool close_silently = false;         ///< Closes after the answer without a word.
    bool never_answer = false;           ///< Holds the connection until the simulator stops.
    Wire wire = Wire::proper;
    Coding coding = Coding::identity;
    std::int64_t add = 0;        ///< To the announced length.
    std::uint64_t padding = 0;   ///< Spaces sent after the body, counted in Content-Length.
    std::uint64_t headers = 0;   ///< Bytes of header lines that mean nothing.
    std::uint64_t inflated = 0;  ///< What a gzip bomb grows to.
    std::size_t drip_bytes = 0;  ///< Body in pieces of this size, drip_pause apart; 0: at once.
    std::chrono::milliseconds drip_pause{0};
};

struct Response {
    std::uint32_t status = 200;
    std::string_view content_type = "application/json";  ///< Static text.
    TextBuffer body;
    std::vector<std::pair<std::string_view, std::string>> headers;
    Delivery delivery;

    /// Ready for the next answer; keeps the body's memory.
    void reset();
};

}  // namespace pf::sim
