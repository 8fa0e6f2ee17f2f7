#include "tests/fuzz/rows.hpp"

#include <spaceone/api/inventory/plugin/collector.pb.h>

#include "tests/fuzz/fuzz.hpp"
#include "tests/row_check/json_text.hpp"
#include "tests/row_check/wire_reader.hpp"

namespace pf::fuzz {
namespace {

using host::encoding::RowFormat;
using nlohmann::json;

// A key that comes twice is the module's doing, and nothing a reader stumbles over.
void on_fault(std::string_view rule, const std::string& where, const std::string& what) {
    require(rule == "data.duplicate_key", rule, where + ": " + what);
}

json object_in(std::string_view text, const char* where) {
    json document;
    require(test::parse_json_text(text, where, document, on_fault) && document.is_object(),
            "the text in a row is a JSON object", text);
    return document;
}

// A document that went as text stands where its object would.
void unfold(json& resource, const char* name, const char* as_text) {
    const auto text = resource.find(as_text);
    if (text == resource.end()) {
        return;
    }
    require(!resource.contains(name) && text->is_string(), "a document goes out in one form");
    json document = object_in(text->get_ref<const std::string&>(), as_text);
    resource.erase(text);
    resource[name] = std::move(document);
}

void walk(const json& value, std::size_t depth) {
    if (!value.is_structured()) {
        return;
    }
    require(depth <= test::max_data_depth, "data is at most 32 levels deep");
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            require(!key.empty() && key.front() != '$', "a key of data begins with no $", key);
            require(key.find('.') == key.npos && key.find('\0') == key.npos,
                    "a key of data holds no dot and no NUL", key);
            walk(member, depth + 1);
        }
        return;
    }
    for (const json& element : value) {
        walk(element, depth + 1);
    }
}

}  // namespace

host::Status GatheredRows::push(host::encoding::RowBatch batch, const host::Stop& /*stop*/) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
        rows_.emplace_back(batch.row(i));
    }
    return {};
}

json resource_of(std::string_view row, RowFormat format) {
    if (format == RowFormat::json_line) {
        require(is_utf8(row) && row.find('\n') == row.npos, "a JSON line is one line of UTF-8",
                row);
        json line = object_in(row, "line");
        require(line.contains("resource") && line["resource"].is_object(), "a row has a resource",
                row);
        return std::move(line["resource"]);
    }
    spaceone::api::inventory::plugin::ResourceInfo official;
    require(official.ParseFromArray(row.data(), static_cast<int>(row.size())),
            "protobuf reads the row", row);
    test::DecodedRow decoded;
    require(test::decode_resource_info(row, decoded, on_fault), "a row is a ResourceInfo", row);
    json resource = std::move(decoded.resource);
    unfold(resource, "data", "json_data");
    unfold(resource, "metadata", "json_metadata");
    return resource;
}

void require_storable(const json& data) {
    require(data.is_object(), "data is an object");
    walk(data, 1);
}

}  // namespace pf::fuzz
