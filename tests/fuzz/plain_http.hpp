// A second reader of HTTP/1.1 answers, for comparison: it knows only the plainest form and says
// nothing about any other.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pf::fuzz {

struct PlainAnswer {
    int status = 0;
    std::string body;
    std::size_t size = 0;  // bytes of the whole answer
};

// The answer at the beginning of `bytes`; nothing when it is not plain: lines end in CR LF, the
// head is short, its fields are few, of printable ASCII and unfolded, one of them tells the length,
// and chunks have neither extensions nor trailers.
std::optional<PlainAnswer> read_plain_answer(std::string_view bytes);

}  // namespace pf::fuzz
