// The small parsers of foreign text: headers of answers, what people paste into forms, names of
// hosts, durations. The first byte of an input picks the parser, the rest is its text.
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

#include "host/app/units.hpp"
#include "host/cloudforet/client/channel_address.hpp"
#include "host/observe/log_line.hpp"
#include "host/prism/cookies.hpp"
#include "host/prism/pem.hpp"
#include "host/prism/printable.hpp"
#include "host/prism/retry.hpp"
#include "host/prism/version.hpp"
#include "host/runtime/request_host.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace pf::fuzz {
namespace {

using namespace pf::host;

bool holds_only(std::string_view text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == text.npos;
}

// A moment whose seconds are no round number, and how a server writes it.
const std::chrono::system_clock::time_point now{std::chrono::seconds(1709210096)};
constexpr std::string_view now_text = "Thu, 29 Feb 2024 12:34:56 GMT";

void retry_after(std::string_view text) {
    const auto wait = prism::retry_after(text, now_text);
    if (wait) {
        require(wait->count() >= 0 && *wait <= prism::longest_retry_after,
                "a wait is between 0 and the longest", text);
    }
    if (!text.empty() && text.size() <= 2 && holds_only(text, "0123456789")) {
        const long seconds = std::stol(std::string(text));
        const auto expected = std::min<std::chrono::milliseconds>(std::chrono::seconds(seconds),
                                                                  prism::longest_retry_after);
        require(wait == expected, "whole seconds are taken as they are", text);
    }
}

void version(std::string_view text) {
    for (const char* api_namespace : {"vmm", "iam", "unheard-of"}) {
        const auto usable = prism::usable_version(api_namespace, text);
        if (!usable) {
            continue;
        }
        require(usable->size() >= 4 && usable->size() <= 32 && usable->front() == 'v' &&
                    holds_only(*usable, "abcdefghijklmnopqrstuvwxyz0123456789."),
                "a version fits into a path", *usable);
        require(prism::usable_version(api_namespace, *usable) == usable,
                "a usable version is usable", *usable);
    }
    (void)prism::proper_namespace(text);
}

void pem(std::string_view text) {
    const std::string repaired = prism::repair_pem(text);
    require(prism::repair_pem(repaired) == repaired, "what was repaired needs no repair", text);
    std::string flat = repaired;
    flat.erase(std::remove(flat.begin(), flat.end(), '\n'), flat.end());
    require(prism::repair_pem(flat) == repaired, "lost line breaks come back", text);
    require(is_one_line(flat), "PEM is printable", text);
    std::size_t marks = 0;
    for (std::string_view rest = repaired; !rest.empty();) {
        const FirstLine line = first_line(rest);
        require(line.line.size() <= 64, "lines of PEM are short", text);
        marks += line.line.starts_with("-----") ? 1 : 0;
        rest = line.rest;
    }
    require(marks % 2 == 0, "each block ends", text);
}

void digest(std::string_view text) {
    const auto parsed = prism::parse_sha256(text);
    if (parsed) {
        require(parsed->size() == 64 && holds_only(*parsed, "0123456789abcdef"),
                "a digest is 64 hex digits", text);
        require(prism::parse_sha256(*parsed) == parsed, "a digest parses as itself", text);
    }
}

void host_text(std::string_view text) {
    const auto parsed = runtime::parse_host(text, "host");
    if (!parsed) {
        require_readable(parsed.status());
        // What stands in the message for any wrong host is no quotation.
        static const std::string usual = runtime::parse_host("\x01", "host").status().message();
        require(text.size() < 20 || usual.find(text) != std::string::npos ||
                    parsed.status().message().find(text) == std::string::npos,
                "a message does not quote the host", text);
        return;
    }
    require(!parsed->host.empty() && parsed->host.size() <= 512 &&
                holds_only(parsed->host, "abcdefghijklmnopqrstuvwxyz0123456789-_.:%"),
            "a host fits into a header", text);
    const std::uint16_t port = parsed->port.value_or(9440);
    require(port != 0, "a port is not 0", text);
    const std::string name = runtime::HostText::name(parsed->host, port);
    const auto again = runtime::parse_host(name, "host");
    require(again.ok() && again->host == parsed->host && again->port == port,
            "the name of a host names it", name);
}

void cookies(std::string_view text) {
    prism::Cookies jar;
    std::vector<std::string> lines;
    for (std::string_view rest = text; !rest.empty();) {
        const FirstLine next = first_line(rest);
        lines.emplace_back(next.line);
        rest = next.rest;
    }
    const bool changed = jar.take(lines);
    const std::string header = jar.header();
    require(jar.empty() == header.empty(), "an empty jar sends nothing", text);
    require(changed || jar.empty(), "what is kept was a change", text);
    require(is_one_line(header), "a header is one line", text);
    require(header.size() <= 33 * 8200, "what is sent is bounded", text);
    require(header.empty() || header.find('=') != std::string::npos, "pairs are sent", text);
}

void shown(std::string_view text) {
    for (const std::size_t limit : {0u, 1u, 8u, 80u, 300u}) {
        const std::string out = prism::printable(text, limit);
        require(out.size() <= limit + 3, "printable text is bounded", text);
        require(is_utf8(out) && is_one_line(out), "printable text is one line of UTF-8", text);
    }
}

void duration(std::string_view text) {
    const auto parsed = app::parse_duration(text);
    if (!parsed) {
        return require_readable(parsed.status());
    }
    require(parsed->count() >= 0 && *parsed <= std::chrono::hours(24 * 3660),
            "a duration is below ten years", text);
}

void size(std::string_view text) {
    const auto parsed = app::parse_size(text);
    if (!parsed) {
        return require_readable(parsed.status());
    }
    require(*parsed <= std::uint64_t{1} << 53, "a size is exact", text);
}

void channel_address(std::string_view text) {
    const auto parsed = cloudforet::parse_channel_address(text);
    if (!parsed) {
        return;  // the address is the user's own and is quoted as it is
    }
    require(parsed->target.find(':') != std::string::npos, "an address has a port", text);
    require(parsed->target.find_first_of(" @\t\r\n") == std::string::npos, "an address is a word",
            text);
}

void log_line(std::string_view text) {
    const std::string valid = prism::printable(text, 20000);
    for (const auto format : {observe::Format::logfmt, observe::Format::json}) {
        const std::string raw = observe::format_line(format, now, observe::Level::warn, "fuzz",
                                                     std::vector<observe::Field>{{"text", text}});
        require(raw.size() <= observe::longest_line && is_one_line(raw), "a log line is one line",
                text);
        const std::string line =
            observe::format_line(format, now, observe::Level::warn, "fuzz",
                                 std::vector<observe::Field>{{"text", valid}, {"more", valid}});
        require(is_utf8(line), "a log line of UTF-8 is UTF-8", text);
    }
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    if (size == 0) {
        return 0;
    }
    const std::string_view text = to_text(data + 1, size - 1);
    switch (data[0]) {
        case 'a':
            channel_address(text);
            break;
        case 'c':
            cookies(text);
            break;
        case 'd':
            duration(text);
            break;
        case 'h':
            host_text(text);
            break;
        case 'l':
            log_line(text);
            break;
        case 'p':
            pem(text);
            break;
        case 'r':
            retry_after(text);
            break;
        case 's':
            digest(text);
            break;
        case 't':
            shown(text);
            break;
        case 'v':
            version(text);
            break;
        case 'z':
            pf::fuzz::size(text);
            break;
        default:
            break;
    }
    return 0;
}
