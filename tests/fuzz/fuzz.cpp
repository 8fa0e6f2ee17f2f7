#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace pf::fuzz {
namespace {

std::size_t sequence_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
    };
    const auto is_tail = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return byte(i) >= low && byte(i) <= high;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return is_tail(1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool fits = is_tail(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
        return fits && is_tail(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool fits = is_tail(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
        return fits && is_tail(2) && is_tail(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

void broken(std::string_view invariant, std::string_view details) {
    std::fprintf(stderr, "\nbroken invariant: %.*s\n", static_cast<int>(invariant.size()),
                 invariant.data());
    if (!details.empty()) {
        std::fwrite(details.data(), 1, std::min<std::size_t>(details.size(), 65536), stderr);
        std::fputc('\n', stderr);
    }
    std::abort();
}

std::vector<std::string_view> parts_of(std::string_view input) {
    constexpr std::string_view mark = "%%\n";
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t at = input.find(mark); at != input.npos; at = input.find(mark, at + 1)) {
        if (at < begin || (at != 0 && input[at - 1] != '\n')) {
            continue;
        }
        parts.push_back(input.substr(begin, at - begin));
        begin = at + mark.size();
    }
    parts.push_back(input.substr(begin));
    return parts;
}

FirstLine first_line(std::string_view text) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) {
        return {text, {}};
    }
    return {text.substr(0, end), text.substr(end + 1)};
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = sequence_at(text, at);
        if (size == 0) {
            return false;
        }
        at += size;
    }
    return true;
}

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

void require_readable(const host::Status& status, std::size_t longest) {
    if (status.ok()) {
        return;
    }
    require(status.reason().starts_with("ERROR_"), "a failure has a reason", status.text());
    require(!status.message().empty(), "a failure has a message", status.text());
    require(status.message().size() <= longest, "a message is bounded", status.text());
    require(is_utf8(status.text()), "a message is UTF-8", status.text());
    require(is_one_line(status.text()), "a message is one line", status.text());
}

}  // namespace pf::fuzz
