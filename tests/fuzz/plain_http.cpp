#include "tests/fuzz/plain_http.hpp"

#include <algorithm>
#include <vector>

namespace pf::fuzz {
namespace {

constexpr std::size_t most_fields = 20;
constexpr std::size_t longest_line = 500;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

// Takes a line off the front; nothing when it is not plain.
std::optional<std::string_view> take_line(std::string_view& rest) {
    const std::size_t end = rest.substr(0, longest_line).find("\r\n");
    if (end == rest.npos) {
        return std::nullopt;
    }
    const std::string_view line = rest.substr(0, end);
    if (!std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; })) {
        return std::nullopt;
    }
    rest.remove_prefix(end + 2);
    return line;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return out;
}

std::optional<std::size_t> number(std::string_view text, unsigned base) {
    if (text.empty() || text.size() > 6) {
        return std::nullopt;
    }
    std::size_t value = 0;
    for (const char c : lower(text)) {
        const bool is_letter = c >= 'a' && c <= 'f';
        if (!is_digit(c) && !(base == 16 && is_letter)) {
            return std::nullopt;
        }
        value = value * base + static_cast<std::size_t>(is_letter ? c - 'a' + 10 : c - '0');
    }
    return value;
}

bool take_bytes(std::string_view& rest, std::size_t size, std::string& body) {
    if (rest.size() < size) {
        return false;
    }
    body += rest.substr(0, size);
    rest.remove_prefix(size);
    return true;
}

bool take_chunks(std::string_view& rest, std::string& body) {
    while (true) {
        const auto line = take_line(rest);
        const auto size = line ? number(*line, 16) : std::nullopt;
        if (!size) {
            return false;
        }
        const bool is_last = *size == 0;
        if (!take_bytes(rest, *size, body) || !rest.starts_with("\r\n")) {
            return false;
        }
        rest.remove_prefix(2);
        if (is_last) {
            return true;
        }
    }
}

struct Length {
    std::optional<std::size_t> bytes;
    bool is_chunked = false;
};

// Takes the fields and the empty line.
std::optional<Length> take_fields(std::string_view& rest) {
    Length length;
    for (std::size_t fields = 0; fields <= most_fields; ++fields) {
        const auto line = take_line(rest);
        if (!line) {
            return std::nullopt;
        }
        if (line->empty()) {
            return length;
        }
        const std::size_t colon = line->find(": ");
        const std::string name = lower(line->substr(0, colon));
        if (colon == line->npos || name.empty() || colon + 2 == line->size() ||
            !std::all_of(name.begin(), name.end(), is_name_character)) {
            return std::nullopt;
        }
        const std::string_view value = line->substr(colon + 2);
        const bool is_first = !length.bytes && !length.is_chunked;
        if (name == "content-length" && is_first && (length.bytes = number(value, 10))) {
            continue;
        }
        if (name == "transfer-encoding" && is_first && value == "chunked") {
            length.is_chunked = true;
            continue;
        }
        if (name == "content-length" || name == "transfer-encoding" || name == "content-encoding") {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<PlainAnswer> read_plain_answer(std::string_view bytes) {
    std::string_view rest = bytes;
    const auto line = take_line(rest);
    if (!line || line->size() < 14 || !line->starts_with("HTTP/1.1 ") || (*line)[9] < '2' ||
        (*line)[9] > '5' || !is_digit((*line)[10]) || !is_digit((*line)[11]) ||
        (*line)[12] != ' ' || !is_name_character((*line)[13])) {
        return std::nullopt;
    }
    PlainAnswer answer;
    answer.status = static_cast<int>(*number(line->substr(9, 3), 10));
    const auto length = take_fields(rest);
    if (!length || answer.status == 204 || answer.status == 304) {
        return std::nullopt;
    }
    const bool is_whole = length->is_chunked ? take_chunks(rest, answer.body)
                          : length->bytes    ? take_bytes(rest, *length->bytes, answer.body)
                                             : false;
    if (!is_whole) {
        return std::nullopt;
    }
    answer.size = bytes.size() - rest.size();
    return answer;
}

}  // namespace pf::fuzz
