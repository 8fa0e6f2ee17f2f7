// Tape: simdjson's parsed document, word by word. The reader's inner loops go over it directly.
//
// Facts (simdjson doc/tape.md): a word has the type in its highest byte and a payload below. An
// object or array begins with the place behind its end in the low 32 bits and the number of its
// members (at most 2^24 - 1) above them; it ends with a word of its own. A string's payload is
// where its text lies in string_buf: four bytes of length, the text, a NUL. Numbers take a second
// word. A member is a string word, its key, and a value.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <cstring>

#include "prismforet/abi/types.h"

namespace pf::host::services {

// What a pf_val points into: the tape, and which text it holds now. Every document the reader
// meets is one of these.
struct Tape final : simdjson::dom::document {
    std::uint64_t generation = 0;  // a live document's stamp: never used twice in the process

    const std::uint64_t* words() const noexcept { return tape.get(); }
    const char* texts() const noexcept { return reinterpret_cast<const char*>(string_buf.get()); }
};

// A pf_val is a place on a tape while it holds one text; live_documents.hpp finds the tape again.
inline pf_val place_on(const Tape& tape, std::uint64_t at) noexcept {
    return {tape.generation, at};
}

inline char type_of(std::uint64_t word) noexcept { return static_cast<char>(word >> 56); }
inline std::uint64_t payload_of(std::uint64_t word) noexcept {
    return word & 0x00FF'FFFF'FFFF'FFFF;
}
// Of the word that begins an object or array.
inline std::uint64_t behind(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word);
}
inline std::uint64_t members_of(std::uint64_t word) noexcept { return word >> 32 & 0xFF'FFFF; }

// The place behind the value at `at`.
inline std::uint64_t after(const std::uint64_t* words, std::uint64_t at) noexcept {
    const std::uint64_t word = words[at];
    switch (type_of(word)) {
        case '{':
        case '[':
            return behind(word);
        case 'l':
        case 'u':
        case 'd':
            return at + 2;
        default:
            return at + 1;
    }
}

// The text of a string word.
inline pf_str text_of(const Tape& tape, std::uint64_t word) noexcept {
    const char* const at = tape.texts() + payload_of(word);
    std::uint32_t length = 0;
    std::memcpy(&length, at, sizeof length);
    return {at + sizeof length, length};
}

}  // namespace pf::host::services
