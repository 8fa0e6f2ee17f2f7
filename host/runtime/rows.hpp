// The rows the host makes itself: resource types, namespaces and metrics, regions, failures.
#pragma once

#include <string>
#include <string_view>

#include "host/encoding/row_batch.hpp"
#include "host/encoding/row_encoder.hpp"
#include "host/runtime/report.hpp"
#include "host/runtime/request.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::runtime {

class HostRows {
  public:
    explicit HostRows(encoding::RowFormat format) : format_(format) {}

    // inventory.CloudServiceType: what the console shows of a kind.
    void type(const services::Output& output);
    // inventory.Namespace and one inventory.Metric each; nothing for a kind without metrics.
    void metrics(const services::Output& output);
    // inventory.Region: gives a region code its name and, when `site` is not null, its place.
    void region(std::string_view code, std::string_view name, const Site* site);
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
