// The services that a module without resources has no use for: it reads no list of Prism and writes
// no resource. Each refuses.
#pragma once

#include <cstdint>

#include "prismforet/abi/host.h"

namespace pf::testing {

inline const pf_writer bare_writer{
    sizeof(pf_writer),
    [](pf_call*, std::uint32_t, pf_val, pf_str) noexcept {},
    [](pf_call*, pf_str) noexcept {},
    [](pf_call*, pf_str) noexcept {},
    [](pf_call*, std::int64_t) noexcept {},
    [](pf_call*, double) noexcept {},
    [](pf_call*, std::int32_t) noexcept {},
    [](pf_call*) noexcept {},
    [](pf_call*) noexcept {},
    [](pf_call*) noexcept {},
    [](pf_call*) noexcept {},
    [](pf_call*, pf_str) noexcept {},
    [](pf_call*) noexcept -> pf_status { return PF_FAILED_PRECONDITION; },
    [](pf_call*) noexcept {}};
inline const pf_lists bare_lists{
    sizeof(pf_lists),
    [](pf_call*, const pf_list_request*, pf_list**) noexcept -> pf_status {
        return PF_FAILED_PRECONDITION;
    },
    [](pf_call*, pf_list*, pf_page*) noexcept -> pf_status { return PF_FAILED_PRECONDITION; },
    [](pf_call*, std::uint32_t, pf_str, pf_page*) noexcept -> pf_status {
        return PF_FAILED_PRECONDITION;
    },
    [](pf_call*, std::uint32_t, const pf_str*, std::uint64_t) noexcept -> pf_status {
        return PF_FAILED_PRECONDITION;
    }};
inline const pf_lookups bare_lookups{
    sizeof(pf_lookups),
    [](pf_call*, std::uint32_t, const pf_table**) noexcept -> pf_status {
        return PF_FAILED_PRECONDITION;
    },
    [](const pf_table*, pf_str, std::uint32_t, pf_str*) noexcept -> std::int32_t { return 0; }};

}  // namespace pf::testing
