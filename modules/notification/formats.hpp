// The formats: each makes of a message what one kind of receiver reads. The same message makes the
// same bytes.
#pragma once

#include <string>

#include "message.hpp"

namespace notification {

// Our own JSON object, "prismforet/notification/1"; the README tells its members.
std::string webhook(const Message& message);

// The body for an incoming webhook of Slack, or of what understands the same.
std::string slack(const Message& message);

// The body for a webhook of Microsoft Teams: an Adaptive Card, at most 28,000 bytes.
std::string teams(const Message& message);

struct Mail {
    std::string subject;  // one line of at most 200 UTF-16 units
    std::string text;     // lines end with '\n'; they are not wrapped
    std::string html;     // the same as a whole page
};
Mail email(const Message& message);

}  // namespace notification
