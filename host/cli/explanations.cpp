#include "host/cli/explanations.hpp"

#include <algorithm>

#include "troubleshooting.h"

namespace pf::host::cli {
namespace {

constexpr std::string_view heading = "## ";

void append_line(std::string& paragraph, std::string_view line) {
    (paragraph += paragraph.empty() ? "" : " ") += line;
}

}  // namespace

std::vector<Explanation> explanations_in(std::string_view document) {
    std::vector<Explanation> found;
    bool is_in_remedy = false;
    while (!document.empty()) {
        const std::size_t end = std::min(document.find('\n'), document.size());
        const std::string_view line = document.substr(0, end);
        document.remove_prefix(std::min(end + 1, document.size()));
        if (line.starts_with(heading)) {
            found.push_back({std::string(line.substr(heading.size())), "", ""});
            is_in_remedy = false;
        } else if (found.empty()) {
            continue;
        } else if (line.empty()) {
            is_in_remedy = !found.back().meaning.empty();
        } else {
            append_line(is_in_remedy ? found.back().remedy : found.back().meaning, line);
        }
    }
    return found;
}

const std::vector<Explanation>& explanations() {
    static const std::vector<Explanation> all = explanations_in(troubleshooting_text);
    return all;
}

}  // namespace pf::host::cli
