#include "host/state/snapshot_row.hpp"

#include <algorithm>
#include <set>

#include "host/state/row_sum.hpp"

namespace pf::host::state {
namespace {

// A value as it is kept. No JSON text begins with '#'.
std::string kept(const std::string& value) {
    if (value.size() <= longest_kept_value) {
        return value;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    auto hash = static_cast<std::uint64_t>(row_hash(value));
    std::string text = "#";
    for (int i = 0; i < 16; ++i, hash >>= 4) {
        text += digits[hash & 15];
    }
    return text;
}

std::set<std::string_view> groups_of(const std::vector<SnapshotField>& fields) {
    std::set<std::string_view> groups;
    for (const SnapshotField& field : fields) {
        groups.insert(group_of(field.name));
    }
    return groups;
}

bool by_name(const SnapshotField& a, const SnapshotField& b) { return a.name < b.name; }

}  // namespace

std::string_view group_of(std::string_view field) noexcept {
    constexpr std::string_view data = "data.";
    const std::size_t from = field.substr(0, data.size()) == data ? data.size() : 0;
    return field.substr(0, field.find('.', from));
}

PackedFields pack(const FieldSet& content) {
    PackedFields packed;
    packed.names = content.form + '\n';
    for (const SnapshotField& field : content.fields) {
        (packed.names += field.name) += '\n';
        const std::string value = kept(field.value);
        packed.values += static_cast<char>(value.size());
        packed.values += value;
    }
    packed.layout = row_hash(packed.names);
    return packed;
}

bool unpack(std::string_view names, std::string_view values, FieldSet& content) {
    content.fields.clear();
    std::size_t end = names.find('\n');
    if (end == names.npos) {
        return false;
    }
    content.form = names.substr(0, end);
    names.remove_prefix(end + 1);
    while (!names.empty()) {
        end = names.find('\n');
        const std::size_t size = values.empty() ? 0 : static_cast<unsigned char>(values.front());
        if (end == names.npos || size == 0 || size >= values.size()) {
            return false;
        }
        content.fields.push_back(
            {std::string(names.substr(0, end)), std::string(values.substr(1, size))});
        names.remove_prefix(end + 1);
        values.remove_prefix(size + 1);
    }
    return values.empty();
}

FieldSet merged(const FieldSet& before, const FieldSet& after) {
    FieldSet all = after;
    if (before.form != after.form) {
        return all;
    }
    const auto known = groups_of(after.fields);
    std::copy_if(
        before.fields.begin(), before.fields.end(), std::back_inserter(all.fields),
        [&](const SnapshotField& field) { return known.count(group_of(field.name)) == 0; });
    std::sort(all.fields.begin(), all.fields.end(), by_name);
    return all;
}

std::vector<FieldChange> changes(const FieldSet& old_set, const FieldSet& new_set) {
    const auto& before = old_set.fields;
    const auto& after = new_set.fields;
    const auto old_groups = groups_of(before);
    const auto new_groups = groups_of(after);
    std::vector<FieldChange> found;
    const auto put = [&](const std::string& name, const std::string& old_value,
                         const std::string& new_value) {
        const bool is_one_sided = old_value.empty() || new_value.empty();
        if (old_value != new_value && !(is_one_sided && old_set.form != new_set.form) &&
            old_groups.count(group_of(name)) > 0 && new_groups.count(group_of(name)) > 0) {
            found.push_back({name, old_value, new_value});
        }
    };
    auto a = before.begin();
    auto b = after.begin();
    while (a != before.end() || b != after.end()) {
        if (b == after.end() || (a != before.end() && a->name < b->name)) {
            put(a->name, a->value, {});
            ++a;
        } else if (a == before.end() || b->name < a->name) {
            put(b->name, {}, b->value);
            ++b;
        } else {
            put(a->name, a->value, b->value);
            ++a;
            ++b;
        }
    }
    return found;
}

}  // namespace pf::host::state
