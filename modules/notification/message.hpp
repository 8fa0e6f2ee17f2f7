// Message: what a notification of CloudForet says, whatever types its senders used.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <prismforet/module.hpp>

namespace notification {

// A fact that was added to the message. One of the two may be empty.
struct Tag {
    std::string key;
    std::string value;
};

// Where people can go from the message.
struct Callback {
    std::string label;  // never empty
    std::string url;    // http or https; never empty
};

// Texts have no control characters but '\n' in `description`; what is missing is empty.
struct Message {
    pf::NoticeLevel level = pf::NoticeLevel::info;
    std::string title;        // one line, never empty
    std::string description;  // never the same as the title
    std::string link;         // http or https
    std::string image;        // http or https
    std::string occurred;     // as the sender wrote it
    std::string domain;
    std::vector<Tag> tags;
    std::vector<Callback> callbacks;

    // The link, then the callbacks; at most `most`.
    std::vector<Callback> ways(std::size_t most) const;
    // When and where from, on one line; empty when neither is known.
    std::string origin() const;
};

// Reads what CloudForet sent. Takes at most 30 tags and 10 callbacks, and cuts long texts.
Message read_message(const pf::Notice& notice);

// "info", "success", "warning" or "error".
std::string_view word_of(pf::NoticeLevel level);
// "[ERROR] title", on one line; at most `most` UTF-16 units.
std::string headline(const Message& message, std::size_t most);

}  // namespace notification
