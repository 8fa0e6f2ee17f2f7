// The rows the host makes itself: resource types, regions, failures.
#pragma once

#include <string>
#include <string_view>

#include "host/encoding/row_batch.hpp"
#include "host/encoding/row_encoder.hpp"
#include "host/runtime/report.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::runtime {

class HostRows {
  public:
    explicit HostRows(encoding::RowFormat format) : format_(format) {}

    // inventory.CloudServiceType: what the console shows of a kind.
    void type(const services::Output& output);
    // inventory.Region: gives a region code its name.
    void region(std::string_view code, std::string_view name);
    // inventory.ErrorResource, FAILURE: what is missing and why. `output` may be null.
    void failure(const Reason& reason, const services::Output* output);

    std::size_t size() const noexcept { return ends_.size(); }
    encoding::RowBatch take();

  private:
    template <class Members>
    void row(const encoding::RowShape& shape, Members members);

    encoding::RowFormat format_;
    encoding::Buffer bytes_;
    std::vector<std::size_t> ends_;
};

}  // namespace pf::host::runtime
