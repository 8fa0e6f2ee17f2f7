// Where the body of an HTTP/1.1 answer ends, and reading it to there: exactly, or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "host/prism/body.hpp"
#include "host/prism/failure.hpp"

namespace pf::host::prism {

// For bytes that are not proper HTTP; `what` is wrong with them.
Failed malformed_answer(const std::string& what);

// Bytes of a connection, in order.
class ByteSource {
  public:
    virtual ~ByteSource() = default;
    // Reads 1 to `size` bytes; 0 at the end of the connection.
    virtual std::size_t read_some(char* data, std::size_t size) = 0;
    // The next byte, or -1 at the end of the connection.
    virtual int get() = 0;
};

struct Framing {
    enum class Kind { none, length, chunked, until_close };
    Kind kind = Kind::none;
    std::uint64_t length = 0;
};

// The framing of an answer from all its Content-Length and Transfer-Encoding values. Throws Failed
// (malformed) when they contradict each other: guessing would mix up this answer and the next.
Framing framing_of(int http, const std::vector<std::string>& content_lengths,
                   const std::vector<std::string>& transfer_encodings);

// Replaces the content of `body`. Throws Failed (cut_short, malformed, or too_large when there are
// more than `limit` bytes).
void read_body(ByteSource& source, const Framing& framing, std::uint64_t limit, Body& body);

}  // namespace pf::host::prism
