// JsonShapes: shapes as the texts that pf.shapes/1 hands to a cost module.
#pragma once

#include <memory>
#include <string>

#include "host/cost/shapes/shapes.hpp"
#include "host/services/shape_feed.hpp"

namespace pf::host::runtime {

class JsonShapes final : public services::ShapeFeed {
  public:
    // Only shapes of `account`; empty = of all.
    JsonShapes(std::shared_ptr<cost::Shapes> shapes, std::string account)
        : shapes_(std::move(shapes)), account_(std::move(account)) {}

    Status rewind() override { return shapes_->rewind(); }
    Status next(std::string& json) override;

  private:
    std::shared_ptr<cost::Shapes> shapes_;
    const std::string account_;
    cost::Shape shape_;
};

}  // namespace pf::host::runtime
