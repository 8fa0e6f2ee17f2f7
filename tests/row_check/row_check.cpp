#include "tests/row_check/row_check.hpp"

#include <nlohmann/json.hpp>

#include "tests/row_check/envelope_check.hpp"
#include "tests/row_check/findings.hpp"
#include "tests/row_check/payload_check.hpp"
#include "tests/row_check/resource_check.hpp"
#include "tests/row_check/run_check.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

std::string state_name(std::uint64_t state) {
    if (state == state_success) return "SUCCESS";
    if (state == state_failure) return "FAILURE";
    return std::to_string(state);
}

}  // namespace

struct RowCheck::Impl {
    explicit Impl(RowCheckOptions given)
        : options(std::move(given)), findings(options.kept_per_rule) {}

    void check_bytes(RowScope& scope, std::string_view row_bytes) const {
        constexpr std::size_t largest = 1024U * 1024U;
        if (row_bytes.size() > largest) {
            scope.fail("row.size", "row", std::to_string(row_bytes.size()) + " bytes");
        }
        for (const std::string& secret : options.forbidden_texts) {
            if (!secret.empty() && row_bytes.find(secret) != std::string_view::npos) {
                scope.fail("row.secret_text", "row", "carries a text declared secret");
            }
        }
    }

    void count(const DecodedRow& row) {
        ++by_type[row.resource_type];
        ++by_state[state_name(row.state)];
        constexpr std::size_t kept_messages = 100;
        if (row.state == state_failure && messages.size() < kept_messages) {
            messages.push_back(row.message);
        }
    }

    void check_resource(RowScope& scope, const DecodedRow& row) {
        const json& resource = row.resource;
        json parsed;
        if (row.resource_type == "inventory.CloudService") {
            run.add_service(scope, resource, check_cloud_service(scope, resource, parsed));
        } else if (row.resource_type == "inventory.CloudServiceType") {
            run.add_type(resource, check_cloud_service_type(scope, resource, parsed));
        } else if (row.resource_type == "inventory.Region") {
            check_region(scope, resource);
            run.add_region(resource);
        } else if (row.resource_type == "inventory.Namespace") {
            check_namespace(scope, resource);
            run.add_namespace(resource);
        } else if (row.resource_type == "inventory.Metric") {
            check_metric(scope, resource);
            run.add_metric(scope, resource);
        }
        check_loose_values(scope, resource);
    }

    RowCheckOptions options;
    Findings findings;
    RunCheck run;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    std::map<std::string, std::uint64_t> by_type;
    std::map<std::string, std::uint64_t> by_state;
    std::vector<std::string> messages;
};

RowCheck::RowCheck(RowCheckOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
RowCheck::~RowCheck() = default;
RowCheck::RowCheck(RowCheck&&) noexcept = default;
RowCheck& RowCheck::operator=(RowCheck&&) noexcept = default;

void RowCheck::add(std::string_view resource_info_bytes) {
    ++impl_->rows;
    impl_->bytes += resource_info_bytes.size();
    RowScope scope(impl_->findings, impl_->options, impl_->rows);
    impl_->check_bytes(scope, resource_info_bytes);
    DecodedRow row;
    if (!decode_resource_info(resource_info_bytes, row, scope.sink())) return;
    scope.describe_row(row);
    impl_->count(row);
    check_envelope(scope, row);
    if (row.resource.empty()) return;
    if (row.state == state_failure) {
        check_failure_payload(scope, row);
        check_loose_values(scope, row.resource);
        return;
    }
    impl_->check_resource(scope, row);
    check_match_rules(scope, row);
}

std::vector<Violation> RowCheck::finish() const {
    std::vector<Violation> violations = impl_->findings.list();
    if (impl_->options.whole_run) impl_->run.find_missing(violations);
    return violations;
}

std::vector<Violation> RowCheck::notes() const { return impl_->run.notes(); }

std::uint64_t RowCheck::count_of(std::string_view rule) const {
    return impl_->findings.count_of(rule);
}

std::uint64_t RowCheck::rows() const { return impl_->rows; }
std::uint64_t RowCheck::bytes() const { return impl_->bytes; }

const std::map<std::string, std::uint64_t>& RowCheck::rows_by_type() const {
    return impl_->by_type;
}

const std::map<std::string, std::uint64_t>& RowCheck::rows_by_state() const {
    return impl_->by_state;
}

std::size_t RowCheck::unique_services() const { return impl_->run.unique_services(); }

std::vector<std::string> RowCheck::service_ids(std::string_view group,
                                               std::string_view type) const {
    return impl_->run.service_ids(group, type);
}

const std::vector<std::string>& RowCheck::failure_messages() const { return impl_->messages; }

std::string describe(const std::vector<Violation>& violations) {
    std::string text;
    for (const Violation& each : violations) {
        text += each.rule + " | " + each.where + " | " + each.what + "\n";
    }
    return text;
}

std::string row_as_json(std::string_view resource_info_bytes) {
    DecodedRow row;
    std::string error;
    const FaultSink keep_first = [&](std::string_view rule, std::string where, std::string what) {
        if (rule == "row.wire") error = where + ": " + what;
    };
    json document;
    if (decode_resource_info(resource_info_bytes, row, keep_first)) {
        document = {{"state", state_name(row.state)},
                    {"message", row.message},
                    {"resource_type", row.resource_type},
                    {"match_rules", row.match_rules},
                    {"resource", row.resource}};
    } else {
        document = {{"error", error}};
    }
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace pf::test
