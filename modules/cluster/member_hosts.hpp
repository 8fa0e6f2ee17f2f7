// The hosts of each cluster, read once per call: what a cluster's own entity does not tell of them.
#pragma once

#include <cstdint>
#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "facts.hpp"

namespace cluster {

// A host, copied out of its page.
struct MemberHost {
    std::string cluster;  // UUID
    std::string uuid;
    std::string name;
    std::string model;
    std::string serial;
    std::string hypervisor_ip;
    std::string cvm_ip;
    Count cores;
    Count cpu_hz;
    Count memory_bytes;
    Count disk_bytes;  // nothing when a disk's size is not known
    bool has_resources = true;
};

class MemberHosts {
  public:
    // Reads the list of hosts; those of other clusters than `cluster` may be left out (empty =
    // all). A list that fails leaves them unknown, and the host tells why. Throws pf::Failure when
    // the call must end.
    MemberHosts(pf::Call& call, std::string_view cluster);

    // False: which hosts there are could not be found out.
    bool is_known() const noexcept { return is_known_; }

    // The hosts of a cluster, by name.
    std::vector<const MemberHost*> of(std::string_view cluster) const;

  private:
    void read(pf::Call& call, std::string_view cluster);
    void add(std::string_view uuid, const HostFacts& facts);

    std::vector<MemberHost> all_;  // by cluster, then name
    bool is_known_ = false;
};

}  // namespace cluster
