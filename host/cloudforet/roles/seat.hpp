// Seat: counts the runs in progress, so that too many at once can be refused.
#pragma once

#include <atomic>
#include <cstdint>

namespace pf::host::cloudforet {

class Seat {
  public:
    explicit Seat(std::atomic<std::uint32_t>& taken) : taken_(taken), mine_(++taken) {}
    ~Seat() { --taken_; }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    // How many there were with this one.
    std::uint32_t number() const noexcept { return mine_; }

  private:
    std::atomic<std::uint32_t>& taken_;
    std::uint32_t mine_;
};

}  // namespace pf::host::cloudforet
