#include "tests/prism_sim/gate/fault_names.hpp"

#include <array>

namespace pf::sim {
namespace {

struct FaultName {
    std::string_view name;
    FaultKind kind;
};

constexpr std::array kNames = {
    FaultName{"vm-goes", FaultKind::vm_goes},
    FaultName{"vm-comes", FaultKind::vm_comes},
    FaultName{"expire-sessions", FaultKind::expire_sessions},
    FaultName{"repeat-page", FaultKind::repeat_page},
    FaultName{"html", FaultKind::html},
    FaultName{"rate-limit-in-400", FaultKind::rate_limit_in_400},
    FaultName{"unauthorized", FaultKind::unauthorized},
    FaultName{"forbidden", FaultKind::forbidden},
    FaultName{"empty-body", FaultKind::empty_body},
    FaultName{"redirect", FaultKind::redirect},
    FaultName{"body", FaultKind::body},
    FaultName{"set-field", FaultKind::set_field},
    FaultName{"drop-field", FaultKind::drop_field},
    FaultName{"repeat-field", FaultKind::repeat_field},
    FaultName{"invalid-utf8", FaultKind::invalid_utf8},
    FaultName{"lone-surrogate", FaultKind::lone_surrogate},
    FaultName{"nul", FaultKind::nul},
    FaultName{"rtl", FaultKind::rtl},
    FaultName{"control", FaultKind::control},
    FaultName{"raw-control", FaultKind::raw_control},
    FaultName{"nan", FaultKind::nan},
    FaultName{"infinity", FaultKind::infinity},
    FaultName{"huge-number", FaultKind::huge_number},
    FaultName{"huge-string", FaultKind::huge_string},
    FaultName{"deep", FaultKind::deep},
    FaultName{"many-keys", FaultKind::many_keys},
    FaultName{"duplicate-entry", FaultKind::duplicate_entry},
    FaultName{"repeated-entry", FaultKind::repeated_entry},
    FaultName{"shifted-entry", FaultKind::shifted_entry},
    FaultName{"drop-entry", FaultKind::drop_entry},
    FaultName{"empty-page", FaultKind::empty_page},
    FaultName{"total", FaultKind::total},
    FaultName{"bom", FaultKind::bom},
    FaultName{"trailing-garbage", FaultKind::trailing_garbage},
    FaultName{"truncated", FaultKind::truncated},
    FaultName{"drop", FaultKind::drop},
    FaultName{"slow", FaultKind::slow},
    FaultName{"silent", FaultKind::silent},
    FaultName{"huge", FaultKind::huge},
    FaultName{"close-idle", FaultKind::close_idle},
    FaultName{"announce-close", FaultKind::announce_close},
    FaultName{"stall", FaultKind::stall},
    FaultName{"reset", FaultKind::reset},
    FaultName{"not-http", FaultKind::not_http},
    FaultName{"endless-headers", FaultKind::endless_headers},
    FaultName{"big-headers", FaultKind::big_headers},
    FaultName{"length", FaultKind::length},
    FaultName{"bad-length", FaultKind::bad_length},
    FaultName{"two-lengths", FaultKind::two_lengths},
    FaultName{"length-and-chunked", FaultKind::length_and_chunked},
    FaultName{"no-length", FaultKind::no_length},
    FaultName{"chunked", FaultKind::chunked},
    FaultName{"bad-chunk-size", FaultKind::bad_chunk_size},
    FaultName{"early-end", FaultKind::early_end},
    FaultName{"endless-chunks", FaultKind::endless_chunks},
    FaultName{"gzip", FaultKind::gzip},
    FaultName{"gzip-bomb", FaultKind::gzip_bomb},
};

}  // namespace

std::optional<FaultKind> fault_kind(std::string_view name) {
    for (const FaultName& known : kNames)
        if (known.name == name) return known.kind;
    return std::nullopt;
}

FaultStage stage_of(FaultKind kind) {
    if (kind <= FaultKind::repeat_page) return FaultStage::request;
    if (kind <= FaultKind::body) return FaultStage::answer;
    if (kind <= FaultKind::total) return FaultStage::list;
    if (kind <= FaultKind::truncated) return FaultStage::text;
    return FaultStage::delivery;
}

std::string fault_names() {
    std::string names = "status-NNN";
    for (const FaultName& known : kNames) names.append(", ").append(known.name);
    return names;
}

}  // namespace pf::sim
