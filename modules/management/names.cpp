#include "names.hpp"

#include <algorithm>

namespace management {

bool hides(const pf::Lookup& names, const std::vector<Reference>& references) {
    return names.is_unknown() &&
           std::any_of(references.begin(), references.end(),
                       [](const Reference& reference) { return reference.name.empty(); });
}

void write_references(pf::Row& row, pf::Object& data, std::string_view key,
                      const std::vector<Reference>& references, const pf::Lookup& names) {
    if (hides(names, references)) return row.unknown(key);
    pf::Array list = data.array(key);
    for (const Reference& reference : references) {
        pf::Object each = list.object();
        each.put("uuid", reference.uuid);
        each.text("name", reference.name.empty() ? names.find(reference.uuid) : reference.name);
    }
}

void read_references_v3(pf::Value list, std::vector<Reference>& out) {
    for (const pf::Value entry : list) {
        const std::string_view uuid = entry["uuid"].str();
        if (!uuid.empty()) out.push_back({uuid, entry["name"].str()});
    }
}

}  // namespace management
