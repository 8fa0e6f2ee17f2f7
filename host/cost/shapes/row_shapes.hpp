// RowShapes: rows of a collection, as JSON lines, to shapes, as the modules' descriptors say how.
//
// Parses each row once. One object per thread; the descriptors outlive it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/cost/shapes/shape.hpp"
#include "host/services/descriptor.hpp"
#include "host/services/document.hpp"

namespace pf::host::cost {

class RowShapes {
  public:
    explicit RowShapes(const std::vector<const services::Descriptor*>& modules);

    // The shape of a row as RowFormat::json_line writes it; nothing when the row is not charged:
    // another resource type, a failure, a kind without a shape. from, to and basis are not set.
    // DATA_LOSS (ERROR_SHAPE_ROW) names the resource and the place that cannot be read, such as a
    // number that is negative. What the row leaves out, and what must be there and is not, is in
    // Shape::unknown.
    Result<std::optional<Shape>> read(std::string_view line);

    // The kinds that are charged, with their service codes.
    const std::map<std::string, std::string>& kinds() const { return kinds_; }

  private:
    // By cloud_service_group and cloud_service_type.
    using Types =
        std::map<std::pair<std::string, std::string>, const services::Output*, std::less<>>;

    Types types_;
    std::map<std::string, std::string> kinds_;
    services::Document document_;
};

}  // namespace pf::host::cost
