// CollectionDiff: what two collections say differently about the same resources.
#pragma once

#include <string>
#include <vector>

#include "host/cli/diff/collection_file.hpp"

namespace pf::host::cli {

// One key that differs. The values are JSON texts; empty = the key is not there.
struct KeyChange {
    std::string path;  // "data.nics[0].mac_address"
    std::string before;
    std::string after;
};

// A resource that differs.
struct Difference {
    Identity identity;
    std::string name;
    std::vector<KeyChange> keys;  // of a changed one
};

// A resource that one collection has more than once.
struct Repetition {
    Identity identity;
    std::string name;
    std::size_t before = 0;
    std::size_t after = 0;
};

enum class Verdict {
    equal,
    different,
    unknown,  // equal as far as can be seen, but something is missing or cannot be matched
};

struct CollectionDiff {
    std::vector<Difference> created;
    std::vector<Difference> removed;
    std::vector<Difference> changed;
    std::vector<Difference> unmatched;  // without an id, and only in one of the two
    std::vector<Repetition> repeated;
    std::size_t equal = 0;
    bool is_before_whole = true;  // else what is created may have been there
    bool is_after_whole = true;   // else what is removed may still be there

    Verdict verdict() const;
};

// Compares resources by their identity, whatever order they and their keys come in. Lists are
// compared element by element when they are as long. `ignored` are dotted paths that do not count,
// with all below them; an element of a list has the path of the list.
CollectionDiff compare_collections(const CollectionFile& before, const CollectionFile& after,
                                   const std::vector<std::string>& ignored);

}  // namespace pf::host::cli
