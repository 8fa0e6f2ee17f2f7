#include <algorithm>

#include "esxi_vm.hpp"
#include "vm_v3.hpp"

namespace vm {
namespace {

constexpr std::string_view adapters[] = {"E1000",   "E1000E",  "PCNET32", "VMXNET",
                                         "VMXNET2", "VMXNET3", "SRIOV"};

char capital(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// v4 writes the adapter's model in capitals; how v3 does is not verified.
std::string_view adapter_of(std::string_view model) noexcept {
    for (const std::string_view adapter : adapters) {
        const bool is_it = std::equal(model.begin(), model.end(), adapter.begin(), adapter.end(),
                                      [](char a, char b) { return capital(a) == b; });
        if (is_it) return adapter;
    }
    return model;
}

}  // namespace

// The form is that of every machine in v3. What stands for a subnet is a port group of vCenter,
// and vCenter does not count threads.
void read_esxi_v3(pf::Value machine, EsxiFacts& facts) {
    read_v3(machine, facts);
    facts.port_groups.clear();
    facts.size.threads_per_core = 0;
    auto nic = facts.nics.begin();
    for (pf::Value entry : machine["status"]["resources"]["nic_list"]) {
        if (nic == facts.nics.end()) break;
        nic->type = adapter_of(entry["model"].str());
        facts.port_groups.push_back(nic->subnet.name);
        nic->subnet = {};
        ++nic;
    }
}

}  // namespace vm
