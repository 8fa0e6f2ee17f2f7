#include "host/cloudforet/roles/log_request.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "host/cloudforet/iso_time.hpp"
#include "host/cloudforet/struct_json.hpp"
#include "host/runtime/request_values.hpp"
#include "spaceone/api/monitoring/plugin/log.pb.h"

namespace pf::host::cloudforet {
namespace {

constexpr std::size_t longest_keyword = 1024;

Status read_time(const std::string& text, const char* key, std::optional<std::int64_t>& into) {
    if (text.empty()) {
        return {};
    }
    into = parse_iso_time(text);
    return into ? Status() : runtime::bad_value(key, "must be a time as ISO 8601 has it");
}

Status read_sort(const spaceone::api::monitoring::plugin::LogRequest& request,
                 const std::vector<LogField>& fields, LogWish& wish) {
    if (!request.has_sort() || request.sort().key().empty()) {
        return {};
    }
    const std::string& key = request.sort().key();
    std::string names;
    for (const LogField& field : fields) {
        if (!field.is_sortable) {
            continue;
        }
        names += (names.empty() ? "" : ", ") + field.key;
        if (field.key == key) {
            wish.sort_key = key;
        }
    }
    if (wish.sort_key.empty()) {
        return runtime::bad_value("sort.key", "must be one of " + names);
    }
    wish.is_descending = request.sort().desc();
    return {};
}

Status read_limit(std::int32_t limit, const LogLimits& limits, LogWish& wish) {
    if (limit < 0 || static_cast<std::uint32_t>(limit) > limits.most) {
        return runtime::bad_value("limit", "must be 0 to " + std::to_string(limits.most));
    }
    wish.limit = limit == 0 ? limits.usual : static_cast<std::uint32_t>(limit);
    return {};
}

}  // namespace

Result<LogWish> read_log_wish(const spaceone::api::monitoring::plugin::LogRequest& request,
                              const std::vector<LogField>& fields, const LogLimits& limits) {
    if (request.query().fields().empty()) {
        return runtime::missing_key("query");
    }
    auto resource = read_monitored(nlohmann::json::parse(struct_to_json(request.query())), "query");
    if (!resource) {
        return resource.status();
    }
    LogWish wish;
    wish.resource = std::move(*resource);
    if (request.keyword().size() > longest_keyword) {
        return runtime::bad_value("keyword", "must be at most 1024 bytes long");
    }
    wish.keyword = request.keyword();
    for (Status status :
         {read_time(request.start(), "start", wish.from), read_time(request.end(), "end", wish.to),
          read_sort(request, fields, wish), read_limit(request.limit(), limits, wish)}) {
        if (!status.ok()) {
            return status;
        }
    }
    if (wish.from && wish.to && *wish.from >= *wish.to) {
        return runtime::bad_value("end", "must be after start");
    }
    return wish;
}

}  // namespace pf::host::cloudforet
