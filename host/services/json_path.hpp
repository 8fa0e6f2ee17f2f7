// Reading a value by path, for the host's own use of the reader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/services/document.hpp"

namespace pf::host::services {

inline pf_str to_pf(std::string_view text) noexcept { return {text.data(), text.size()}; }
inline std::string_view to_view(pf_str text) noexcept {
    return text.ptr == nullptr ? std::string_view() : std::string_view(text.ptr, text.len);
}

inline pf_val value_at(pf_val value, const std::vector<std::string>& path) noexcept {
    for (const std::string& key : path) {
        value = reader().get(value, to_pf(key));
    }
    return value;
}

// The text at `path`; empty when there is none.
inline std::string_view text_at(pf_val value, const std::vector<std::string>& path) noexcept {
    pf_str text{nullptr, 0};
    reader().str(value_at(value, path), &text);
    return to_view(text);
}

}  // namespace pf::host::services
