#include "bill.hpp"

#include <algorithm>

#include "text_limit.hpp"

namespace cost {
namespace {

std::string_view or_untagged(std::string_view name, const std::string& untagged) noexcept {
    return name.empty() ? std::string_view(untagged) : fitting(name);
}

}  // namespace

void Bill::begin(const Shape& shape, std::size_t cluster, std::size_t pool,
                 const std::string& untagged) {
    texts_.id = shape.id;
    texts_.name = shape.name;
    texts_.product = fitting(shape.product);
    texts_.region = fitting(shape.region);
    texts_.project = or_untagged(shape.project, untagged);
    texts_.owner = or_untagged(shape.owner, untagged);
    category_count_ = shape.categories.size();
    if (categories_.size() < category_count_) categories_.resize(category_count_);
    for (std::size_t i = 0; i < category_count_; ++i) {
        categories_[i].key = shape.categories[i].key;
        categories_[i].value = shape.categories[i].value;
    }
    cluster_ = cluster;
    pool_ = pool;
    is_measured_ = shape.is_measured;
    is_machine_ = shape.is_machine();
    first_day_ = days_.size();
    end_day_ = 0;
}

bool Bill::takes(const Shape& shape, std::size_t cluster, std::size_t pool,
                 const std::string& untagged) const {
    return texts_.id == shape.id && cluster_ == cluster && pool_ == pool &&
           is_measured_ == shape.is_measured && texts_.product == fitting(shape.product) &&
           texts_.region == fitting(shape.region) &&
           texts_.project == or_untagged(shape.project, untagged) &&
           texts_.owner == or_untagged(shape.owner, untagged) &&
           category_count_ == shape.categories.size() &&
           std::equal(shape.categories.begin(), shape.categories.end(), categories_.begin(),
                      [](const CategoryView& a, const Category& b) {
                          return a.key == b.key && a.value == b.value;
                      });
}

void Bill::add(std::size_t day, std::int64_t seconds, const std::vector<Usage>& usage) {
    first_day_ = std::min(first_day_, day);
    end_day_ = std::max(end_day_, day + 1);
    seconds_[day] += seconds;
    Wide* const row = &quantities_[day * slots_];
    for (const Usage& part : usage)
        row[part.slot] = sum(row[part.slot], product(part.units, seconds));
}

void Bill::clear() {
    for (std::size_t day = first_day_; day < end_day_; ++day) {
        std::fill_n(&quantities_[day * slots_], slots_, Wide{0});
        if (!weighted_.empty()) {
            std::fill_n(&weighted_[day * weighted_slots], weighted_slots, Wide{0});
        }
        seconds_[day] = 0;
    }
    texts_.id.clear();
    first_day_ = 0;
    end_day_ = 0;
}

}  // namespace cost
