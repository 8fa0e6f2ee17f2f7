#include "attribution.hpp"

#include <algorithm>

#include "largest_remainder.hpp"
#include "model_text.hpp"
#include "rate.hpp"
#include "text_limit.hpp"

namespace cost {
namespace {

constexpr std::size_t most_tags = 16;

bool is_in(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Attribution::Attribution(const Allocation& allocation)
    : allocation_(allocation),
      keys_(allocation.tags),
      is_seen_(allocation.tags.size(), false),
      joined_(allocation.tags.size()) {
    for (const std::string& tag : allocation.tags) is_key_.push_back(is_in(allocation.keys, tag));
    // A dot would be a path into a structure there.
    for (std::string& key : keys_) std::replace(key.begin(), key.end(), '.', '_');
    Names sorted = keys_;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.size() > most_tags) refuse_model("tags", "are more than 16");
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        refuse_model("tags", "name one key twice; a dot counts as an underscore");
}

void Attribution::read_values(const Bill& bill, std::size_t tag) {
    values_.clear();
    for (std::size_t i = 0; i < bill.category_count(); ++i) {
        const Category& category = bill.categories()[i];
        if (category.key == allocation_.tags[tag]) values_.push_back({category.value, 1});
    }
    const auto before = [](const Value& a, const Value& b) { return a.text < b.text; };
    std::sort(values_.begin(), values_.end(), before);
    const auto same = [](const Value& a, const Value& b) { return a.text == b.text; };
    values_.erase(std::unique(values_.begin(), values_.end(), same), values_.end());
    if (values_.empty()) {
        values_.push_back({allocation_.untagged, 1});
    } else {
        is_seen_[tag] = true;
    }
    if (values_.size() == 1) return;
    if (is_key_[tag]) {
        if (!allocation_.is_even) values_.resize(1);
        return;
    }
    std::string& joined = joined_[tag];
    joined.clear();
    for (const Value& value : values_) {
        if (!joined.empty()) joined += ',';
        joined += value.text;
    }
    values_.assign(1, Value{joined, 1});
}

void Attribution::apply_rules(std::size_t tag) {
    const auto rule_of = [&](std::string_view value) {
        return std::find_if(allocation_.rules.begin(), allocation_.rules.end(),
                            [&](const Rule& rule) {
                                return rule.key == allocation_.tags[tag] && rule.value == value;
                            });
    };
    ruled_.clear();
    for (const Value& value : values_) {
        const auto rule = rule_of(value.text);
        if (rule == allocation_.rules.end()) {
            ruled_.push_back({value.text, nano});
            continue;
        }
        for (const Target& target : rule->to)
            if (target.share > 0) ruled_.push_back({target.value, target.share});
    }
    std::sort(ruled_.begin(), ruled_.end(),
              [](const Value& a, const Value& b) { return a.text < b.text; });
    values_.clear();
    Wide common = 0;
    for (const Value& value : ruled_) {
        if (!values_.empty() && values_.back().text == value.text) {
            values_.back().weight += value.weight;
        } else {
            values_.push_back(value);
        }
    }
    for (const Value& value : values_) common = greatest_common_divisor(value.weight, common);
    for (Value& value : values_) value.weight /= common;
}

void Attribution::cross(std::size_t tag) {
    const std::size_t before = count();
    if (before * values_.size() > max_parts) {
        throw pf::Failure(PF_OUT_OF_RANGE,
                          "a resource has more than 256 combinations of values of the chargeback "
                          "keys: take a key out, or set several_values to first");
    }
    const std::size_t after = before * values_.size();
    if (crossed_tags_.size() < after) crossed_tags_.resize(after);
    crossed_weights_.resize(after);
    for (std::size_t i = 0; i < before; ++i) {
        for (std::size_t v = 0; v < values_.size(); ++v) {
            const std::size_t to = i * values_.size() + v;
            crossed_weights_[to] = product(weights_[i], values_[v].weight);
            crossed_tags_[to] = tags_[i];
            crossed_tags_[to].push_back({keys_[tag], fitting(values_[v].text)});
        }
    }
    weights_.swap(crossed_weights_);
    tags_.swap(crossed_tags_);
}

void Attribution::read(const Bill& bill) {
    weights_.assign(1, 1);
    if (tags_.empty()) tags_.resize(1);
    tags_[0].clear();
    for (std::size_t tag = 0; tag < keys_.size(); ++tag) {
        read_values(bill, tag);
        if (is_key_[tag] && !allocation_.rules.empty()) apply_rules(tag);
        if (values_.size() > 1) {
            cross(tag);
            continue;
        }
        for (std::size_t i = 0; i < count(); ++i)
            tags_[i].push_back({keys_[tag], fitting(values_[0].text)});
    }
}

void Attribution::read_nobody(const std::string& owner) {
    weights_.assign(1, 1);
    if (tags_.empty()) tags_.resize(1);
    tags_[0].clear();
    for (std::size_t tag = 0; tag < keys_.size(); ++tag) {
        const bool is_owned = is_key_[tag] && !owner.empty();
        tags_[0].push_back({keys_[tag], is_owned ? owner : allocation_.untagged});
    }
}

Names Attribution::unseen() const {
    Names result;
    for (std::size_t tag = 0; tag < is_seen_.size(); ++tag)
        if (is_key_[tag] && !is_seen_[tag]) result.push_back(allocation_.tags[tag]);
    return result;
}

}  // namespace cost
