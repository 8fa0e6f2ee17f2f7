// Rows as the targets look at them: gathered from a call, taken apart by readers that share no code
// with the encoders.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "host/encoding/row_format.hpp"
#include "host/services/row_output.hpp"

namespace pf::fuzz {

// Takes every batch a call pushes.
class GatheredRows final : public host::services::RowOutput {
  public:
    host::Status push(host::encoding::RowBatch batch, const host::Stop& stop) override;
    host::encoding::Block spare() override { return pool_->take(); }
    const std::vector<std::string>& rows() const noexcept { return rows_; }

  private:
    std::shared_ptr<host::encoding::BlockPool> pool_ =
        std::make_shared<host::encoding::BlockPool>(2);
    std::vector<std::string> rows_;
};

// The members of a row's resource; `data` and `metadata` are objects whatever the format was. Ends
// the process when the bytes are no such row, or a text of it is no UTF-8.
nlohmann::json resource_of(std::string_view row, host::encoding::RowFormat format);

// Ends the process when `data` breaks what the ABI promises about stored documents: keys without
// '$' in front, dots and NUL, at most 32 levels.
void require_storable(const nlohmann::json& data);

}  // namespace pf::fuzz
