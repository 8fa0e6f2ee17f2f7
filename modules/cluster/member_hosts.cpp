#include "member_hosts.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "names.hpp"

namespace cluster {
namespace {

// The sizes of all disks together; nothing when one is not known, or they cannot be true.
Count bytes_of(const std::vector<HostDisk>& disks) noexcept {
    std::int64_t sum = 0;
    for (const HostDisk& disk : disks) {
        if (!disk.bytes || *disk.bytes > std::numeric_limits<std::int64_t>::max() - sum) return {};
        sum += *disk.bytes;
    }
    return sum;
}

}  // namespace

MemberHosts::MemberHosts(pf::Call& call, std::string_view cluster) {
    try {
        read(call, cluster);
        is_known_ = true;
    } catch (const pf::Failure& failure) {
        const bool ends = failure.status() == PF_CANCELLED ||
                          failure.status() == PF_DEADLINE_EXCEEDED || call.ended() != PF_OK;
        if (ends) throw;
    }
    std::sort(all_.begin(), all_.end(), [](const MemberHost& a, const MemberHost& b) {
        return std::tie(a.cluster, a.name, a.uuid) < std::tie(b.cluster, b.name, b.uuid);
    });
}

void MemberHosts::read(pf::Call& call, std::string_view cluster) {
    pf::List hosts = call.list(Endpoint::hosts, {.cluster = cluster});
    auto at = hosts.begin();
    const bool is_v3 = hosts.dialect() == 3;
    HostFacts facts;
    for (; at != hosts.end(); ++at) {
        const pf::Value host = *at;
        is_v3 ? read_v3(host, facts) : read_v4(host, facts);
        add((is_v3 ? host["metadata"]["uuid"] : host["extId"]).str(), facts);
        call.filtered(host);  // the kind `host` makes resources of them
    }
}

void MemberHosts::add(std::string_view uuid, const HostFacts& facts) {
    if (uuid.empty() || !facts.is_host()) return;
    const Hardware& hardware = facts.hardware;
    all_.push_back({std::string(facts.cluster.uuid), std::string(uuid), std::string(facts.name),
                    std::string(facts.block_model), std::string(facts.serial),
                    std::string(facts.hypervisor.ip), std::string(facts.cvm_ip), hardware.cores,
                    hardware.cpu_hz, hardware.memory_bytes, bytes_of(facts.disks),
                    facts.has_resources});
}

std::vector<const MemberHost*> MemberHosts::of(std::string_view cluster) const {
    std::vector<const MemberHost*> members;
    for (const MemberHost& host : all_) {
        if (host.cluster == cluster) members.push_back(&host);
    }
    return members;
}

}  // namespace cluster
