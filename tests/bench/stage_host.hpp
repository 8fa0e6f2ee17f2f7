// StageHost: runs the vm module's handler over pages that are there already, with the host's own
// parser, reader, writer and encoders and nothing else: no network, no queue, no gRPC. So the work
// between a page's bytes and its rows can be measured alone, and part by part.
#pragma once

#include <cstdint>
#include <memory>

#include "host/encoding/row_format.hpp"
#include "tests/bench/vm_pages.hpp"

namespace pf::bench {

// How far the work goes.
enum class Stage : std::uint8_t {
    parse,   // bytes to a document
    handle,  // and the module's handler, whose tokens go nowhere
    encode,  // and the host's writer and encoder
};

struct StageRun {
    std::uint64_t rows = 0;
    std::uint64_t row_bytes = 0;
    double cpu_seconds = 0;  // of this thread
};

class StageHost {
  public:
    // Creates an instance of the vm module. Throws std::runtime_error.
    explicit StageHost(VmPages pages);
    ~StageHost();
    StageHost(const StageHost&) = delete;
    StageHost& operator=(const StageHost&) = delete;

    // Goes over the pages once.
    StageRun run(Stage stage, host::encoding::RowFormat format);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::bench
