// What every fuzz target needs: its entry, a way to say that an invariant broke, parts of an input.
//
// A target is one file with LLVMFuzzerTestOneInput. It is built twice: with clang's libFuzzer,
// which looks for inputs that break it, and with replay.cpp, which runs the inputs of its corpus as
// a test. A broken invariant ends the process, so that either of them sees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

// Runs one input; always 0. libFuzzer's name for it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace pf::fuzz {

// Says what broke, with details that may be long and hold any byte, and aborts.
[[noreturn]] void broken(std::string_view invariant, std::string_view details = {});

inline void require(bool holds, std::string_view invariant, std::string_view details = {}) {
    if (!holds) {
        broken(invariant, details);
    }
}

inline std::string_view to_text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// The parts of an input between lines that hold "%%" and nothing else; at least one.
std::vector<std::string_view> parts_of(std::string_view input);

// The first line of `text`, and what follows it.
struct FirstLine {
    std::string_view line;
    std::string_view rest;
};
FirstLine first_line(std::string_view text);

// True for well-formed UTF-8; written from the standard, so that it is a second opinion.
bool is_utf8(std::string_view text);
// True when `text` holds no byte that a terminal could obey: C0 and DEL.
bool is_one_line(std::string_view text);

// Whatever failed, people must be able to read why: a reason like ERROR_X, and a message that is
// not empty, of one line of valid UTF-8, and of bounded length. OK passes, too.
void require_readable(const host::Status& status, std::size_t longest = 8192);

}  // namespace pf::fuzz
