// The payload of each kind of row, one function per kind.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/row_check/findings.hpp"

namespace pf::test {

// inventory.CloudService; returns its data, however it was sent, or null if it could not be read.
// What was sent as JSON text is kept in `parsed`.
const nlohmann::json* check_cloud_service(RowScope& scope, const nlohmann::json& resource,
                                          nlohmann::json& parsed);

// inventory.CloudServiceType; returns its console metadata, or null, in the same way.
const nlohmann::json* check_cloud_service_type(RowScope& scope, const nlohmann::json& resource,
                                               nlohmann::json& parsed);

// inventory.Region.
void check_region(RowScope& scope, const nlohmann::json& resource);

// inventory.Namespace.
void check_namespace(RowScope& scope, const nlohmann::json& resource);

// inventory.Metric.
void check_metric(RowScope& scope, const nlohmann::json& resource);

}  // namespace pf::test
