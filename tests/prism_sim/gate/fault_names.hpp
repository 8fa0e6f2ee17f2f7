#pragma once
// What can go wrong on purpose, by the moment at which it does.
// README.md says what each name does. A new fault is one line in the table of fault_names.cpp and
// its effect in the file of its stage.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::sim {

/// When a fault does its work on the way of a request.
enum class FaultStage : std::uint8_t {
    request,   ///< Before the answer is made: the site or the request changes.
    answer,    ///< Instead of the API (Simulation::answer_by_fault).
    list,      ///< In the entries of a finished list (list_faults.cpp).
    text,      ///< In the bytes of a finished answer (text_faults.cpp).
    delivery,  ///< While the answer is sent (delivery_faults.cpp).
};

enum class FaultKind : std::uint8_t {
    vm_goes,
    vm_comes,
    expire_sessions,
    repeat_page,

    html,
    status,
    rate_limit_in_400,
    unauthorized,
    forbidden,
    empty_body,
    redirect,
    body,

    set_field,
    drop_field,
    repeat_field,
    invalid_utf8,
    lone_surrogate,
    nul,
    rtl,
    control,
    raw_control,
    nan,
    infinity,
    huge_number,
    huge_string,
    deep,
    many_keys,
    duplicate_entry,
    repeated_entry,
    shifted_entry,
    drop_entry,
    empty_page,
    total,

    bom,
    trailing_garbage,
    truncated,

    drop,
    slow,
    silent,
    huge,
    close_idle,
    announce_close,
    stall,
    reset,
    not_http,
    endless_headers,
    big_headers,
    length,
    bad_length,
    two_lengths,
    length_and_chunked,
    no_length,
    chunked,
    bad_chunk_size,
    early_end,
    endless_chunks,
    gzip,
    gzip_bomb,
};

/// The kind called `name`; status-NNN is not among them.
std::optional<FaultKind> fault_kind(std::string_view name);
/// When faults of this kind do their work.
FaultStage stage_of(FaultKind kind);
/// Every name, with commas, for messages.
std::string fault_names();

}  // namespace pf::sim
