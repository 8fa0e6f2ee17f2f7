// Texts of messages: of any JSON value, without control characters, and never longer than asked.
//
// Lengths are UTF-16 units, as those who receive the texts count: 2 for an emoji, 1 for most else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <prismforet/module.hpp>

namespace notification {

// The character that `text`, which is not empty, begins with.
std::string_view first_character(std::string_view text);

// UTF-16 units of `text`.
std::size_t length_of(std::string_view text);

// What a function makes of a character; `before` is the text in front of it.
using Escape = void (*)(std::string& out, std::string_view character, std::string_view before);

// The text with each character as `escape` writes it, or as it is when null. When that is longer
// than `most`, it is cut between two characters and ends with "…".
std::string fit(std::string_view text, std::size_t most, Escape escape = nullptr);

// A value of any type as a text: numbers and truths as JSON writes them, elements of a list with
// commas between them, members of an object as "key: value". Nothing for null. Control characters
// are blanks, but lines stay lines; blanks at both ends are gone. At most `most`.
std::string text_of(pf::Value value, std::size_t most);
// The same on one line.
std::string line_of(pf::Value value, std::size_t most);
std::string line_of(std::string_view text, std::size_t most);

// An http or https address that needs no further escaping in JSON, but for & in HTML. Empty for
// anything else, and for what is longer than 2000 bytes.
std::string address_of(pf::Value value);

// Appends the character as HTML writes it in texts and in attributes.
void escape_html(std::string& out, std::string_view character, std::string_view before);

}  // namespace notification
