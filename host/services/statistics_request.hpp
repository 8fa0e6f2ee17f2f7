// The requests that read statistics: how entities, a span of time and metrics are put into Prism's
// words. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/prism/target.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::services {

// What is to be read.
struct StatisticsWish {
    std::vector<std::string> ids;       // of entities; UUIDs
    std::vector<std::string> clusters;  // of each, or empty
    std::vector<std::string> v4_fields;
    std::vector<std::string> v3_fields;
    std::string type;         // AVG, MAX, MIN, SUM, LAST
    std::int64_t from_s = 0;  // UTC seconds, half open
    std::int64_t to_s = 0;
    std::int64_t step_s = 60;
};

// How the list of v4 is asked for chosen entities.
enum class IdFilter : std::uint8_t {
    in,      // extId in ('a','b')
    either,  // extId eq 'a' or extId eq 'b'
    none,    // the list takes no filter
};

// Some of the list's entities, in one answer; without a filter, the page number `page` of all.
prism::Request list_statistics(const EndpointV4& v4, const std::string& version,
                               const StatisticsWish& wish, IdFilter filter,
                               std::span<const std::string> ids, std::uint64_t page,
                               std::size_t page_size);
// One entity of a list, or of an endpoint below {parent}.
prism::Request entity_statistics(const EndpointV4& v4, const std::string& version,
                                 const StatisticsWish& wish, std::size_t entity);
// Rows of POST groups of v3; all entities when `ids` is empty.
prism::Request group_statistics(const EndpointV3& v3, const StatisticsWish& wish,
                                std::span<const std::string> ids, std::uint64_t offset,
                                std::size_t count);

}  // namespace pf::host::services
