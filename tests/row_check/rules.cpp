#include <array>

#include "tests/row_check/row_check.hpp"

namespace pf::test {
namespace {

// `section` names the part of CloudForet's protocol facts that the rule reads.
constexpr std::array rules{
    Rule{"row.wire", "5.4", "the bytes are a ResourceInfo message"},
    Rule{"row.unknown_field", "5.4", "no field number that the messages do not have"},
    Rule{"row.utf8", "5.4", "every text is UTF-8"},
    Rule{"row.size", "2.5", "a row is at most 1 MiB"},
    Rule{"row.secret_text", "3.3", "no text that the test declared secret"},
    Rule{"row.state", "5.4", "state is SUCCESS or FAILURE"},
    Rule{"row.resource_type", "5.5", "resource_type is one inventory knows"},
    Rule{"row.resource_missing", "5.6", "a row carries a resource that is not empty"},
    Rule{"row.match_rules_empty", "5.4", "services, types and regions have match_rules"},
    Rule{"match.order_key", "5.4", "keys of match_rules are integers as text"},
    Rule{"match.shape", "5.4", "values of match_rules are lists of paths, not empty"},
    Rule{"match.data_path", "5.4", "no rule uses a data.* path"},
    Rule{"match.convention", "5.4", "rule 1 is the conventional one of its resource type"},
    Rule{"match.value_falsy", "5.4", "every path of a rule has a true value in the row"},
    Rule{"failure.resource_type", "5.6", "a FAILURE row is an inventory.ErrorResource"},
    Rule{"failure.state", "5.5", "an inventory.ErrorResource has state FAILURE"},
    Rule{"failure.message", "5.6", "a FAILURE row has a message"},
    Rule{"failure.payload", "5.6", "an ErrorResource holds only its five keys, as texts"},
    Rule{"payload.required", "6.1-6.5", "required keys are there and not empty"},
    Rule{"payload.unknown_key", "6.1-6.5", "no key that inventory drops (launched_at, ...)"},
    Rule{"payload.inventory_key", "6.1", "no key that inventory sets itself"},
    Rule{"payload.null_value", "6.1", "no null at the top level of a resource"},
    Rule{"payload.text_empty", "2.9", "no empty text at the top level of a resource"},
    Rule{"payload.too_long", "6", "texts keep inventory's maximum length"},
    Rule{"payload.type", "6.1-6.5", "values have the type inventory stores"},
    Rule{"payload.provider", "5.1", "provider is the configured one"},
    Rule{"payload.dotted_name", "6.2", "no dot in provider, group and type"},
    Rule{"payload.tags", "6.1", "tags are an object, or a list of {key, value}"},
    Rule{"payload.both_forms", "6.1", "a document is sent as object or as JSON text, not both"},
    Rule{"payload.json_text", "6.1", "json_data and json_metadata hold the text of an object"},
    Rule{"data.missing", "6.1", "a CloudService has data or json_data"},
    Rule{"data.dollar_key", "6.1", "no key in stored documents begins with $"},
    Rule{"data.dotted_key", "6.1", "no key in stored documents holds a dot"},
    Rule{"data.nul_key", "6.1", "no key holds a NUL"},
    Rule{"data.duplicate_key", "6.1", "no key twice in one object: one value would be lost"},
    Rule{"data.depth", "6.1", "documents nest at most 32 deep"},
    Rule{"data.number_not_finite", "2.6", "numbers are finite"},
    Rule{"data.number_too_big", "2.6", "whole numbers above 2^53 are sent as texts"},
    Rule{"service.resource_id", "5.4", "reference.resource_id is a text and not empty"},
    Rule{"service.external_link", "6.1", "reference.external_link is a text and not empty"},
    Rule{"service.reference_key", "6.1", "reference holds resource_id and external_link only"},
    Rule{"service.instance_size", "6.1", "instance_size is a number"},
    Rule{"service.ip_addresses", "6.1", "ip_addresses is a list of texts up to 255 characters"},
    Rule{"service.metadata_pointer", "7.1", "metadata is the pointer to the row's own type"},
    Rule{"type.labels", "6.2", "labels is a list of texts up to 255 characters"},
    Rule{"region.location", "6.3", "latitude, longitude, continent are texts the map can use"},
    Rule{"namespace.category", "6.4", "category is one of the framework's four"},
    Rule{"catalogue.resource_type", "6.4-6.5", "resource_type is in the form of metrics"},
    Rule{"metric.metric_type", "6.5", "metric_type is COUNTER or GAUGE"},
    Rule{"metric.date_field", "6.5", "date_field is for COUNTER only"},
    Rule{"metric.query_options", "6.5", "query_options can be run and answer `value`"},
    Rule{"run.duplicate_service", "5.4", "no CloudService twice in one run"},
    Rule{"run.region_missing", "8.1", "a region_code used has a Region row in the run"},
    Rule{"run.type_missing", "5.7", "a type used has a CloudServiceType row in the run"},
    Rule{"run.namespace_missing", "6.5", "a namespace_id used has a Namespace row in the run"},
    Rule{"meta.unknown_key", "7", "metadata holds only what the console reads"},
    Rule{"meta.search", "7.4", "search entries are {key, name, data_type, enums, reference}"},
    Rule{"meta.table_layout", "7", "the table is a query-search-table with fields"},
    Rule{"meta.layout_type", "7.2", "layout types are the console's"},
    Rule{"meta.layout_shape", "7.2", "a layout has name, type and the options of its type"},
    Rule{"meta.field", "7.3", "a field has key and name"},
    Rule{"meta.field_type", "7.3", "field types are the console's"},
    Rule{"meta.field_options", "7.3", "field options are those of the field's type"},
    Rule{"meta.colour", "7.3", "colours are the console's"},
    Rule{"meta.widget", "7.5", "widgets are {name, type, query, options} with the type's filter"},
    Rule{"meta.query_set", "7.6", "query sets have a name and query_options"},
    Rule{"meta.absent", "7", "a CloudServiceType has console metadata", true},
    Rule{"meta.field_never_filled", "7", "a console path exists in some row of its type", true},
};

}  // namespace

std::span<const Rule> all_rules() { return rules; }

}  // namespace pf::test
