#include "host/prism/cookies.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace pf::host::prism {
namespace {

constexpr std::size_t most_pairs = 32;
constexpr std::size_t longest_pair = 8192;

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool sendable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && c != ';' && c != ',';
    });
}

bool expired(std::string_view attributes) {
    std::string lower(attributes);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto at = lower.find("max-age=");
    return at != std::string::npos && at + 8 < lower.size() &&
           (lower[at + 8] == '0' || lower[at + 8] == '-');
}

}  // namespace

bool Cookies::take(const std::vector<std::string>& set_cookies) {
    bool changed = false;
    for (const std::string& line : set_cookies) {
        const std::string_view text = line;
        const auto end = std::min(text.find(';'), text.size());
        const std::string_view pair = text.substr(0, end);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || pair.size() > longest_pair) {
            continue;
        }
        const std::string name(trim(pair.substr(0, equals)));
        const std::string value(trim(pair.substr(equals + 1)));
        if (name.empty() || !sendable(name) || !sendable(value)) {
            continue;
        }
        if (value.empty() || expired(text.substr(end))) {
            changed |= pairs_.erase(name) > 0;
        } else if (pairs_.size() < most_pairs || pairs_.contains(name)) {
            auto& kept = pairs_[name];
            changed |= kept != value;
            kept = value;
        }
    }
    return changed;
}

std::string Cookies::header() const {
    std::string text;
    for (const auto& [name, value] : pairs_) {
        text += (text.empty() ? "" : "; ") + name + "=" + value;
    }
    return text;
}

}  // namespace pf::host::prism
