// Files of a module: read once into memory, so that what is checked, hashed, copied and loaded are
// the same bytes, whatever happens to the file meanwhile.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::loader {

// The bytes of a regular file (links are followed) of at most `limit` bytes. Fails with NOT_FOUND
// when there is none, else FAILED_PRECONDITION, both ERROR_MODULE_FILE.
Result<std::string> read_file(const std::filesystem::path& file, std::size_t limit);

// A warning for each of `file` and its directory that everybody may write to.
std::vector<std::string> open_to_all(const std::filesystem::path& file);

// SHA-256 in lower-case hexadecimal.
std::string sha256_hex(std::string_view bytes);

// Where private copies go, best place first: under `state_dir` unless that is empty, then under a
// directory of this user's in the temporary directory.
std::vector<std::filesystem::path> copy_places(const std::filesystem::path& state_dir);

// Writes `bytes` to <place>/gen/<sha256>/<name>.so and returns that absolute path. Directories made
// are for this user alone; one that is not is refused. A copy that is there already is used again,
// never overwritten, as it may be mapped. Copies unused for 30 days are removed.
Result<std::filesystem::path> place_copy(const std::filesystem::path& place,
                                         const std::string& sha256, const std::string& name,
                                         std::string_view bytes);

}  // namespace pf::host::loader
