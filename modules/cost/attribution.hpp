// Who pays: the values of the chargeback keys a resource has, and in which proportion. Most have
// one value per key; with several, or by a rule, a record becomes several.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bill.hpp"
#include "model.hpp"
#include "output.hpp"

namespace cost {

class Attribution {
  public:
    explicit Attribution(const Allocation& allocation);

    // Works out the payers of a bill; the bill has to stay as it is while they are looked at.
    void read(const Bill& bill);

    // What belongs to nobody: the untagged bucket, or that of an owner.
    void read_nobody(const std::string& owner);

    std::size_t count() const noexcept { return weights_.size(); }
    std::span<const Wide> weights() const noexcept { return weights_; }
    const std::vector<Tag>& tags(std::size_t payer) const noexcept { return tags_[payer]; }

    // The keys of chargeback that no resource has had so far.
    Names unseen() const;

  private:
    struct Value {
        std::string_view text;
        Wide weight = 1;
    };
    // The values of the tag number `tag`, in order, with their weights.
    void read_values(const Bill& bill, std::size_t tag);
    void apply_rules(std::size_t tag);
    void cross(std::size_t tag);

    const Allocation& allocation_;
    Names keys_;                 // as they go into records: without dots
    std::vector<bool> is_key_;   // by tag: chargeback goes by it
    std::vector<bool> is_seen_;  // by tag
    std::vector<std::string> joined_;
    std::vector<Value> values_;
    std::vector<Value> ruled_;
    std::vector<Wide> weights_;
    std::vector<Wide> crossed_weights_;
    std::vector<std::vector<Tag>> tags_;  // more than count() may be there, to be used again
    std::vector<std::vector<Tag>> crossed_tags_;
};

}  // namespace cost
