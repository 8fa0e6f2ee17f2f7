// SnapshotRow: what a watch keeps of one resource, and how it is packed.
//
// A field is a part of a row that is compared on its own: "name", "data.nics",
// "data.compute.instance_state". Fields of one group ("data.compute") come and go together: a group
// that a row lacks is unknown to it, not empty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pf::host::state {

// No longer values are kept; of longer ones only whether they changed is known.
inline constexpr std::size_t longest_kept_value = 64;  // bytes

struct SnapshotField {
    std::string name;
    std::string value;  // the same text for the same content; never empty
};

struct FieldSet {
    // How the fields were made, e.g. the version of what made them; without newline. Between sets
    // of two forms, fields that only one has are no change.
    std::string form;
    std::vector<SnapshotField> fields;  // sorted by name, each name once; names have no newline
};

struct SnapshotRow {
    std::string account;
    std::string kind;
    std::string id;  // of the resource within the two
    std::string name;
    std::string region;
    std::vector<std::string> categories;  // "key=value"
    FieldSet content;
};

struct FieldChange {
    std::string name;
    // Empty = the field is not there. "#..." = a value that is too long to be kept.
    std::string before;
    std::string after;
};

// A row's fields in few bytes: rows of the same make share their names.
struct PackedFields {
    std::string names;        // the form and the names, one per line
    std::int64_t layout = 0;  // tells `names` apart from others
    std::string values;       // in the order of the names, each with its length in front
};

// The group of a field: "data.compute" of "data.compute.core", "name" of "name".
std::string_view group_of(std::string_view field) noexcept;

PackedFields pack(const FieldSet& content);
// False: the two are not what pack() made.
bool unpack(std::string_view names, std::string_view values, FieldSet& content);

// What is known after `after` was seen: all of it, and of `before` the groups that it lacks. Of
// another form nothing is taken over.
FieldSet merged(const FieldSet& before, const FieldSet& after);
// The fields whose values differ, by name, of the groups that both have. Both are as unpack() made
// them.
std::vector<FieldChange> changes(const FieldSet& before, const FieldSet& after);

}  // namespace pf::host::state
