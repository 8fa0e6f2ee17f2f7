// Receiver: calls Collector.collect of a plugin and counts what comes, as cheaply as a gRPC client
// can: no message is parsed or copied.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "tests/bench/row_tally.hpp"

namespace pf::bench {

// What to ask for, and how fast to take it.
struct CollectOrder {
    std::uint16_t prism_port = 0;
    std::string ca_pem;
    std::uint32_t sessions = 8;
    bool struct_encoding = false;
    double rows_per_second = 0;  // 0 = as fast as they come
};

struct Received {
    RowTally tally;
    double seconds = 0;        // from the call to its end
    double first_machine = 0;  // from the call to the first row with a resource id, seconds
    std::string status;        // "OK", or code and text
    std::string ledger;        // the trailer with the run's account, JSON
};

class Receiver {
  public:
    // A connection of its own. Throws std::runtime_error when there is none within 10 s.
    explicit Receiver(std::uint16_t plugin_port);
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    // Blocks until the stream has ended.
    Received collect(const CollectOrder& order);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::bench
