#include "host/services/lookup.hpp"

#include <algorithm>
#include <span>

#include "host/prism/shared_cache.hpp"
#include "host/services/json_path.hpp"
#include "host/services/listing.hpp"

namespace pf::host::services {
namespace {

constexpr std::chrono::seconds time_to_live{60};
// A look-up of names has no business being larger; the rest of the host stays flat.
constexpr std::size_t most_bytes = 256u << 20;
constexpr std::uint32_t is_absent = UINT32_MAX;

void add_path(std::string& key, const std::vector<std::string>& path) {
    for (const std::string& part : path) {
        key += "." + part;
    }
}

void add_fields(std::string& key, const std::vector<LookupField>& fields) {
    for (const LookupField& field : fields) {
        key += "|";
        for (const LookupField::Part& part : field.parts) {
            key += part.text + ",";
            add_path(key, part.path);
        }
    }
}

// A whole number or boolean as its JSON text. Appends it to `out`; false when it is neither.
bool append_number(pf_val value, std::string& out) {
    std::int64_t number = 0;
    std::int32_t truth = 0;
    if (reader().i64(value, &number) == 1) {
        out += std::to_string(number);
    } else if (reader().boolean(value, &truth) == 1) {
        out += truth == 1 ? "true" : "false";
    } else {
        return false;
    }
    return true;
}

using Path = std::span<const std::string>;

// The different texts at `path` of the items of `array`, in their order, commas between them.
void append_texts(pf_val array, Path path, std::string& out) {
    std::vector<std::string_view> seen;
    for (pf_val item = reader().first(array); item.doc != 0; item = reader().next(array, item)) {
        pf_val value = item;
        for (const std::string& key : path) {
            value = reader().get(value, to_pf(key));
        }
        pf_str text{nullptr, 0};
        if (reader().str(value, &text) != 1 ||
            std::find(seen.begin(), seen.end(), to_view(text)) != seen.end()) {
            continue;
        }
        (out += seen.empty() ? "" : ",") += to_view(text);
        seen.push_back(to_view(text));
    }
}

// What stands at `path` of `value`, which may lead through one array. A text is appended to `out`
// as it is, an array as its different texts; false when there is nothing of the kind.
bool append_text(pf_val value, Path path, std::string& out) {
    while (!path.empty() && reader().kind(value) != PF_KIND_ARRAY) {
        value = reader().get(value, to_pf(path.front()));
        path = path.subspan(1);
    }
    if (reader().kind(value) == PF_KIND_ARRAY) {
        append_texts(value, path, out);
        return true;
    }
    pf_str text{nullptr, 0};
    if (reader().str(value, &text) != 1) {
        return append_number(value, out);
    }
    out += to_view(text);
    return true;
}

// The field's text, in `scratch`; null data when a part of it is absent or there is nothing.
std::string_view text_of(pf_val item, const LookupField& field, bool has_columns,
                         std::string& scratch) {
    scratch.clear();
    for (const LookupField::Part& part : field.parts) {
        if (part.path.empty()) {
            scratch += part.text;
        } else if (has_columns ? !append_text(fact_at(item, part.path, true), {}, scratch)
                               : !append_text(item, part.path, scratch)) {
            return {};
        }
    }
    return scratch.empty() ? std::string_view() : std::string_view(scratch);
}

Result<prism::SharedCache::Value> fill(const std::shared_ptr<prism::Target>& target,
                                       const Endpoint& endpoint, const Lookup& lookup,
                                       prism::ApiWish wish, const Stop& stop,
                                       const std::shared_ptr<prism::Meter>& meter) {
    auto listing = Listing::open(target, endpoint, wish, {}, stop, meter);
    if (!listing) {
        return listing.status();
    }
    const std::size_t count = std::max(lookup.fields.size(), lookup.v3_fields.size());
    auto table = std::make_shared<Table>(count);
    std::vector<std::string_view> values(count);
    std::vector<std::string> scratch(count);
    while (true) {
        auto page = (*listing)->next();
        if (!page) {
            if (page.status().code() == Code::out_of_range) {
                table->set_shortfall((*listing)->why_incomplete());
                break;
            }
            return page.status().within("look-up of " + endpoint.name);
        }
        const auto& fields = page->dialect == 3 ? lookup.v3_fields : lookup.fields;
        for (const Listing::Item& item : page->entries) {
            const std::string_view id = text_at(item.value, (*listing)->id_path());
            if (id.empty() || !item.is_new) {
                continue;
            }
            for (std::size_t i = 0; i < fields.size(); ++i) {
                values[i] = text_of(item.value, fields[i], (*listing)->has_columns(), scratch[i]);
            }
            table->add(id, values);
        }
        if (table->bytes() > most_bytes) {
            return Status(Code::resource_exhausted, "ERROR_PRISM_TOO_LARGE",
                          "look-up of " + endpoint.name + " holds more than 256 MiB of names");
        }
    }
    return prism::SharedCache::Value(std::move(table));
}

LookupField plain_field(std::vector<std::string> path) { return {{{"", std::move(path)}}}; }

}  // namespace

std::string lookup_key(const Endpoint& endpoint, const Lookup& lookup, prism::ApiWish wish) {
    std::string key = "lookup " + std::to_string(static_cast<int>(wish));
    if (endpoint.v4) {
        key += "|" + endpoint.v4->api_namespace + "/" + endpoint.v4->path;
        add_path(key, endpoint.v4->id);
        add_fields(key, lookup.fields);
    }
    if (endpoint.v3) {
        key += "|v3 " + endpoint.v3->path + "," + endpoint.v3->kind;
        add_path(key, endpoint.v3->id);
        add_fields(key, lookup.v3_fields);
    }
    return key;
}

void Table::add(std::string_view id, const std::vector<std::string_view>& values) {
    Row row;
    for (const std::string_view value : values) {
        row.text += value;
        row.ends.push_back(value.data() == nullptr ? is_absent
                                                   : static_cast<std::uint32_t>(row.text.size()));
    }
    bytes_ += id.size() + row.text.size() + 128;
    rows_.insert_or_assign(std::string(id), std::move(row));
}

bool Table::get(std::string_view id, std::uint32_t field, std::string_view& out) const noexcept {
    const auto at = rows_.find(id);
    if (at == rows_.end() || field >= fields_ || at->second.ends[field] == is_absent) {
        return false;
    }
    const Row& row = at->second;
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i < field; ++i) {
        begin = row.ends[i] == is_absent ? begin : row.ends[i];
    }
    out = std::string_view(row.text).substr(begin, row.ends[field] - begin);
    return true;
}

