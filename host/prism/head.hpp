// Head: the status line and the header fields of an HTTP/1.1 answer, read strictly and within
// limits. Whatever is not proper HTTP is an error: guessing would mix up this answer and the next.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "host/prism/framing.hpp"

namespace pf::host::prism {

struct Head {
    struct Field {
        std::string name;  // lower case
        std::string value;
    };
    int http = 0;
    bool is_old = false;  // HTTP/1.0
    std::vector<Field> fields;

    // The first value of a field, without blanks around it; empty when there is none. `name` is in
    // lower case.
    std::string_view value(std::string_view name) const noexcept;
    std::vector<std::string> values(std::string_view name) const;
    // Whether the server keeps the connection open after this answer.
    bool keeps_alive() const;
};

// Reads the head of the next final answer; interim answers (1xx) are passed over. Throws Failed:
// malformed, too_large beyond `limit` bytes, cut_short when the connection ends inside of it.
Head read_head(ByteSource& source, std::size_t limit);

}  // namespace pf::host::prism
