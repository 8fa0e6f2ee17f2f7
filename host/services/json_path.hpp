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

// The value of a column in a row of POST groups: {"data": [{"name", "values": [{"values": []}]}]}.
inline pf_val column_of(pf_val row, std::string_view name) noexcept {
    const pf_val columns = reader().get(row, to_pf("data"));
    for (pf_val at = reader().first(columns); at.doc != 0; at = reader().next(columns, at)) {
        pf_str text{nullptr, 0};
        if (reader().str(reader().get(at, to_pf("name")), &text) == 1 && to_view(text) == name) {
            const pf_val measured = reader().first(reader().get(at, to_pf("values")));
            return reader().first(reader().get(measured, to_pf("values")));
        }
    }
    return {0, 0};
}

// The value at `path` of an entity, whose facts are columns when it is a row of POST groups.
inline pf_val fact_at(pf_val item, const std::vector<std::string>& path, bool has_columns) {
    if (!has_columns || path.empty()) {
        return value_at(item, path);
    }
    std::string name = path.front();
    for (std::size_t i = 1; i < path.size(); ++i) {
        (name += '.') += path[i];
    }
    return column_of(item, name);
}

// The text at `path`; empty when there is none.
inline std::string_view text_at(pf_val value, const std::vector<std::string>& path) noexcept {
    pf_str text{nullptr, 0};
    reader().str(value_at(value, path), &text);
    return to_view(text);
}

}  // namespace pf::host::services