Result<std::shared_ptr<const Table>> open_lookup(const std::shared_ptr<prism::Target>& target,
                                                 const Endpoint& endpoint, const Lookup& lookup,
                                                 prism::ApiWish wish, const Stop& stop,
                                                 const std::shared_ptr<prism::Meter>& meter) {
    auto value = target->cache().get(
        lookup_key(endpoint, lookup, wish), time_to_live, stop,
        [&](const Stop& own) { return fill(target, endpoint, lookup, wish, own, meter); });
    if (!value) {
        return value.status();
    }
    return std::static_pointer_cast<const Table>(*value);
}

Result<std::shared_ptr<const Table>> open_clusters(const std::shared_ptr<prism::Target>& target,
                                                   prism::ApiWish wish, const Stop& stop,
                                                   const std::shared_ptr<prism::Meter>& meter) {
    Endpoint clusters;
    clusters.name = "clusters";
    clusters.v4 = EndpointV4{"clustermgmt", "config/clusters", {"extId"}, {}, "", true, ""};
    clusters.v3 = EndpointV3{"clusters/list", "cluster", {"metadata", "uuid"}, {}, false, ""};
    Lookup names;
    names.fields = {plain_field({"name"})};
    names.v3_fields = {plain_field({"status", "name"})};
    return open_lookup(target, clusters, names, wish, stop, meter);
}

}  // namespace pf::host::services
