// What a redacted capture keeps: the list of what is known to name nobody and nothing. Everything
// that is not on it is replaced.
#pragma once

#include <string_view>

namespace pf::host::capture {

// Where a text stands in a JSON document.
struct Place {
    std::string_view key;     // the nearest member's name
    std::string_view parent;  // the member that holds the object with that name
    bool is_free = false;     // that object's members are named by an operator
};

// Whether the text may stay: its key is known to hold an enumeration, a version, the name of a type
// or the like, and it has that form; or it is a date or a version of an API whatever the key is.
bool is_kept_text(Place place, std::string_view text);

// Whether a member's name may stay: it looks like a name of the API.
bool is_kept_key(std::string_view key);

// Whether the members of an object that is the value of `key` are named by an operator, as v3's
// categories are.
bool is_free_map(std::string_view key);

// Whether a segment of a request's path is a word of Prism's API.
bool is_kept_segment(std::string_view segment);

// Whether the value of a query parameter is made of names of the API ("$orderby", "$select").
bool is_kept_parameter(std::string_view name);

}  // namespace pf::host::capture
