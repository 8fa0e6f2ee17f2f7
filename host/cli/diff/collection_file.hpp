// CollectionFile: a collection as `collect -o ndjson` writes it, read back.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/resource_json.hpp"

namespace pf::host::cli {

struct CollectedRow {
    Identity identity;  // without an id the row cannot be matched
    std::string name;
    std::string text;      // JSON text of the resource
    std::size_t line = 0;  // in the file, from 1
};

struct CollectionFile {
    std::vector<CollectedRow> rows;
    // Why not everything is in it; empty when the collection says that it is complete. A file
    // without a summary was cut.
    std::vector<std::string> gaps;
};

// Reads the text of a file. INVALID_ARGUMENT (ERROR_COLLECTION_FILE) with the line for what is no
// collection: half of one would show resources as removed that are there.
Result<CollectionFile> parse_collection(std::string_view text);

// Reads a file; "-" is standard input. Fails with ERROR_COLLECTION_FILE, which names the file.
Result<CollectionFile> read_collection(const std::string& path);

}  // namespace pf::host::cli
