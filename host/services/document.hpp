// Document: one JSON text, parsed once (simdjson), read through the ABI's reader.
//
// Memory is reused from text to text. Values of the text before are gone after parse(): reading
// them is safe and finds nothing. Only one thread reads, the one that parsed or adopted.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "host/base/status.hpp"
#include "prismforet/abi/reader.h"

namespace pf::host::services {

// The reader table every module gets. Static.
const pf_reader& reader();

// How many values of texts that are gone the calling thread has read since the last time it asked.
std::uint64_t take_stale_reads() noexcept;

class Document {
  public:
    // Nesting that is refused: no API of Prism comes near it, and recursion elsewhere is bounded.
    static constexpr std::size_t max_depth = 64;

    Document();
    ~Document();
    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;

    // Parses `text`, behind which at least 64 bytes must be readable (prism::Body has them).
    // DATA_LOSS (ERROR_PRISM_ANSWER) says what is wrong with it.
    Status parse_padded(std::string_view text);
    // The same; a text whose only trouble is in its strings is cleaned (text_faults.hpp) and parsed
    // once more. `replaced` says at how many places; 0 = as it came.
    Status parse_cleaned(std::string_view text, std::uint64_t& replaced);
    // The same as parse_padded for any text, with a copy.
    Status parse(std::string_view text);
    // The parsed value; absent before the first successful parse.
    pf_val root() const noexcept;
    // Makes the calling thread the one that reads.
    void adopt() noexcept;
    // True when another thread tried to read; it found nothing.
    bool was_read_elsewhere() const noexcept;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::services
