// RowBatch: finished rows one behind the other in one block of memory. Moved, never copied.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "host/encoding/block.hpp"

namespace pf::host::encoding {

struct RowBatch {
    Block bytes;
    std::vector<std::size_t> ends;  // one past the last byte of each row

    std::size_t size() const noexcept { return ends.size(); }
    std::string_view row(std::size_t index) const noexcept {
        const std::size_t begin = index == 0 ? 0 : ends[index - 1];
        return {bytes.data() + begin, ends[index] - begin};
    }
};

}  // namespace pf::host::encoding
