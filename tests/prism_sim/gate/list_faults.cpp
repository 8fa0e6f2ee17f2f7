#include "tests/prism_sim/gate/list_faults.hpp"

#include <algorithm>
#include <vector>

#include "tests/prism_sim/gate/odd_values.hpp"
#include "tests/prism_sim/json/json_scan.hpp"

namespace pf::sim {
namespace {

// Where a list answer of one API generation keeps things.
struct ListShape {
    std::string_view entries, total, name;
};
constexpr ListShape kV4{"data", "metadata.totalAvailableResults", "name"};
constexpr ListShape kV3{"entities", "metadata.total_matches", "status.name"};

// The text of an answer while it is changed.
class List {
  public:
    explicit List(std::string_view text) : text_(text) {
        for (const ListShape* shape : {&kV4, &kV3}) {
            // An empty list may say so by having no entries at all.
            if (find_member(text_, 0, shape->total)) shape_ = shape;
            const auto list = find_member(text_, 0, shape->entries);
            if (!list || text_[list->value.begin] != '[') continue;
            shape_ = shape;
            array_ = *list;
            entries_ = elements(text_, list->value.begin);
        }
    }

    [[nodiscard]] bool is_list() const { return shape_ != nullptr; }
    [[nodiscard]] bool has_entries() const { return !entries_.empty(); }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const ListShape& shape() const { return *shape_; }
    [[nodiscard]] TextRange entry(const Fault& fault) const {
        return entries_[std::min<std::size_t>(fault.item.value_or(entries_.size() / 2),
                                              entries_.size() - 1)];
    }
    [[nodiscard]] std::string_view last() const { return view(entries_.back()); }
    [[nodiscard]] std::string_view view(TextRange range) const {
        return std::string_view(text_).substr(range.begin, range.end - range.begin);
    }
    void replace(TextRange range, std::string_view by) {
        text_.replace(range.begin, range.end - range.begin, by);
    }
    void insert(std::size_t at, std::string_view what) { text_.insert(at, what); }

    void drop_entry(const Fault& fault) {
        TextRange range = entry(fault);
        if (text_[range.end] == ',')
            ++range.end;
        else if (entries_.size() > 1)
            --range.begin;
        replace(range, "");
    }
    void drop_all(bool with_key) {
        if (!with_key) return replace(array_.value, "[]");
        drop_member(array_);
    }
    void drop_member(const MemberPlace& member) {
        TextRange range{member.key, member.value.end};
        if (text_[range.end] == ',')
            ++range.end;
        else if (text_[range.begin - 1] == ',')
            --range.begin;
        replace(range, "");
    }
    // The member a fault names, in its entry or in the whole answer.
    [[nodiscard]] std::optional<MemberPlace> member(const Fault& fault) const {
        if (fault.field.starts_with('/'))
            return find_member(text_, 0, std::string_view(fault.field).substr(1));
        if (!has_entries()) return std::nullopt;
        return find_member(text_, entry(fault).begin,
                           fault.field.empty() ? shape_->name : fault.field);
    }

  private:
    std::string text_;
    const ListShape* shape_ = nullptr;
    MemberPlace array_;
    std::vector<TextRange> entries_;
};

void set_field(const Fault& fault, std::string_view value, List& list) {
    if (const auto found = list.member(fault)) return list.replace(found->value, value);
    // A field that is not there yet comes first in its entry.
    if (!list.has_entries() || fault.field.find_first_of("./") != std::string::npos) return;
    list.insert(list.entry(fault).begin + 1, "\"" + fault.field + "\":" + std::string(value) + ",");
}

void change_total(const Fault& fault, List& list) {
    const auto total = find_member(list.text(), 0, list.shape().total);
    if (!total) return;
    if (!fault.json.empty()) return list.replace(total->value, fault.json);
    const long long number = std::stoll(std::string(list.view(total->value)));
    list.replace(total->value, std::to_string(std::max(0LL, number + fault.add)));
}

void spoil_entry(const Fault& fault, List& list) {
    switch (fault.kind) {
        case FaultKind::set_field:
            return set_field(fault, fault.json, list);
        case FaultKind::drop_field:
            if (const auto found = list.member(fault)) list.drop_member(*found);
            return;
        case FaultKind::repeat_field:
            if (const auto found = list.member(fault)) {
                const std::string key(list.view({found->key, found->value.begin}));
                const std::string value = fault.json.empty() ? "\"impostor\"" : fault.json;
                list.insert(found->value.end, "," + key + value);
            }
            return;
        case FaultKind::duplicate_entry: {
            const TextRange range = list.entry(fault);
            return list.insert(range.end, "," + std::string(list.view(range)));
        }
        case FaultKind::drop_entry:
            return list.drop_entry(fault);
        case FaultKind::empty_page:
            return list.drop_all(fault.json != "[]");
        default:
            return set_field(fault, odd_value(fault), list);
    }
}

}  // namespace

void spoil_list(const Fault& fault, Response& response) {
    List list(response.body.view());
    if (!list.is_list()) return;
    if (fault.kind == FaultKind::total) {
        change_total(fault, list);
    } else if (list.has_entries() || fault.field.starts_with('/')) {
        spoil_entry(fault, list);
    }
    response.body.clear();
    response.body.append(list.text());
}

void put_foreign_entry(const Fault& fault, std::string_view entry, Response& response) {
    List list(response.body.view());
    if (!list.is_list() || !list.has_entries() || entry.empty()) return;
    const TextRange place = list.entry(fault);
    if (fault.kind == FaultKind::shifted_entry)
        list.replace(place, entry);
    else
        list.insert(place.begin, std::string(entry) + ",");
    response.body.clear();
    response.body.append(list.text());
}

std::string last_entry(const Response& response) {
    const List list(response.body.view());
    return list.is_list() && list.has_entries() ? std::string(list.last()) : std::string();
}

}  // namespace pf::sim
