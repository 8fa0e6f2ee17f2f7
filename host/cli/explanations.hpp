// What error codes mean: the sections of docs/troubleshooting.md, which is built into the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pf::host::cli {

struct Explanation {
    std::string code;     // "ERROR_TLS"
    std::string meaning;  // a paragraph without line breaks
    std::string remedy;   // the same
};

// A section begins with "## CODE"; its first paragraph is the meaning, all else the remedy.
std::vector<Explanation> explanations_in(std::string_view document);

// Those of this program, by code.
const std::vector<Explanation>& explanations();

}  // namespace pf::host::cli
