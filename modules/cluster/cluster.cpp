// The cluster module: the clusters of a Prism Central, their hosts and physical disks.
#include <prismforet/module.hpp>

#include "facts.hpp"
#include "names.hpp"
#include "records.hpp"

namespace {

using cluster::Endpoint;
using cluster::Kind;

std::string_view id_of(pf::Value entity, bool is_v3) noexcept {
    return (is_v3 ? entity["metadata"]["uuid"] : entity["extId"]).str();
}

class Clusters final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value options,
                 std::string_view scope) const override {
        switch (static_cast<Kind>(output)) {
            case Kind::cluster:
                return clusters(call, options, scope);
            case Kind::host:
                return hosts(call, scope);
            case Kind::disk:
                return disks(call, scope);
        }
        throw pf::Failure(PF_INVALID_ARGUMENT, "the module has no such output");
    }

  private:
    static void clusters(pf::Call& call, pf::Value options, std::string_view scope) {
        pf::List list = call.list(Endpoint::clusters, {.cluster = scope});
        auto at = list.begin();  // the first page says which generation serves the list
        const bool is_v3 = list.dialect() == 3;
        cluster::ClusterWriter writer(call, scope, list.dialect(), options);
        cluster::ClusterFacts facts;
        for (; at != list.end(); ++at) {
            const pf::Value entity = *at;
            is_v3 ? cluster::read_v3(entity, facts) : cluster::read_v4(entity, facts);
            const std::string_view id = id_of(entity, is_v3);
            if (facts.is_prism_central) {
                call.filtered(entity);
            } else if (id.empty()) {
                call.skip(entity, "cluster.no_id", "a cluster without a UUID");
            } else {
                describe(call, entity, writer, facts, id);
            }
        }
    }

    static void describe(pf::Call& call, pf::Value entity, cluster::ClusterWriter& writer,
                         cluster::ClusterFacts& facts, std::string_view id) {
        using Choice = cluster::ClusterWriter::Choice;
        const Choice choice = writer.choose(facts, id);
        if (choice == Choice::unwanted) return call.filtered(entity);
        if (choice == Choice::unknown) {
            return call.skip(entity, "cluster.category_hidden",
                             "categories are asked for and those of the cluster could not be read");
        }
        pf::Row row = call.begin(Kind::cluster, entity, id);
        writer.describe(row, facts, id);
    }

    static void hosts(pf::Call& call, std::string_view scope) {
        pf::List list = call.list(Endpoint::hosts, {.cluster = scope});
        auto at = list.begin();
        const bool is_v3 = list.dialect() == 3;
        cluster::HostWriter writer(call);
        cluster::HostFacts facts;
        for (; at != list.end(); ++at) {
            const pf::Value entity = *at;
            is_v3 ? cluster::read_v3(entity, facts) : cluster::read_v4(entity, facts);
            const std::string_view id = id_of(entity, is_v3);
            if (!facts.is_host()) {
                call.filtered(entity);
            } else if (id.empty()) {
                call.skip(entity, "host.no_id", "a host without a UUID");
            } else {
                pf::Row row = call.begin(Kind::host, entity, id);
                writer.describe(row, facts, id);
            }
        }
    }

    // Only v4 has a list of disks.
    static void disks(pf::Call& call, std::string_view scope) {
        cluster::DiskFacts facts;
        for (const pf::Value entity : call.list(Endpoint::disks, {.cluster = scope})) {
            const std::string_view id = id_of(entity, false);
            if (id.empty()) {
                call.skip(entity, "disk.no_id", "a disk without a UUID");
                continue;
            }
            cluster::read_v4(entity, facts);
            pf::Row row = call.begin(Kind::disk, entity, id);
            cluster::describe(call, row, facts, id);
        }
    }
};

}  // namespace

PF_MODULE(Clusters)
