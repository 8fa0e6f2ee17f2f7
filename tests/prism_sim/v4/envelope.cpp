#include "tests/prism_sim/v4/envelope.hpp"

#include <chrono>
#include <string>

#include "tests/prism_sim/model/time_text.hpp"

namespace pf::sim {
namespace {

void write_flag(ObjectWriter& out, std::string_view name, bool value) {
    out.open_common_item("common.v1.config.Flag");
    out.plain("name", name);
    out.flag("value", value);
    out.close();
}

void write_flags(ObjectWriter& out, bool has_error, bool is_paginated,
                 std::optional<bool> is_truncated = std::nullopt) {
    out.open_list("flags");
    write_flag(out, "hasError", has_error);
    write_flag(out, "isPaginated", is_paginated);
    if (is_truncated) write_flag(out, "isTruncated", *is_truncated);
    out.close_list();
}

void write_link(ObjectWriter& out, std::string_view href, std::string_view relation) {
    out.open_common_item("common.v1.response.ApiLink");
    out.text("href", href);
    out.plain("rel", relation);
    out.close();
}

// Filters and the like are kept in the links, as a client that follows them needs them.
std::string other_parameters(const Request& request) {
    std::string text;
    for (const auto& [name, value] : request.query)
        if (name != "$page" && name != "$limit") text += "&" + name + "=" + value;
    return text;
}

void open_error(ObjectWriter& out, std::string_view name_space) {
    out.open_item();
    out.open("data");
    out.stamp(std::string(name_space) + ".v4.error.ErrorResponse");
}

void close_error(ObjectWriter& out, std::string_view name_space, std::string_view envelope,
                 std::string_view discriminator) {
    out.plain("$errorItemDiscriminator", discriminator);
    out.close();
    out.plain("$dataItemDiscriminator", std::string(name_space) + ".v4.error.ErrorResponse");
    out.stamp(envelope);
    out.open_common("metadata", "common.v1.response.ApiResponseMetadata");
    write_flags(out, true, false);
    out.close();
    out.close();
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return result;
}

}  // namespace

void write_list_metadata(ObjectWriter& out, const Request& request, const PageWindow& window) {
    const std::string base = "https://" + request.host + request.path + "?$page=";
    const std::string tail = "&$limit=" + std::to_string(window.limit) + other_parameters(request);
    const std::uint64_t last = window.total == 0 ? 0 : (window.total - 1) / window.limit;
    const auto link = [&](std::uint64_t page, std::string_view relation) {
        write_link(out, base + std::to_string(page) + tail, relation);
    };
    out.open_common("metadata", "common.v1.response.ApiResponseMetadata");
    write_flags(out, false, window.is_paginated, window.is_truncated);
    out.open_list("links");
    link(window.page, "self");
    link(0, "first");
    if (window.page > 0 && window.page <= last) link(window.page - 1, "prev");
    if (window.page < last) link(window.page + 1, "next");
    link(last, "last");
    out.close_list();
    if (window.told_total) out.number("totalAvailableResults", *window.told_total);
    out.close();
}

void write_item_metadata(ObjectWriter& out, const Request& request) {
    out.open_common("metadata", "common.v1.response.ApiResponseMetadata");
    write_flags(out, false, false);
    out.open_list("links");
    write_link(out, "https://" + request.host + request.path, "self");
    out.close_list();
    out.close();
}

void write_app_error(Response& response, ObjectWriter& out, std::string_view name_space,
                     std::string_view envelope, const AppError& error) {
    response.status = error.status;
    const std::string type = std::string(name_space) + ".v4.error.AppMessage";
    open_error(out, name_space);
    out.open_list("error");
    out.open_item();
    out.stamp(type);
    out.text("message", error.message);
    out.plain("severity", "ERROR");
    out.plain("code", upper(name_space) + "-40000");
    out.plain("locale", "en-US");
    out.plain("errorGroup", error.group);
    out.open("argumentsMap");
    if (!error.argument.empty()) out.text_by_name(error.argument, error.value);
    out.close();
    out.close();
    out.close_list();
    close_error(out, name_space, envelope, "List<" + type + ">");
}

void write_schema_error(Response& response, ObjectWriter& out, std::string_view name_space,
                        std::string_view envelope, const Request& request,
                        const QueryProblem& problem) {
    using namespace std::chrono;
    response.status = 400;
    const auto now = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    const std::string type = std::string(name_space) + ".v4.error.SchemaValidationError";
    open_error(out, name_space);
    out.open("error");
    out.stamp(type);
    out.plain("timestamp", TimeText(static_cast<std::uint64_t>(now)).micros());
    out.number("statusCode", 400);
    out.plain("error", "Bad Request");
    out.text("path", request.path);
    out.open_list("validationErrorMessages");
    out.open_item();
    out.stamp(type + "Message");
    out.plain("location", "query");
    out.text("message", problem.message);
    out.plain("attributePath", problem.attribute);
    out.close();
    out.close_list();
    out.close();
    close_error(out, name_space, envelope, type);
}

}  // namespace pf::sim
