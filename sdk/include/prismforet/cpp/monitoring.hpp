// write_monitoring: where the figures and the log of an entity are.
#pragma once

#include <string_view>

#include "prismforet/cpp/call.hpp"
#include "prismforet/cpp/writer.hpp"

namespace pf {

// Writes the key `nutanix_monitoring` of `data`, which the descriptor lists for the output.
// CloudForet hands it back when somebody looks at the resource's metrics or log. `type` is what
// pf.metrics/1 calls the entity ("vm", "host"), `id` its UUID; a cluster that is not known is
// empty. Throws Failure when the host has no pf.central/1.
inline void write_monitoring(Object& data, Call& call, std::string_view type, std::string_view id,
                             std::string_view cluster) {
    const std::string_view central = call.central_uuid();
    Object monitoring = data.object("nutanix_monitoring");
    monitoring.text("cluster_uuid", cluster);
    monitoring.put("entity_type", type);
    monitoring.put("entity_uuid", id);
    monitoring.text("prism_central", central);
}

}  // namespace pf
