// A module's descriptor and, behind a line that holds "%%", its configuration. What is accepted
// keeps its promises to the rest of the host; what is not is refused in readable words.
#include "host/loader/descriptor.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "host/runtime/rows.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/row_check/wire_reader.hpp"

namespace pf::fuzz {
namespace {

using namespace pf::host;

void check_promises(const services::Descriptor& descriptor) {
    require(!descriptor.name.empty() && descriptor.name.size() <= 64, "a name is a short word");
    require(!descriptor.outputs.empty() && !descriptor.endpoints.empty(),
            "a module reads something and makes something of it");
    for (const services::Endpoint& endpoint : descriptor.endpoints) {
        require(endpoint.v4 || endpoint.v3, "an endpoint has a form");
        require(!endpoint.v4 || !endpoint.v4->id.empty(), "items have an id");
        require(!endpoint.v3 || !endpoint.v3->id.empty(), "items have an id");
    }
    for (const services::Lookup& lookup : descriptor.lookups) {
        require(lookup.endpoint < descriptor.endpoints.size(), "a look-up has an endpoint");
    }
    for (const services::Output& output : descriptor.outputs) {
        require(output.endpoint < descriptor.endpoints.size(), "an output has an endpoint");
        require(output.data_keys.size() <= 64, "data keys fit into a word");
        require(nlohmann::json::parse(output.view_metadata).is_object(), "metadata is an object");
    }
}

// The row that tells the console about the type must be one, in each form.
void check_type_rows(const services::Descriptor& descriptor) {
    using encoding::RowFormat;
    for (const auto format :
         {RowFormat::wire_json_data, RowFormat::wire_struct, RowFormat::json_line}) {
        runtime::HostRows rows(format);
        for (const services::Output& output : descriptor.outputs) {
            rows.type(output);
        }
        const encoding::RowBatch batch = rows.take();
        require(batch.size() == descriptor.outputs.size(), "each output has a row");
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const std::string_view row = batch.row(i);
            if (format == RowFormat::json_line) {
                require(nlohmann::json::accept(row), "a JSON line is JSON", row);
                continue;
            }
            test::DecodedRow decoded;
            const bool is_row = test::decode_resource_info(
                row, decoded,
                [](std::string_view rule, const std::string& where, const std::string& what) {
                    const bool is_shape =
                        rule == "row.wire" || rule == "row.unknown_field" || rule == "row.utf8";
                    require(!is_shape, rule, where + ": " + what);
                });
            require(is_row && decoded.resource.contains("labels"), "a row holds all its members",
                    row);
        }
    }
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    const std::vector<std::string_view> parts = parts_of(to_text(data, size));
    const auto parsed = loader::parse_descriptor(parts[0]);
    if (!parsed) {
        require_readable(parsed.status());
        require(parsed.status().reason() == "ERROR_MODULE_DESCRIPTOR",
                "a refusal names its subject", parsed.status().text());
        return 0;
    }
    require(parsed->text == parts[0], "a descriptor keeps its text");
    check_promises(*parsed);
    check_type_rows(*parsed);
    require_readable(
        loader::validate_config(*parsed, parts.size() > 1 ? parts[1] : std::string_view()));
    return 0;
}
