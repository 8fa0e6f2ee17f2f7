#include "host/services/outbound/mail_text.hpp"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>

#include "host/base/base64.hpp"
#include "host/base/utf8.hpp"

namespace pf::host::services {
namespace {

constexpr std::size_t line_length = 76;  // RFC 2045, section 6.8
constexpr std::size_t word_bytes = 39;   // in base 64, with "Subject: ", below the 76 of RFC 2047
constexpr std::size_t plain_header = 70;
// '_' is no character of base 64, so no body can hold it.
constexpr std::string_view boundary = "=_prismforet_part";

std::string wrapped_base64(std::string_view text) {
    const std::string encoded = base64(text);
    std::string lines;
    for (std::size_t at = 0; at < encoded.size(); at += line_length) {
        lines.append(encoded, at, line_length).append("\r\n");
    }
    return lines;
}

std::string part(std::string_view type, std::string_view text) {
    std::string made = "Content-Type: ";
    made.append(type).append("; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    return made.append(wrapped_base64(text));
}

std::string without_controls(std::string_view text) {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        if (point.is_valid && is_control(point.value)) {
            made += ' ';
        } else {
            append_utf8(made, point.value);
        }
        at += point.size;
    }
    return made;
}

std::string date_text(std::chrono::system_clock::time_point now) {
    const auto since =
        std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch());
    return Poco::DateTimeFormatter::format(Poco::Timestamp(since.count()),
                                           "%w, %e %b %Y %H:%M:%S +0000");
}

std::string joined(const std::vector<std::string>& addresses) {
    std::string made;
    for (const std::string& address : addresses) {
        made += (made.empty() ? "" : ",\r\n ") + address;
    }
    return made;
}

}  // namespace

std::string plain_key(std::string_view key) {
    std::string made(key);
    std::replace_if(
        made.begin(), made.end(),
        [](char c) {
            return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '.' || c == '_');
        },
        '-');
    return made;
}

std::string header_text(std::string_view text) {
    const std::string clean = without_controls(text);
    const bool is_plain =
        clean.size() <= plain_header && clean.find("=?") == std::string::npos &&
        std::all_of(clean.begin(), clean.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (is_plain) {
        return clean;
    }
    std::string made;
    std::string word;
    const auto close = [&] {
        made += (made.empty() ? "=?utf-8?B?" : "\r\n =?utf-8?B?") + base64(word) + "?=";
        word.clear();
    };
    for (std::size_t at = 0; at < clean.size();) {
        const std::size_t size = decode_utf8(clean, at).size;
        if (word.size() + size > word_bytes) {
            close();
        }
        word.append(clean, at, size);
        at += size;
    }
    close();
    return made;
}

std::string mail_text(const std::string& from, const std::vector<std::string>& to,
                      const OutboundMessage& message, std::chrono::system_clock::time_point now) {
    std::string text = "From: " + from + "\r\nTo: " + joined(to) +
                       "\r\nSubject: " + header_text(message.subject) +
                       "\r\nDate: " + date_text(now) + "\r\nMessage-ID: <" +
                       plain_key(message.key) + from.substr(from.find('@')) +
                       ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
    if (message.html.empty()) {
        return text + part("text/plain", message.body);
    }
    const std::string mark(boundary);
    text += "Content-Type: multipart/alternative; boundary=\"" + mark + "\"\r\n\r\n";
    text += "--" + mark + "\r\n" + part("text/plain", message.body);
    text += "--" + mark + "\r\n" + part("text/html", message.html);
    return text + "--" + mark + "--\r\n";
}

}  // namespace pf::host::services
