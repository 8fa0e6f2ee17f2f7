// Plain text: most keys and values are ASCII without anything that JSON escapes. Such a text is
// copied and checked in one go, sixteen bytes at a time; anything else goes the long way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pf::host::encoding {

namespace detail {

#if defined(__SSE2__)

// Sixteen bytes; true for those that are a control character, not ASCII, a quote, a backslash or
// `also`.
inline bool has_special(__m128i bytes, char also) noexcept {
    // Signed: bytes from 0x80 on are below zero.
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i other = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(also));
    return _mm_movemask_epi8(
               _mm_or_si128(_mm_or_si128(low, quote), _mm_or_si128(backslash, other))) != 0;
}
// Two words, since texts shorter than sixteen bytes are their first and their last bytes.
inline bool has_special(std::uint64_t first, std::uint64_t last, char also) noexcept {
    return has_special(_mm_set_epi64x(static_cast<long long>(last), static_cast<long long>(first)),
                       also);
}

#else

inline bool has_special(std::uint64_t word, char also) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101ull;
    constexpr std::uint64_t highs = 0x8080808080808080ull;
    const auto zeros = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes; };
    const std::uint64_t low = (word - ones * 0x20) & ~word;
    return (((low | word) | zeros(word ^ (ones * '"')) | zeros(word ^ (ones * '\\')) |
             zeros(word ^ (ones * static_cast<unsigned char>(also)))) &
            highs) != 0;
}
inline bool has_special(std::uint64_t first, std::uint64_t last, char also) noexcept {
    return has_special(first, also) || has_special(last, also);
}

#endif

inline std::uint64_t load8(const char* from) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, from, 8);
    return word;
}
inline std::uint32_t load4(const char* from) noexcept {
    std::uint32_t word = 0;
    std::memcpy(&word, from, 4);
    return word;
}

// Fewer than sixteen bytes; stored at `to` unless it is null.
inline bool short_is_plain(char* to, const char* from, std::size_t size, char also) noexcept {
    if (size >= 8) {
        const std::uint64_t first = load8(from);
        const std::uint64_t last = load8(from + size - 8);
        if (to != nullptr) {
            std::memcpy(to, &first, 8);
            std::memcpy(to + size - 8, &last, 8);
        }
        return !has_special(first, last, also);
    }
    if (size >= 4) {
        const std::uint32_t first = load4(from);
        const std::uint32_t last = load4(from + size - 4);
        if (to != nullptr) {
            std::memcpy(to, &first, 4);
            std::memcpy(to + size - 4, &last, 4);
        }
        const std::uint64_t both = std::uint64_t{last} << 32 | first;
        return !has_special(both, both, also);
    }
    bool is_plain = true;
    for (std::size_t i = 0; i < size; ++i) {
        const char byte = from[i];
        if (to != nullptr) {
            to[i] = byte;
        }
        is_plain &= static_cast<unsigned char>(byte) - 0x20u < 0x60u && byte != '"' &&
                    byte != '\\' && byte != also;
    }
    return is_plain;
}

inline bool long_is_plain(char* to, const char* from, std::size_t size, char also) noexcept {
#if defined(__SSE2__)
    const auto look = [&](std::size_t at) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at));
        if (to != nullptr) {
            _mm_storeu_si128(reinterpret_cast<__m128i*>(to + at), bytes);
        }
        return !has_special(bytes, also);
    };
#else
    const auto look = [&](std::size_t at) {
        return short_is_plain(to == nullptr ? to : to + at, from + at, 8, also) &&
               short_is_plain(to == nullptr ? to : to + at + 8, from + at + 8, 8, also);
    };
#endif
    for (std::size_t at = 0; at + 16 < size; at += 16) {
        if (!look(at)) {
            return false;
        }
    }
    return look(size - 16);
}

}  // namespace detail

// Whether all of `text` is plain: ASCII, no control character, no quote, no backslash and not
// `also`.
inline bool is_plain(std::string_view text, char also = '"') noexcept {
    return text.size() < 16 ? detail::short_is_plain(nullptr, text.data(), text.size(), also)
                            : detail::long_is_plain(nullptr, text.data(), text.size(), also);
}

// The same, and copies it to `to`, which has room for it. When it is not plain, what lies there is
// of no use.
inline bool copy_plain(char* to, std::string_view text, char also = '"') noexcept {
    return text.size() < 16 ? detail::short_is_plain(to, text.data(), text.size(), also)
                            : detail::long_is_plain(to, text.data(), text.size(), also);
}

}  // namespace pf::host::encoding
