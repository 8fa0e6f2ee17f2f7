#include "facts.hpp"

#include <algorithm>

namespace cluster {
namespace {

// Empties a list and keeps its memory.
template <class List>
List emptied(List& list) {
    List memory = std::move(list);
    memory.clear();
    return memory;
}

}  // namespace

void ClusterFacts::clear() {
    ClusterFacts fresh;
    fresh.functions = emptied(functions);
    fresh.hypervisors = emptied(hypervisors);
    fresh.network.name_servers = emptied(network.name_servers);
    fresh.network.time_servers = emptied(network.time_servers);
    fresh.software = emptied(software);
    fresh.categories = emptied(categories);
    *this = std::move(fresh);
}

void HostFacts::clear() {
    HostFacts fresh;
    fresh.hardware.gpus = emptied(hardware.gpus);
    fresh.disks = emptied(disks);
    *this = std::move(fresh);
}

bool HostFacts::is_host() const noexcept {
    if (!has_resources) return !name.empty();
    return !hypervisor.ip.empty() || !hypervisor.version.empty() || !hypervisor.type.empty() ||
           hardware.cores.value_or(0) > 0 || !hardware.cpu_model.empty() || !serial.empty();
}

std::string_view address_of(pf::Value address) noexcept {
    for (const char* form : {"ipv4", "ipv6", "fqdn"}) {
        const std::string_view text = address[form]["value"].str();
        if (!text.empty()) return text;
    }
    return {};
}

Count count_of(pf::Value value) noexcept {
    const Count count = value.i64();
    return count.value_or(-1) >= 0 ? count : std::nullopt;
}

void add_once(Texts& texts, std::string_view text) {
    if (text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end()) return;
    texts.push_back(text);
}

}  // namespace cluster
