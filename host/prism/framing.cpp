#include "host/prism/framing.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

namespace pf::host::prism {
namespace {

constexpr std::size_t line_limit = 1024;  // of a chunk header
constexpr std::size_t trailer_limit = 64 * 1024;
constexpr std::size_t first_guess = 64 * 1024;

Failed cut_short(std::uint64_t got, const std::string& expected) {
    return Failed(Trouble::cut_short, Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                                             "the answer was cut short: " + std::to_string(got) +
                                                 " bytes came, " + expected));
}

Failed too_large(std::uint64_t limit) {
    return Failed(Trouble::too_large,
                  Status(Code::resource_exhausted, "ERROR_PRISM_TOO_LARGE",
                         "the answer is larger than the limit of " + std::to_string(limit) +
                             " bytes; ask for fewer entities per page"));
}

bool same_word(std::string_view text, std::string_view word) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return text.size() == word.size() && std::equal(text.begin(), text.end(), word.begin(),
                                                    [&](char a, char b) { return lower(a) == b; });
}

std::uint64_t parse_length(std::string_view text) {
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
        throw malformed_answer("its Content-Length is no number");
    }
    return value;
}

// Appends exactly `count` bytes. The body already has room for them.
void append(ByteSource& source, std::uint64_t count, Body& body, const std::string& expected) {
    std::size_t at = body.size();
    body.resize(at + count);
    while (at < body.size()) {
        const std::size_t got = source.read_some(body.data() + at, body.size() - at);
        if (got == 0) {
            throw cut_short(at, expected);
        }
        at += got;
    }
}

// A line up to LF, without CR LF.
std::string read_line(ByteSource& source, std::uint64_t got) {
    std::string line;
    while (true) {
        const int c = source.get();
        if (c < 0) {
            throw cut_short(got, "more chunks were announced");
        }
        if (c == '\n') {
            break;
        }
        if (line.size() == line_limit) {
            throw malformed_answer("an endless chunk header");
        }
        line += static_cast<char>(c);
    }
    if (!line.empty() && line.back() == '\r') {
        line.pop_back();
    }
    return line;
}

std::uint64_t chunk_size(const std::string& line) {
    std::string_view digits = std::string_view(line).substr(0, line.find(';'));
    while (!digits.empty() && (digits.back() == ' ' || digits.back() == '\t')) {
        digits.remove_suffix(1);
    }
    std::uint64_t size = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) {
        throw malformed_answer("a chunk size is no number");
    }
    return size;
}

void read_chunks(ByteSource& source, std::uint64_t limit, Body& body) {
    while (true) {
        const std::uint64_t size = chunk_size(read_line(source, body.size()));
        if (size == 0) {
            break;
        }
        if (size > limit - body.size()) {
            throw too_large(limit);
        }
        append(source, size, body, "more chunks were announced");
        if (!read_line(source, body.size()).empty()) {
            throw malformed_answer("a chunk is longer than announced");
        }
    }
    std::size_t trailer = 0;
    for (std::string line = read_line(source, body.size()); !line.empty();
         line = read_line(source, body.size())) {
        trailer += line.size();
        if (trailer > trailer_limit) {
            throw malformed_answer("endless trailers");
        }
    }
}

void read_to_end(ByteSource& source, std::uint64_t limit, Body& body) {
    std::size_t at = 0;
    while (true) {
        if (at == body.capacity()) {
            body.resize(at);
            body.reserve(std::max(first_guess, at * 2));
        }
        const std::size_t got = source.read_some(body.data() + at, body.capacity() - at);
        at += got;
        if (at > limit) {
            throw too_large(limit);
        }
        body.resize(at);
        if (got == 0) {
            return;
        }
    }
}

}  // namespace

Failed malformed_answer(const std::string& what) {
    return Failed(Trouble::malformed,
                  Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                         "the answer is not proper HTTP: " + what +
                             "; is something between us and Prism Central changing answers?"));
}

Framing framing_of(int http, const std::vector<std::string>& content_lengths,
                   const std::vector<std::string>& transfer_encodings) {
    if (http == 204 || http == 304 || http < 200) {
        return {Framing::Kind::none, 0};
    }
    if (!transfer_encodings.empty()) {
        if (!content_lengths.empty()) {
            throw malformed_answer("both Content-Length and Transfer-Encoding");
        }
        if (transfer_encodings.size() != 1 || !same_word(transfer_encodings.front(), "chunked")) {
            throw malformed_answer("an unknown Transfer-Encoding");
        }
        return {Framing::Kind::chunked, 0};
    }
    if (content_lengths.empty()) {
        return {Framing::Kind::until_close, 0};
    }
    const std::uint64_t length = parse_length(content_lengths.front());
    for (const std::string& other : content_lengths) {
        if (parse_length(other) != length) {
            throw malformed_answer("two different Content-Lengths");
        }
    }
    return {Framing::Kind::length, length};
}

void read_body(ByteSource& source, const Framing& framing, std::uint64_t limit, Body& body) {
    body.resize(0);
    switch (framing.kind) {
        case Framing::Kind::none:
            return;
        case Framing::Kind::length:
            if (framing.length > limit) {
                throw too_large(limit);
            }
            if (framing.length > body.capacity()) {
                // Pages of a list are alike: a little room saves growing for the next one.
                body.reserve(framing.length + framing.length / 8);
            }
            append(source, framing.length, body,
                   std::to_string(framing.length) + " were announced");
            return;
        case Framing::Kind::chunked:
            read_chunks(source, limit, body);
            return;
        case Framing::Kind::until_close:
            read_to_end(source, limit, body);
            return;
    }
}

}  // namespace pf::host::prism
