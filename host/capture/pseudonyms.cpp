#include "host/capture/pseudonyms.hpp"

#include <algorithm>

#include "host/capture/address_pseudonym.hpp"
#include "host/capture/text_shape.hpp"

namespace pf::host::capture {
namespace {

// 60 bits: a million texts have pseudonyms of their own.
constexpr std::size_t shortest = 12;
constexpr std::size_t longest = 4096;
constexpr std::size_t word_length = 8;
constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::string_view nobody = "00000000-0000-0000-0000-000000000000";

// `count` letters and digits that only the text decides.
std::string letters_for(const KeyedHash& hash, char purpose, std::string_view text,
                        std::size_t count) {
    std::string out;
    out.reserve(count);
    std::string input(text);
    while (out.size() < count) {
        const Digest digest = hash.of(purpose, input);
        for (std::size_t i = 0; i < digest.size() && out.size() < count; ++i) {
            out += letters[digest[i] & 31U];
        }
        input.assign(reinterpret_cast<const char*>(digest.data()), digest.size());
    }
    return out;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

bool is_separator(char c) { return c == ' ' || c == ',' || c == '/' || c == ';'; }

}  // namespace

std::string Pseudonyms::of_words(std::string_view text) const {
    if (text.empty()) {
        return {};
    }
    const std::size_t count = std::clamp(characters(text), shortest, longest);
    std::string out = letters_for(hash_, 't', text, count);
    if (text.find(' ') != std::string_view::npos) {
        for (std::size_t i = word_length; i + 1 < out.size(); i += word_length + 1) {
            out[i] = ' ';
        }
    }
    return out;
}

std::string Pseudonyms::of_uuid(std::string_view text) const {
    if (text == nobody) {
        return std::string(text);
    }
    std::string out(text);
    const bool is_upper = text.find_first_of("ABCDEF") != std::string_view::npos;
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c | 0x20) : c; });
    const Digest digest = hash_.of('u', lower);
    const char* digits = is_upper ? "0123456789ABCDEF" : "0123456789abcdef";
    std::size_t nibble = 0;
    for (char& c : out) {
        if (c != '-') {
            const unsigned byte = digest[nibble / 2];
            c = digits[nibble % 2 == 0 ? byte >> 4 : byte & 15U];
            ++nibble;
        }
    }
    return out;
}

// Label by label, so that two hosts of one domain stay in one domain. The last label is one that no
// name in use can have.
std::string Pseudonyms::of_name(std::string_view text) const {
    std::string out;
    for (std::string_view rest = text;;) {
        const std::size_t dot = rest.find('.');
        const std::string_view label = rest.substr(0, dot);
        if (dot == std::string_view::npos) {
            return out + "invalid";
        }
        out += letters_for(hash_, 'l', label, std::max(label.size(), shortest)) + ".";
        rest.remove_prefix(dot + 1);
    }
}

std::string Pseudonyms::of_host(std::string_view text) const {
    if (is_ipv4(text)) {
        return ipv4_pseudonym(hash_, text);
    }
    if (is_ipv6(text)) {
        return ipv6_pseudonym(hash_, text);
    }
    if (is_host_name(text)) {
        return of_name(text);
    }
    if (!text.empty() && text.front() == '[') {
        const std::size_t end = text.find(']');
        if (end != std::string_view::npos && is_ipv6(text.substr(1, end - 1))) {
            return "[" + ipv6_pseudonym(hash_, text.substr(1, end - 1)) + "]" +
                   (is_number(text.substr(std::min(end + 2, text.size())))
                        ? std::string(text.substr(end + 1))
                        : std::string());
        }
    }
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && is_number(text.substr(colon + 1))) {
        return of_host(text.substr(0, colon)) + std::string(text.substr(colon));
    }
    return of_words(text);
}

// Addresses, netmasks and prefix lengths with separators between: "10.0.0.0/24",
// "10.0.0.1 10.0.0.9". False when the text is anything else.
bool Pseudonyms::put_addresses(std::string_view text, std::string& out) const {
    std::string shown;
    bool has_address = false;
    while (!text.empty()) {
        if (is_separator(text.front())) {
            shown += text.front();
            text.remove_prefix(1);
            continue;
        }
        const auto end = std::find_if(text.begin(), text.end(), is_separator) - text.begin();
        const std::string_view word = text.substr(0, static_cast<std::size_t>(end));
        text.remove_prefix(word.size());
        if (is_ipv4(word)) {
            shown += ipv4_pseudonym(hash_, word);
            has_address = true;
        } else if (is_ipv6(word)) {
            shown += ipv6_pseudonym(hash_, word);
            has_address = true;
        } else if (has_address && word.size() <= 3 && is_number(word)) {
            shown += word;  // the length of a prefix
        } else {
            return false;
        }
    }
    out += shown;
    return has_address;
}

// "user@domain", "scheme://host:port/...", "prefix:uuid". False when the text is none of them.
bool Pseudonyms::put_compound(std::string_view text, std::string& out) const {
    const std::size_t scheme = text.find("://");
    if (scheme != std::string_view::npos && is_word(text.substr(0, scheme))) {
        const std::string_view rest = text.substr(scheme + 3);
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        out += std::string(text.substr(0, scheme + 3)) + of_host(rest.substr(0, slash));
        if (slash < rest.size()) {
            out += "/" + of_words(rest.substr(slash + 1));
        }
        return true;
    }
    const std::size_t at = text.find('@');
    if (at != std::string_view::npos && at > 0 && is_host_name(text.substr(at + 1))) {
        out += of_words(text.substr(0, at)) + "@" + of_name(text.substr(at + 1));
        return true;
    }
    // Ids of tasks: the service in base 64, then a UUID.
    if (text.size() > 37 && text[text.size() - 37] == ':' &&
        is_uuid(text.substr(text.size() - 36))) {
        const std::string_view service = text.substr(0, text.size() - 37);
        out += (service == "ZXJnb24=" ? std::string(service) : of_words(service)) + ":" +
               of_uuid(text.substr(text.size() - 36));
        return true;
    }
    return false;
}

std::string Pseudonyms::of(std::string_view text) const {
    if (is_uuid(text)) {
        return of_uuid(text);
    }
    if (is_mac(text)) {
        return mac_pseudonym(hash_, text);
    }
    std::string out;
    if (put_addresses(text, out) || put_compound(text, out)) {
        return out;
    }
    return is_host_name(text) ? of_name(text) : of_words(text);
}

}  // namespace pf::host::capture
