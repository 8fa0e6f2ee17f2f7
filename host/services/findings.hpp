// Findings: what a call has to tell beside its rows: what is missing and why, and notes.
//
// Gathered by code, with a count and the first ids, so that a million equal problems are one line.
// Texts come out as valid UTF-8 without control characters and of bounded length, whatever a
// module gave.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::services {

struct Finding {
    std::string code;  // "ERROR_LIST_CHANGED", "vm.no_id"
    std::string text;  // of the first one
    std::uint64_t count = 0;
    std::vector<std::string> first_ids;  // at most five
};

class Findings {
  public:
    // Codes of a module's own; what it has to say under further ones is counted together.
    static constexpr std::size_t most_words = 64;
    static constexpr std::string_view further_words = "module.further_codes";

    // The host's word: something Prism has did not go out, the run is partial.
    void missing(std::string_view code, std::string_view text, std::string_view id = {},
                 std::uint64_t count = 1);
    // The host's word: nothing is missing, but an operator may want to know.
    void note(std::string_view code, std::string_view text, std::string_view id = {});
    // The same two in a module's words.
    void skip(std::string_view word, std::string_view why, std::string_view id = {});
    void remark(std::string_view word, std::string_view why, std::string_view id = {});

    const std::vector<Finding>& all_missing() const noexcept { return missing_.all; }
    const std::vector<Finding>& all_notes() const noexcept { return notes_.all; }

  private:
    struct Heap {
        std::vector<Finding> all;
        std::size_t words = 0;  // of them in a module's words
    };
    static Finding* find(Heap& heap, std::string_view code);
    static void add(Finding& finding, std::string_view id, std::uint64_t count);
    static void say(Heap& heap, std::string_view code, std::string_view text, std::string_view id,
                    std::uint64_t count);
    static void say_word(Heap& heap, std::string_view word, std::string_view why,
                         std::string_view id);

    Heap missing_;
    Heap notes_;
};

}  // namespace pf::host::services
