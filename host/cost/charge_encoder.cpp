#include "host/cost/charge_encoder.hpp"

#include <array>
#include <cstddef>
#include <cstring>

#include "host/encoding/varint.hpp"

namespace pf::host::cost {
namespace {

using encoding::put_varint;
using encoding::varint_size;

// Tags of CostsInfo, CostInfo and google.protobuf.Struct: field number << 3 | wire type.
constexpr unsigned results = 1 << 3 | 2;
constexpr unsigned cost = 1 << 3 | 1;
constexpr unsigned usage_quantity = 2 << 3 | 1;
constexpr unsigned usage_unit = 3 << 3 | 2;
constexpr unsigned provider = 4 << 3 | 2;
constexpr unsigned region_code = 5 << 3 | 2;
constexpr unsigned product = 6 << 3 | 2;
constexpr unsigned usage_type = 7 << 3 | 2;
constexpr unsigned resource = 8 << 3 | 2;
constexpr unsigned tags = 12 << 3 | 2;
constexpr unsigned additional_info = 13 << 3 | 2;
constexpr unsigned billed_date = 21 << 3 | 2;
constexpr unsigned fields_entry = 1 << 3 | 2;
constexpr unsigned entry_key = 1 << 3 | 2;
constexpr unsigned entry_value = 2 << 3 | 2;
constexpr unsigned string_value = 3 << 3 | 2;

constexpr double micros = 1e6;
constexpr std::size_t double_bytes = 8;

struct Entry {
    std::string_view key;
    std::string_view value;
};

// Size of a field whose content is `bytes` long.
std::size_t delimited_size(unsigned tag, std::size_t bytes) noexcept {
    return varint_size(tag) + varint_size(bytes) + bytes;
}

std::size_t text_size(unsigned tag, std::string_view text) noexcept {
    return text.empty() ? 0 : delimited_size(tag, text.size());
}

std::size_t number_size(unsigned tag, std::int64_t number) noexcept {
    return number == 0 ? 0 : varint_size(tag) + double_bytes;
}

// Size of the google.protobuf.Value that holds a text.
std::size_t value_size(std::string_view text) noexcept {
    return delimited_size(string_value, text.size());
}

std::size_t entry_body_size(std::string_view key, std::string_view value) noexcept {
    return delimited_size(entry_key, key.size()) + delimited_size(entry_value, value_size(value));
}

std::size_t entry_size(std::string_view key, std::string_view value) noexcept {
    return delimited_size(fields_entry, entry_body_size(key, value));
}

char* put_head(char* at, unsigned tag, std::size_t bytes) noexcept {
    return put_varint(put_varint(at, tag), bytes);
}

char* put_bytes(char* at, std::string_view bytes) noexcept {
    if (!bytes.empty()) {
        std::memcpy(at, bytes.data(), bytes.size());
    }
    return at + bytes.size();
}

char* put_text(char* at, unsigned tag, std::string_view text) noexcept {
    return text.empty() ? at : put_bytes(put_head(at, tag, text.size()), text);
}

char* put_number(char* at, unsigned tag, std::int64_t number) noexcept {
    if (number == 0) {
        return at;
    }
    const double value = static_cast<double>(number) / micros;
    at = put_varint(at, tag);
    std::memcpy(at, &value, double_bytes);  // little endian on every platform we build for
    return at + double_bytes;
}

char* put_entry(char* at, std::string_view key, std::string_view value) noexcept {
    at = put_head(at, fields_entry, entry_body_size(key, value));
    at = put_bytes(put_head(at, entry_key, key.size()), key);
    at = put_head(at, entry_value, value_size(value));
    return put_bytes(put_head(at, string_value, value.size()), value);
}

}  // namespace

ChargeEncoder::ChargeEncoder(std::string_view provider_name, std::string_view account) {
    provider_.resize(text_size(provider, provider_name));
    put_text(provider_.data(), provider, provider_name);
    account_.resize(entry_size("account", account));
    put_entry(account_.data(), "account", account);
}

void ChargeEncoder::append(const Charge& charge, encoding::Buffer& page) const {
    const std::array<Entry, 5> info = {{{"project", charge.project},
                                        {"cluster", charge.cluster},
                                        {"owner", charge.owner},
                                        {"model", charge.model},
                                        {"basis", charge.basis}}};
    std::size_t info_size = account_.size();
    for (const Entry& entry : info) {
        info_size += entry.value.empty() ? 0 : entry_size(entry.key, entry.value);
    }
    std::size_t tags_size = 0;
    for (const ChargeTag& tag : charge.tags) {
        tags_size += entry_size(tag.key, tag.value);
    }
    const std::size_t size =
        number_size(cost, charge.cost_micros) +
        number_size(usage_quantity, charge.quantity_micros) +
        text_size(usage_unit, charge.usage_unit) + provider_.size() +
        text_size(region_code, charge.region_code) + text_size(product, charge.product) +
        text_size(usage_type, charge.usage_type) + text_size(resource, charge.resource) +
        (tags_size == 0 ? 0 : delimited_size(tags, tags_size)) +
        delimited_size(additional_info, info_size) + text_size(billed_date, charge.billed_date);
    const std::size_t framed = delimited_size(results, size);

    char* at = put_head(page.room(framed), results, size);
    at = put_number(at, cost, charge.cost_micros);
    at = put_number(at, usage_quantity, charge.quantity_micros);
    at = put_text(at, usage_unit, charge.usage_unit);
    at = put_bytes(at, provider_);
    at = put_text(at, region_code, charge.region_code);
    at = put_text(at, product, charge.product);
    at = put_text(at, usage_type, charge.usage_type);
    at = put_text(at, resource, charge.resource);
    if (tags_size != 0) {
        at = put_head(at, tags, tags_size);
        for (const ChargeTag& tag : charge.tags) {
            at = put_entry(at, tag.key, tag.value);
        }
    }
    at = put_head(at, additional_info, info_size);
    for (const Entry& entry : info) {
        at = entry.value.empty() ? at : put_entry(at, entry.key, entry.value);
    }
    at = put_bytes(at, account_);
    put_text(at, billed_date, charge.billed_date);
    page.advance(framed);
}

}  // namespace pf::host::cost
