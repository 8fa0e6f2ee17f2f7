// ShapeFeed: the shapes of pf.shapes/1, wherever they are kept.
#pragma once

#include <string>

#include "host/base/status.hpp"

namespace pf::host::services {

// Used by one thread at a time.
class ShapeFeed {
  public:
    virtual ~ShapeFeed() = default;
    // Back to the first shape.
    virtual Status rewind() = 0;
    // The next shape as JSON text in `json`, whose memory is reused; abi/shapes.h says what it
    // holds. Ordered by id, then by from. OUT_OF_RANGE after the last.
    virtual Status next(std::string& json) = 0;
};

}  // namespace pf::host::services
