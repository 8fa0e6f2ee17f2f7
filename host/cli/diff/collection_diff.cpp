#include "host/cli/diff/collection_diff.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace pf::host::cli {
namespace {

using Json = nlohmann::json;  // members are ordered, so that their order in the text is no matter
using Rows = std::vector<const CollectedRow*>;

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The resource with data as an object, however it was written.
Json read(const CollectedRow& row) {
    return Json::parse(
        parse_resource(row.text).dump(-1, ' ', false, Json::error_handler_t::replace));
}

class KeyComparison {
  public:
    explicit KeyComparison(const std::vector<std::string>& ignored)
        : ignored_(ignored.begin(), ignored.end()) {}

    std::vector<KeyChange> changes(const Json& before, const Json& after) {
        found_.clear();
        compare("", "", &before, &after);
        return std::move(found_);
    }

  private:
    // `path` without the numbers of elements is `plain`.
    void compare(const std::string& path, const std::string& plain, const Json* before,
                 const Json* after) {
        if (ignored_.count(plain) > 0 ||
            (before != nullptr && after != nullptr && *before == *after)) {
            return;
        }
        if (before != nullptr && after != nullptr && before->is_object() && after->is_object()) {
            members(path, plain, *before, *after);
        } else if (before != nullptr && after != nullptr && before->is_array() &&
                   after->is_array() && before->size() == after->size()) {
            for (std::size_t i = 0; i < before->size(); ++i) {
                compare(path + "[" + std::to_string(i) + "]", plain, &(*before)[i], &(*after)[i]);
            }
        } else {
            found_.push_back({path, before != nullptr ? dumped(*before) : std::string(),
                              after != nullptr ? dumped(*after) : std::string()});
        }
    }

    void members(const std::string& path, const std::string& plain, const Json& before,
                 const Json& after) {
        std::set<std::string> keys;
        for (const Json* side : {&before, &after}) {
            for (const auto& [key, value] : side->items()) {
                keys.insert(key);
            }
        }
        const auto at = [](const Json& object, const std::string& key) {
            const auto found = object.find(key);
            return found == object.end() ? nullptr : &*found;
        };
        for (const std::string& key : keys) {
            const std::string dot = path.empty() ? "" : ".";
            compare(path + dot + key, plain + dot + key, at(before, key), at(after, key));
        }
    }

    std::set<std::string> ignored_;
    std::vector<KeyChange> found_;
};

std::map<Identity, Rows> by_identity(const CollectionFile& file) {
    std::map<Identity, Rows> rows;
    for (const CollectedRow& row : file.rows) {
        rows[row.identity].push_back(&row);
    }
    // Of a resource that is there twice, like is compared with like.
    for (auto& [identity, same] : rows) {
        std::sort(same.begin(), same.end(),
                  [](const CollectedRow* a, const CollectedRow* b) { return a->text < b->text; });
    }
    return rows;
}

class Comparison {
  public:
    Comparison(CollectionDiff& diff, const std::vector<std::string>& ignored)
        : diff_(diff), keys_(ignored) {}

    void resource(const Identity& identity, const Rows& before, const Rows& after) {
        if (identity.id.empty()) {
            return unmatched(before, after);
        }
        if (before.size() > 1 || after.size() > 1) {
            const CollectedRow& one = before.empty() ? *after.front() : *before.front();
            diff_.repeated.push_back({identity, one.name, before.size(), after.size()});
        }
        const std::size_t both = std::min(before.size(), after.size());
        for (std::size_t i = 0; i < both; ++i) {
            pair(*before[i], *after[i]);
        }
        for (std::size_t i = both; i < before.size(); ++i) {
            diff_.removed.push_back({identity, before[i]->name, {}});
        }
        for (std::size_t i = both; i < after.size(); ++i) {
            diff_.created.push_back({identity, after[i]->name, {}});
        }
    }

  private:
    void pair(const CollectedRow& before, const CollectedRow& after) {
        std::vector<KeyChange> changes;
        if (before.text != after.text) {
            changes = keys_.changes(read(before), read(after));
        }
        if (changes.empty()) {
            ++diff_.equal;
        } else {
            diff_.changed.push_back({after.identity, after.name, std::move(changes)});
        }
    }

    // Only what both have with the same content is known to be the same.
    void unmatched(const Rows& before, const Rows& after) {
        Rows rest = after;
        for (const CollectedRow* row : before) {
            const Json mine = read(*row);
            const auto same = std::find_if(rest.begin(), rest.end(), [&](const auto* other) {
                return other->text == row->text || keys_.changes(mine, read(*other)).empty();
            });
            if (same != rest.end()) {
                ++diff_.equal;
                rest.erase(same);
            } else {
                diff_.unmatched.push_back({row->identity, row->name, {}});
            }
        }
        for (const CollectedRow* row : rest) {
            diff_.unmatched.push_back({row->identity, row->name, {}});
        }
    }

    CollectionDiff& diff_;
    KeyComparison keys_;
};

}  // namespace

Verdict CollectionDiff::verdict() const {
    if (!changed.empty() || (!created.empty() && is_before_whole) ||
        (!removed.empty() && is_after_whole)) {
        return Verdict::different;
    }
    const bool is_known = created.empty() && removed.empty() && unmatched.empty() &&
                          repeated.empty() && is_before_whole && is_after_whole;
    return is_known ? Verdict::equal : Verdict::unknown;
}

CollectionDiff compare_collections(const CollectionFile& before, const CollectionFile& after,
                                   const std::vector<std::string>& ignored) {
    CollectionDiff diff;
    diff.is_before_whole = before.gaps.empty();
    diff.is_after_whole = after.gaps.empty();
    Comparison comparison(diff, ignored);
    const auto old_rows = by_identity(before);
    const auto new_rows = by_identity(after);
    static const Rows none;
    for (const auto& [identity, rows] : old_rows) {
        const auto found = new_rows.find(identity);
        comparison.resource(identity, rows, found == new_rows.end() ? none : found->second);
    }
    for (const auto& [identity, rows] : new_rows) {
        if (old_rows.count(identity) == 0) {
            comparison.resource(identity, none, rows);
        }
    }
    return diff;
}

}  // namespace pf::host::cli
