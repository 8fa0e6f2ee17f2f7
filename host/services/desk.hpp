// Desk: where a handler of a concern that makes no resources finds what it works with, and leaves
// its results. One class derives from it per concern.
#pragma once

namespace pf::host::services {

// Its functions are called from the thread that runs the handler.
class Desk {
  public:
    Desk() = default;
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    virtual ~Desk() = default;
};

}  // namespace pf::host::services
