#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "host/cli/console/field_reader.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/row_forms.hpp"

namespace pf::host::cli {
namespace {

class SortedRows final : public RowWriter {
  public:
    SortedRows(std::unique_ptr<RowWriter> next, RowWishes wishes, const ColumnCatalogue& catalogue)
        : next_(std::move(next)), wishes_(std::move(wishes)), catalogue_(catalogue) {
        wishes_.columns = {wishes_.sort_by};
    }

    Status put(std::string_view text) override {
        const nlohmann::ordered_json resource = parse_resource(text);
        const Identity identity = identity_of(resource);
        auto chosen = pick_columns(catalogue_.of(identity.group, identity.type), wishes_);
        if (!chosen) {
            return chosen.status();
        }
        Key key;  // a kind without the column stays in the order of arrival, behind the others
        key.is_last = chosen->empty();
        if (!chosen->empty()) {
            const FieldReader reader(chosen->front(), ValueStyle::machines, true);
            std::tie(key.number, key.text) = reader.sort_key(resource);
        }
        rows_.emplace_back(std::move(key), text);
        return Status();
    }
    Status finish(std::string_view summary) override {
        std::stable_sort(rows_.begin(), rows_.end(), [this](const auto& a, const auto& b) {
            return wishes_.is_descending && a.first.is_last == b.first.is_last ? b.first < a.first
                                                                               : a.first < b.first;
        });
        for (const auto& [key, text] : rows_) {
            if (Status status = next_->put(text); !status.ok()) {
                return status;
            }
        }
        return next_->finish(summary);
    }
    std::string remark() const override { return next_->remark(); }

  private:
    struct Key {
        bool is_last = false;
        double number = 0;
        std::string text;
        bool operator<(const Key& other) const {
            return std::tie(is_last, number, text) <
                   std::tie(other.is_last, other.number, other.text);
        }
    };
    std::unique_ptr<RowWriter> next_;
    RowWishes wishes_;
    const ColumnCatalogue& catalogue_;
    std::vector<std::pair<Key, std::string>> rows_;
};

}  // namespace

std::unique_ptr<RowWriter> make_sorted_rows(std::unique_ptr<RowWriter> next,
                                            const RowWishes& wishes,
                                            const ColumnCatalogue& catalogue) {
    return std::make_unique<SortedRows>(std::move(next), wishes, catalogue);
}

}  // namespace pf::host::cli
