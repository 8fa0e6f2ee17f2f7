#pragma once
// Bodies with Content-Encoding: gzip.

#include <cstdint>
#include <string>
#include <string_view>

namespace pf::sim {

/// `text` as a gzip file.
std::string gzip(std::string_view text);
/// A gzip file of `text` and then spaces, about `inflated` bytes of them, in a thousandth of that.
std::string gzip_bomb(std::string_view text, std::uint64_t inflated);

}  // namespace pf::sim
