// All IP addresses of one virtual machine; the texts are the page's.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace vm {

class Addresses {
  public:
    // Ready for the next VM.
    void clear() noexcept;

    // An address of NIC number `nic`, in the order they count: assigned before learned. An empty
    // one, or one the NIC already has, changes nothing.
    void add(std::uint32_t nic, std::string_view text);

    // Each address once: IPv4 by number, then IPv6 by text. Lives until the next call of anything.
    const std::vector<std::string_view>& sorted();

    // The first address of the first NIC that has one that is not link-local; else the first.
    std::string_view primary() const noexcept;

    // Calls `take(text)` for each address of NIC number `nic`, in the order they were added.
    template <class Take>
    void each_of(std::uint32_t nic, const Take& take) const {
        for (const Address& address : found_) {
            if (address.nic == nic) take(address.text);
        }
    }

  private:
    struct Address {
        std::string_view text;
        std::uint32_t nic;
    };

    std::vector<Address> found_;  // each address once per NIC
    std::vector<std::string_view> sorted_;
};

}  // namespace vm
