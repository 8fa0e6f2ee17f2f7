#include "tests/prism_sim/v3/list_request.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pf::sim::v3 {
namespace {

using nlohmann::json;

constexpr std::int64_t kFurthest = 1'000'000'000'000;

std::optional<Refusal> read_count(const json& body, const char* name, std::int64_t least,
                                  std::uint64_t& value) {
    const auto found = body.find(name);
    if (found == body.end()) return std::nullopt;
    if (!found->is_number_integer()) return unprocessable(std::string(name) + " is not an integer");
    const auto number = found->get<std::int64_t>();
    if (number < least)
        return unprocessable(std::string(name) + " must be at least " + std::to_string(least));
    value = static_cast<std::uint64_t>(std::min(number, kFurthest));
    return std::nullopt;
}

std::optional<Refusal> read_text(const json& body, const char* name, std::string& value) {
    const auto found = body.find(name);
    if (found == body.end()) return std::nullopt;
    if (!found->is_string()) return unprocessable(std::string(name) + " is not a string");
    value = found->get<std::string>();
    return std::nullopt;
}

std::optional<Refusal> read_order(const json& body, ListRequest& request) {
    std::string order = "ASCENDING";
    if (auto problem = read_text(body, "sort_attribute", request.sort_attribute)) return problem;
    if (auto problem = read_text(body, "sort_order", order)) return problem;
    if (order != "ASCENDING" && order != "DESCENDING")
        return unprocessable("sort_order must be ASCENDING or DESCENDING");
    request.descending = order == "DESCENDING";
    return std::nullopt;
}

std::optional<Refusal> read_filter(const json& body, ListRequest& request) {
    std::string text;
    if (auto problem = read_text(body, "filter", text)) return problem;
    if (text.empty()) return std::nullopt;
    request.filter = Fiql::parse(text);
    if (!request.filter) return unprocessable("filter is not FIQL: " + text);
    return std::nullopt;
}

}  // namespace

std::variant<ListRequest, Refusal> parse_list_request(std::string_view text, std::string_view kind,
                                                      LengthOver500 reading) {
    ListRequest request;
    if (text.empty()) return request;
    const json body = json::parse(text, nullptr, false);
    if (!body.is_object()) return unprocessable("the request body is not a JSON object");
    std::string asked(kind);
    if (auto problem = read_text(body, "kind", asked)) return *problem;
    if (asked != kind) return unprocessable("kind must be " + std::string(kind));
    if (auto problem = read_count(body, "offset", 0, request.offset)) return *problem;
    if (auto problem = read_count(body, "length", 1, request.length)) return *problem;
    if (request.length > kMostPerPage && reading == LengthOver500::refused)
        return unprocessable("length must not exceed " + std::to_string(kMostPerPage));
    request.length = std::min(request.length, kMostPerPage);
    if (auto problem = read_order(body, request)) return *problem;
    if (auto problem = read_filter(body, request)) return *problem;
    return request;
}

}  // namespace pf::sim::v3
