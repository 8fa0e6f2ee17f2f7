// Protobuf's base-128 numbers, for lengths.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace pf::host::encoding {

inline std::size_t varint_size(std::uint64_t number) noexcept {
    return (static_cast<std::size_t>(std::bit_width(number | 1)) + 6) / 7;
}

// Writes at most ten bytes; returns one past the last.
inline char* put_varint(char* at, std::uint64_t number) noexcept {
    while (number >= 128) {
        *at++ = static_cast<char>(number | 128);
        number >>= 7;
    }
    *at++ = static_cast<char>(number);
    return at;
}

}  // namespace pf::host::encoding
