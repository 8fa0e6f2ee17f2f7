// The dialogue of SMTP (RFC 5321): commands and replies over a Line.
//
// Not Poco's session: that one reads replies without any limit, keeps what came in clear text
// before TLS began in its reach, and waits for a farewell when it dies.
#pragma once

#include <string>
#include <string_view>

#include "host/services/outbound/line.hpp"

namespace pf::host::services {

// What the server replied. Its text may repeat what it was told and is for no message.
struct SmtpReply {
    int code = 0;
    std::string text;  // lines without their codes, each ended by '\n'
};

// Used by one thread; `line` outlives it.
class SmtpDialogue {
  public:
    static constexpr std::size_t longest_reply = 64 * 1024;

    explicit SmtpDialogue(Line& line) : line_(line) {}
    // The next reply. Throws Ended.
    SmtpReply hear();
    // Says one command, given without its line end, and hears the reply. Throws Ended.
    SmtpReply say(std::string_view command);
    // Sends the text of a mail, whose lines end in CR LF, and hears the reply. Throws Ended.
    SmtpReply tell(std::string_view mail);
    // Whether the server has said more than was asked for, or is about to.
    bool is_ahead() const noexcept { return at_ < received_.size(); }

  private:
    std::string next_line(std::size_t limit);
    void send(std::string_view bytes);

    Line& line_;
    std::string received_;
    std::size_t at_ = 0;
};

}  // namespace pf::host::services
