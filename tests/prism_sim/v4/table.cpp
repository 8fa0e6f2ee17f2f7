#include "tests/prism_sim/v4/table.hpp"

#include <algorithm>
#include <numeric>

namespace pf::sim {
namespace {

class TableCollection final : public Collection {
  public:
    TableCollection(Table table, const Permissions& permissions)
        : Collection(table.names), table_(std::move(table)), permissions_(permissions) {}

    std::optional<QueryProblem> find(const ListQuery& query, Found& found) const override {
        std::vector<std::uint32_t> all(table_.count());
        std::iota(all.begin(), all.end(), 0U);
        std::erase_if(all, [this](std::uint32_t i) { return !is_seen(i); });
        if (query.filter && !filter(all, *query.filter)) return not_filterable(query.filter->field);
        if (!order(all, query)) return not_sortable(query.order_field);
        found.total = all.size();
        std::uint64_t at = names().is_paginated ? query.page * query.limit : 0;
        const std::uint64_t end = names().is_paginated
                                      ? std::min<std::uint64_t>(all.size(), at + query.limit)
                                      : all.size();
        for (; at < end; ++at) found.handles.push_back(all[at]);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        for (std::uint32_t i = 0; i < table_.count(); ++i)
            if (table_.id(i) == id && is_seen(i)) return i;
        return std::nullopt;
    }

    void write(ObjectWriter& out, std::uint32_t handle) const override {
        table_.write(out, handle);
    }

  private:
    [[nodiscard]] bool is_seen(std::uint32_t i) const {
        return !table_.cluster || permissions_.sees_cluster(table_.cluster(i));
    }
    bool filter(std::vector<std::uint32_t>& all, const Filter& wanted) const {
        if (wanted.field == table_.id_field) {
            const auto id = parse_uuid(wanted.value);
            std::erase_if(all, [&](std::uint32_t i) { return !id || table_.id(i) != *id; });
            return true;
        }
        if (wanted.field == table_.name_field) {
            std::erase_if(all, [&](std::uint32_t i) { return table_.name(i) != wanted.value; });
            return true;
        }
        if (!table_.matches || table_.count() == 0 || !table_.matches(0, wanted)) return false;
        std::erase_if(all, [&](std::uint32_t i) { return !table_.matches(i, wanted).value(); });
        return true;
    }
    bool order(std::vector<std::uint32_t>& all, const ListQuery& query) const {
        if (query.order_field == table_.id_field) {
            std::sort(all.begin(), all.end(), [this](std::uint32_t a, std::uint32_t b) {
                return table_.id(a) < table_.id(b);
            });
        } else if (query.order_field == table_.name_field) {
            std::stable_sort(all.begin(), all.end(), [this](std::uint32_t a, std::uint32_t b) {
                return table_.name(a) < table_.name(b);
            });
        } else if (!query.order_field.empty()) {
            return false;
        }
        if (query.descending) std::reverse(all.begin(), all.end());
        return true;
    }

    Table table_;
    const Permissions& permissions_;
};

}  // namespace

std::unique_ptr<Collection> make_table_collection(Table table, const Permissions& permissions) {
    return std::make_unique<TableCollection>(std::move(table), permissions);
}

}  // namespace pf::sim
