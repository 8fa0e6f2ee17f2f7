#include "host/cloudforet/roles/cost_request.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "host/runtime/request_values.hpp"

namespace pf::host::cloudforet {
namespace {

using nlohmann::json;

// Takes an option out of the object; null when it is absent or blank.
json take(json& options, const char* name) {
    json value;
    if (const auto found = options.find(name); found != options.end()) {
        if (!runtime::is_blank(*found)) {
            value = std::move(*found);
        }
        options.erase(found);
    }
    return value;
}

// A form keeps an object as its text, and a model may stand somewhere else ("config://NAME").
Status read_model(const json& value, CostRequest& request) {
    if (value.is_null()) {
        return {};
    }
    if (!value.is_object() && !value.is_string()) {
        return runtime::bad_value("options.cost_model", "must be an object or a reference");
    }
    if (value.is_string()) {
        const json inner = json::parse(value.get_ref<const std::string&>(), nullptr, false);
        request.model = inner.is_object() ? inner.dump() : value.dump();
        return {};
    }
    request.model = value.dump();
    return {};
}

Status read_backfill(const json& value, CostRequest& request) {
    if (value.is_null()) {
        return {};
    }
    const Result<std::uint32_t> months =
        runtime::read_whole(value, "options.backfill_months", 0, cost::most_months_back);
    if (!months) {
        return months.status();
    }
    request.backfill_months = *months;
    return {};
}

Status read_running_time(const json& value, CostRequest& request) {
    if (!value.is_null() && value != "measured" && value != "assumed") {
        return runtime::bad_value("options.running_time", "must be measured or assumed");
    }
    request.assumes_running_time = value == "assumed";
    return {};
}

}  // namespace

Result<CostRequest> parse_cost_options(std::string_view text) {
    Result<json> options = runtime::parse_object(text, "options");
    if (!options) {
        return options.status();
    }
    CostRequest request;
    if (Status status = read_model(take(*options, "cost_model"), request); !status.ok()) {
        return status;
    }
    if (Status status = read_backfill(take(*options, "backfill_months"), request); !status.ok()) {
        return status;
    }
    if (Status status = read_running_time(take(*options, "running_time"), request); !status.ok()) {
        return status;
    }
    // CloudForet adds it to every call; which secret it is makes no difference here.
    static_cast<void>(take(*options, "secret_type"));
    if (!take(*options, "account_id").is_null()) {
        return runtime::bad_value(
            "options.account_id",
            "would be the account of every secret, and costs of one would replace those of "
            "another; write it into the secret");
    }
    Result<runtime::Options> rest = runtime::parse_options(options->dump());
    if (!rest) {
        return rest.status();
    }
    request.prism.options = std::move(*rest);
    return request;
}

Status add_cost_targets(std::string_view secret, CostRequest& request) {
    Result<std::vector<runtime::TargetRequest>> targets =
        runtime::parse_secret(secret, request.prism.options);
    if (!targets) {
        return targets.status();
    }
    request.prism.targets = std::move(*targets);
    return {};
}

Result<SyncWish> parse_sync_wish(std::string_view start, std::string_view last_synchronized_at) {
    SyncWish wish;
    if (!start.empty()) {
        wish.start = cost::parse_month(start);
        if (!wish.start) {
            return runtime::bad_value("start", "must be a month, YYYY-MM");
        }
    }
    if (!last_synchronized_at.empty()) {
        wish.last_synchronized = cost::parse_sync_time(last_synchronized_at);
        if (!wish.last_synchronized) {
            return runtime::bad_value("last_synchronized_at", "must be a time as ISO 8601 has it");
        }
    }
    return wish;
}

}  // namespace pf::host::cloudforet
