// Where a fault is met: which API generation, which page of the VM list, which seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pf::test {

enum class Generation { v4, v3 };
enum class Place { first, middle, last };

struct Situation {
    // 13 pages, the last one not full.
    static constexpr std::uint32_t vms = 128;
    static constexpr std::uint32_t page_size = 10;
    static constexpr std::uint64_t last_page = (vms - 1) / page_size;

    Generation generation = Generation::v4;
    Place place = Place::first;
    std::uint64_t seed = 1;

    // The page's number.
    std::uint64_t page() const;
    // How many entities stand on it, and on the pages before it.
    std::uint64_t on_page() const;
    std::uint64_t before() const { return page() * page_size; }
    // Where a field of v4 ("powerState") stands in this generation's entity; what v3 does not have
    // keeps its name.
    std::string field(const std::string& v4_name) const;
    // Part of the path of the VM list.
    std::string list_path() const;
    // For messages and the table.
    std::string generation_name() const { return generation == Generation::v4 ? "v4" : "v3"; }
    std::string place_name() const;
};

// Every situation a case is played in; the places only when the page matters.
std::vector<Situation> all_situations(const std::vector<Generation>& generations, bool by_page);

}  // namespace pf::test
