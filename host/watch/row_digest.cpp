#include "host/watch/row_digest.hpp"

#include <algorithm>
#include <array>

#include "host/services/json_path.hpp"
#include "host/state/row_sum.hpp"
#include "host/watch/canonical.hpp"

namespace pf::host::watch {
namespace {

using services::reader;
using services::text_at;
using services::to_pf;
using services::to_view;

// An object with more members is no record but a table, and compared as a whole.
constexpr std::size_t most_members = 64;

constexpr std::array<std::string_view, 6> row_fields = {
    "name", "region_code", "instance_type", "instance_size", "ip_addresses", "tags"};

pf_val member(pf_val object, std::string_view key) noexcept {
    return reader().get(object, to_pf(key));
}

// What is kept in lines has no line ends.
std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](unsigned char letter) { return letter < 0x20; }, '?');
    return line;
}

std::size_t size_of(pf_val container) {
    std::size_t size = 0;
    for (pf_val at = reader().first(container); at.doc != 0; at = reader().next(container, at)) {
        ++size;
    }
    return size;
}

std::vector<std::string> categories_of(pf_val data) {
    std::vector<std::string> found;
    const pf_val list = member(data, "categories");
    for (pf_val at = reader().first(list); at.doc != 0; at = reader().next(list, at)) {
        const std::string_view key = text_at(at, {"key"});
        if (!key.empty()) {
            found.push_back(one_line(std::string(key) + "=" + std::string(text_at(at, {"value"}))));
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

void sort_by_name(std::vector<state::SnapshotField>& fields) {
    std::stable_sort(fields.begin(), fields.end(),
                     [](const auto& a, const auto& b) { return a.name < b.name; });
    fields.erase(std::unique(fields.begin(), fields.end(),
                             [](const auto& a, const auto& b) { return a.name == b.name; }),
                 fields.end());
}

Status unreadable(const std::string& what) {
    return Status(Code::data_loss, "ERROR_WATCH_ROW",
                  "a row cannot be compared: " + what +
                      "; nothing is taken for deleted this time. Report it should it stay");
}

}  // namespace

const std::vector<std::string>& volatile_fields() {
    static const std::vector<std::string> all = {"data.usage", "data.ip_usage"};
    return all;
}

RowDigest::RowDigest(const std::vector<const services::Descriptor*>& modules,
                     const std::vector<std::string>& ignored)
    : ignored_(ignored.begin(), ignored.end()) {
    std::string paths;
    for (const std::string& path : ignored_) {
        (paths += path) += '\n';
    }
    for (const services::Descriptor* module : modules) {
        const std::string form =
            module->name + " " + module->version + " " + std::to_string(state::row_hash(paths));
        for (const services::Output& output : module->outputs) {
            kinds_.emplace(std::pair(output.group, output.type), Kind{output.kind, one_line(form)});
        }
    }
}

void RowDigest::put(std::string name, pf_val value, state::SnapshotRow& row) const {
    const std::string text = canonical(value, name, ignored_);
    if (!text.empty()) {
        row.content.fields.push_back({one_line(name), text});
    }
}

void RowDigest::put_data(pf_val data, state::SnapshotRow& row) const {
    for (pf_val at = reader().first(data); at.doc != 0; at = reader().next(data, at)) {
        pf_str key{nullptr, 0};
        reader().key(data, at, &key);
        const std::string name = "data." + std::string(to_view(key));
        const std::size_t size = reader().kind(at) == PF_KIND_OBJECT ? size_of(at) : 0;
        if (size == 0 || size > most_members) {
            put(name, at, row);
            continue;
        }
        if (ignored_.count(name) > 0) {
            continue;
        }
        for (pf_val part = reader().first(at); part.doc != 0; part = reader().next(at, part)) {
            reader().key(at, part, &key);
            put(name + "." + std::string(to_view(key)), part, row);
        }
    }
}

Result<std::optional<state::SnapshotRow>> RowDigest::read(std::string_view line) {
    if (Status parsed = document_.parse(line); !parsed.ok()) {
        return unreadable("it is no JSON (" + parsed.message() + ")");
    }
    const pf_val root = document_.root();
    if (text_at(root, {"resource_type"}) != "inventory.CloudService" ||
        text_at(root, {"state"}) != "SUCCESS") {
        return std::optional<state::SnapshotRow>();
    }
    const pf_val resource = member(root, "resource");
    const auto kind =
        kinds_.find(std::pair(std::string(text_at(resource, {"cloud_service_group"})),
                              std::string(text_at(resource, {"cloud_service_type"}))));
    if (kind == kinds_.end()) {
        return std::optional<state::SnapshotRow>();
    }
    state::SnapshotRow row;
    row.account = text_at(resource, {"account"});
    row.kind = kind->second.name;
    row.id = text_at(resource, {"reference", "resource_id"});
    row.name = text_at(resource, {"name"});
    row.region = text_at(resource, {"region_code"});
    if (row.id.empty()) {
        return unreadable("a " + row.kind + " has no reference.resource_id");
    }
    const pf_val data = member(resource, "data");
    row.categories = categories_of(data);
    row.content.form = kind->second.form;
    for (const std::string_view name : row_fields) {
        const pf_val value = member(resource, name);
        if (reader().kind(value) != PF_KIND_ABSENT) {
            put(std::string(name), value, row);
        }
    }
    put_data(data, row);
    sort_by_name(row.content.fields);
    return std::optional<state::SnapshotRow>(std::move(row));
}

}  // namespace pf::host::watch
