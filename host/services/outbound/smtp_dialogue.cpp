#include "host/services/outbound/smtp_dialogue.hpp"

#include <Poco/Exception.h>

#include <algorithm>
#include <array>

namespace pf::host::services {
namespace {

Ended no_smtp() {
    return Ended({End::unreachable, "what answers there does not speak SMTP",
                  "check mail_server, mail_port, and whether the port wants TLS from the first "
                  "byte"});
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string SmtpDialogue::next_line(std::size_t limit) {
    std::size_t end = 0;
    while ((end = received_.find('\n', at_)) == std::string::npos) {
        if (received_.size() - at_ > limit) {
            throw no_smtp();
        }
        received_.erase(0, at_);
        at_ = 0;
        std::array<char, 4096> buffer{};
        int got = 0;
        try {
            got = line_.socket().receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
        } catch (const Poco::Exception&) {
            throw Ended(line_.broken());
        }
        if (got <= 0) {
            throw Ended(line_.broken());
        }
        received_.append(buffer.data(), static_cast<std::size_t>(got));
    }
    std::string line = received_.substr(at_, end - at_);
    at_ = end + 1;
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

SmtpReply SmtpDialogue::hear() {
    SmtpReply reply;
    for (std::size_t size = 0;;) {
        const std::string line = next_line(longest_reply);
        size += line.size() + 1;
        const bool is_proper = line.size() >= 3 &&
                               std::all_of(line.begin(), line.begin() + 3, is_digit) &&
                               (line.size() == 3 || line[3] == ' ' || line[3] == '-');
        if (!is_proper || size > longest_reply) {
            throw no_smtp();
        }
        reply.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        if (line.size() == 3 || line[3] == ' ') {
            reply.text.append(line.substr(std::min<std::size_t>(line.size(), 4))).append("\n");
            return reply;
        }
        reply.text.append(line.substr(4)).append("\n");
    }
}

SmtpReply SmtpDialogue::say(std::string_view command) {
    send(std::string(command).append("\r\n"));
    return hear();
}

SmtpReply SmtpDialogue::tell(std::string_view mail) {
    std::string stuffed;
    stuffed.reserve(mail.size() + 64);
    bool at_line_start = true;
    for (const char c : mail) {
        if (at_line_start && c == '.') {
            stuffed += '.';
        }
        stuffed += c;
        at_line_start = c == '\n';
    }
    send(stuffed.append(at_line_start ? ".\r\n" : "\r\n.\r\n"));
    return hear();
}

void SmtpDialogue::send(std::string_view bytes) {
    constexpr std::size_t most = 64 * 1024;
    try {
        while (!bytes.empty()) {
            const auto size = static_cast<int>(std::min(bytes.size(), most));
            const int sent = line_.socket().sendBytes(bytes.data(), size);
            if (sent <= 0) {
                throw Ended(line_.broken());
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    } catch (const Poco::Exception&) {
        throw Ended(line_.broken());
    }
}

}  // namespace pf::host::services
