#include "host/services/statistics_request.hpp"

#include <chrono>

#include "host/services/stats_query.hpp"

namespace pf::host::services {
namespace {

std::string span_query(const StatisticsWish& wish) {
    using std::chrono::seconds;
    using std::chrono::sys_seconds;
    return stats_query(sys_seconds(seconds(wish.from_s)), sys_seconds(seconds(wish.to_s)),
                       seconds(wish.step_s), wish.type, wish.v4_fields);
}

std::string base_path(const EndpointV4& v4, const std::string& version) {
    return "/api/" + v4.api_namespace + "/" + version + "/" + v4.path;
}

void replace(std::string& path, std::string_view mark, const std::string& text) {
    if (const auto at = path.find(mark); at != std::string::npos) {
        path.replace(at, mark.size(), percent_encoded(text));
    }
}

std::string filter_text(IdFilter filter, std::span<const std::string> ids) {
    std::string text = filter == IdFilter::in ? "extId in (" : "";
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (filter == IdFilter::in) {
            text += (i == 0 ? "'" : ",'") + ids[i] + "'";
        } else {
            text += (i == 0 ? "extId eq '" : " or extId eq '") + ids[i] + "'";
        }
    }
    return filter == IdFilter::in ? text + ")" : text;
}

}  // namespace

prism::Request list_statistics(const EndpointV4& v4, const std::string& version,
                               const StatisticsWish& wish, IdFilter filter,
                               std::span<const std::string> ids, std::uint64_t page,
                               std::size_t page_size) {
    prism::Request request;
    request.path = base_path(v4, version) + "?%24page=" + std::to_string(page) +
                   "&%24limit=" + std::to_string(page_size) + "&" + span_query(wish);
    if (filter != IdFilter::none) {
        request.path += "&%24filter=" + percent_encoded(filter_text(filter, ids));
    }
    return request;
}

prism::Request entity_statistics(const EndpointV4& v4, const std::string& version,
                                 const StatisticsWish& wish, std::size_t entity) {
    prism::Request request;
    request.path = base_path(v4, version);
    if (request.path.find(Endpoint::parent_mark) == std::string::npos) {
        request.path.append("/").append(percent_encoded(wish.ids[entity]));
    }
    replace(request.path, Endpoint::parent_mark, wish.ids[entity]);
    replace(request.path, Endpoint::cluster_mark,
            wish.clusters.empty() ? std::string() : wish.clusters[entity]);
    request.path.append("?").append(span_query(wish));
    return request;
}

// The descriptor's schema and the desk leave no character in these words that JSON would have to
// escape.
prism::Request group_statistics(const EndpointV3& v3, const StatisticsWish& wish,
                                std::span<const std::string> ids, std::uint64_t offset,
                                std::size_t count) {
    prism::Request request;
    request.method = prism::Method::post;
    request.path = "/api/nutanix/v3/" + v3.path;
    std::string& body = request.body;
    body = R"({"entity_type":")" + v3.kind + R"(","group_member_attributes":[)";
    for (std::size_t i = 0; i < wish.v3_fields.size(); ++i) {
        body.append(i == 0 ? "" : ",").append(R"({"attribute":")").append(wish.v3_fields[i]);
        body.append(R"(","operation":")").append(wish.type).append("\"}");
    }
    body += "]";
    for (std::size_t i = 0; i < ids.size(); ++i) {
        body.append(i == 0 ? R"(,"entity_ids":[")" : R"(",")").append(ids[i]);
    }
    body += ids.empty() ? "" : "\"]";
    body += R"(,"group_member_offset":)" + std::to_string(offset) + R"(,"group_member_count":)" +
            std::to_string(count) + R"(,"interval_start_ms":)" +
            std::to_string(wish.from_s * 1000) + R"(,"interval_end_ms":)" +
            std::to_string(wish.to_s * 1000) + R"(,"downsampling_interval":)" +
            std::to_string(wish.step_s) + "}";
    return request;
}

}  // namespace pf::host::services
