#include "host/services/lookup.hpp"

#include "host/prism/shared_cache.hpp"
#include "host/services/json_path.hpp"
#include "host/services/listing.hpp"

namespace pf::host::services {
namespace {

constexpr std::chrono::seconds time_to_live{60};
// A look-up of names has no business being larger; the rest of the host stays flat.
constexpr std::size_t most_bytes = 256u << 20;
constexpr std::uint32_t is_absent = UINT32_MAX;

std::string cache_key(const Endpoint& endpoint,
                      const std::vector<std::vector<std::string>>& fields) {
    std::string key = "lookup";
    if (endpoint.v4) {
        key += "|" + endpoint.v4->api_namespace + "/" + endpoint.v4->path;
        for (const std::string& part : endpoint.v4->id) {
            key += "." + part;
        }
    }
    for (const auto& field : fields) {
        key += "|";
        for (const std::string& part : field) {
            key += "." + part;
        }
    }
    return key;
}

// A text as it is, a whole number or boolean as its JSON text; null data when it is neither.
std::string_view scalar_at(pf_val item, const std::vector<std::string>& path,
                           std::string& scratch) {
    const pf_val value = value_at(item, path);
    std::int64_t number = 0;
    std::int32_t truth = 0;
    if (reader().i64(value, &number) == 1) {
        scratch = std::to_string(number);
        return scratch;
    }
    if (reader().boolean(value, &truth) == 1) {
        return truth == 1 ? "true" : "false";
    }
    return text_at(item, path);
}

Result<prism::SharedCache::Value> fill(const std::shared_ptr<prism::Target>& target,
                                       const Endpoint& endpoint,
                                       const std::vector<std::vector<std::string>>& fields,
                                       const Stop& stop,
                                       const std::shared_ptr<prism::Meter>& meter) {
    auto listing = Listing::open(target, endpoint, {}, stop, meter);
    if (!listing) {
        return listing.status();
    }
    auto table = std::make_shared<Table>(fields.size());
    std::vector<std::string_view> values(fields.size());
    std::vector<std::string> scratch(fields.size());
    while (true) {
        auto page = (*listing)->next();
        if (!page) {
            if (page.status().code() == Code::out_of_range) {
                break;
            }
            return page.status().within("look-up of " + endpoint.name);
        }
        for (const Listing::Item& item : page->entries) {
            const std::string_view id = text_at(item.value, (*listing)->id_path());
            if (id.empty() || !item.is_new) {
                continue;
            }
            for (std::size_t i = 0; i < fields.size(); ++i) {
                values[i] = scalar_at(item.value, fields[i], scratch[i]);
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

}  // namespace

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

Result<std::shared_ptr<const Table>> open_lookup(
    const std::shared_ptr<prism::Target>& target, const Endpoint& endpoint,
    const std::vector<std::vector<std::string>>& fields, const Stop& stop,
    const std::shared_ptr<prism::Meter>& meter) {
    auto value = target->cache().get(
        cache_key(endpoint, fields), time_to_live, stop,
        [&](const Stop& own) { return fill(target, endpoint, fields, own, meter); });
    if (!value) {
        return value.status();
    }
    return std::static_pointer_cast<const Table>(*value);
}

Result<std::shared_ptr<const Table>> open_clusters(const std::shared_ptr<prism::Target>& target,
                                                   const Stop& stop,
                                                   const std::shared_ptr<prism::Meter>& meter) {
    Endpoint clusters;
    clusters.name = "clusters";
    clusters.v4 = EndpointV4{"clustermgmt", "config/clusters", {"extId"}, {}, "", true, ""};
    return open_lookup(target, clusters, {{"name"}}, stop, meter);
}

}  // namespace pf::host::services
