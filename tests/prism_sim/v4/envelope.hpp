#pragma once
// The response envelope of v4: metadata with flags and links around data, and the two error forms.

#include <optional>
#include <string_view>

#include "tests/prism_sim/net/message.hpp"
#include "tests/prism_sim/v4/object_writer.hpp"
#include "tests/prism_sim/v4/query.hpp"

namespace pf::sim {

struct PageWindow {
    std::uint64_t page = 0;
    std::uint32_t limit = 50;
    std::uint64_t total = 0;
    bool is_paginated = true;
    std::optional<bool> is_truncated{};         ///< Nothing: no such flag.
    std::optional<std::uint64_t> told_total{};  ///< totalAvailableResults; nothing: left out.
};

/// `"metadata":{...}` of a list: flags, self/first/prev/next/last links, totalAvailableResults.
void write_list_metadata(ObjectWriter& out, const Request& request, const PageWindow& window);
/// `"metadata":{...}` of a single object.
void write_item_metadata(ObjectWriter& out, const Request& request);

/// An application error: one AppMessage.
struct AppError {
    std::uint32_t status = 404;
    std::string_view message, group;
    std::string_view argument, value;  ///< One entry of argumentsMap; empty name: none.
};
/// `name_space` is "vmm"; `envelope` the $objectType of the endpoint's answer.
void write_app_error(Response& response, ObjectWriter& out, std::string_view name_space,
                     std::string_view envelope, const AppError& error);
/// A 400 that names one parameter.
void write_schema_error(Response& response, ObjectWriter& out, std::string_view name_space,
                        std::string_view envelope, const Request& request,
                        const QueryProblem& problem);

}  // namespace pf::sim
