// Shapes: a sequence of shapes that can be read more than once: from memory, or from the history.
#pragma once

#include "host/base/status.hpp"
#include "host/cost/shapes/shape.hpp"

namespace pf::host::cost {

// Ordered by (id, account, from): the segments of one resource follow each other, and do not
// overlap. Every pass gives the same. One thread at a time.
class Shapes {
  public:
    virtual ~Shapes() = default;
    // Back to the first shape. [owner's thread]
    virtual Status rewind() = 0;
    // The next shape; false after the last, and `shape` is as it was. The first call without
    // rewind() gives the first shape. A failure ends the pass.
    virtual Result<bool> next(Shape& shape) = 0;
};

}  // namespace pf::host::cost
