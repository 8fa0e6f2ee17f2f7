#include "tests/bench/row_tally.hpp"

#include <cstring>

namespace pf::bench {
namespace {

// reference is the last member of a resource: {resource_id, external_link}.
constexpr std::size_t tail = 400;
constexpr std::string_view key = "resource_id";
constexpr std::size_t uuid = 36;

}  // namespace

void RowTally::add(std::string_view row) {
    ++rows;
    bytes += row.size();
    // The first field is the state; 5 is FAILURE.
    failures += row.size() > 1 && row[0] == 0x08 && row[1] == 0x05 ? 1 : 0;
    const std::string_view end = row.substr(row.size() > tail ? row.size() - tail : 0);
    const auto* at =
        static_cast<const char*>(memmem(end.data(), end.size(), key.data(), key.size()));
    if (at == nullptr) {
        return;
    }
    // Behind the key: the value's tag and length, the text's tag and length.
    const char* const id = at + key.size() + 4;
    if (id + uuid > end.data() + end.size() || id[-1] != static_cast<char>(uuid)) {
        return;
    }
    ++machines;
    machine_bytes += row.size();
    ids.insert({id, uuid});
}

}  // namespace pf::bench
