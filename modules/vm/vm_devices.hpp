// NICs, addresses and disks of a virtual machine.
#pragma once

#include <cstdint>
#include <prismforet/module.hpp>
#include <string_view>
#include <vector>

#include "vm_names.hpp"

namespace vm {

// All addresses of one VM; the texts are the page's. The memory serves one VM after the other.
class Addresses {
  public:
    // Reads assigned, secondary and learned addresses, IPv4 and IPv6, NIC by NIC.
    void gather(pf::Value nics);

    // Each address once: IPv4 by number, then IPv6 by text.
    const std::vector<std::string_view>& sorted() const noexcept { return sorted_; }

    // The first address of the first NIC that has one that is not link-local; else the first.
    std::string_view primary() const noexcept;

    // Calls `take(text)` for each address of NIC number `nic`, in the order they were read.
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

    void add(std::uint32_t nic, std::string_view text);

    std::vector<Address> found_;  // each address once per NIC
    std::vector<std::string_view> sorted_;
};

// data.nics.
void write_nics(pf::Object& data, pf::Value nics, const Addresses& addresses, const Names& names);

// data.subnet and data.vpc: of the first NIC in a subnet.
void write_network(pf::Object& data, pf::Value nics, const Names& names);

// data.disks: disks and volume groups, then CD-ROM drives that hold something.
void write_disks(pf::Object& data, pf::Value machine, const Names& names);

// data.storage: the sum over the VM's own disks; no CD-ROMs, no volume groups.
void write_storage(pf::Object& data, pf::Value machine);

}  // namespace vm
