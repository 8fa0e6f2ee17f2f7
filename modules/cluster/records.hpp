// How what is known of a cluster, a host or a disk becomes a record: straight into the writer.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>

#include "facts.hpp"
#include "member_hosts.hpp"

namespace cluster {

// Writes clusters. One per call.
class ClusterWriter {
  public:
    // Reads the hosts and the categories of all clusters. `call` outlives this object, and so do
    // the collector's `options`. Throws pf::Failure when the call must end.
    ClusterWriter(pf::Call& call, std::string_view cluster, int dialect, pf::Value options);

    // Whether the options ask for a cluster, by its categories, which are completed and sorted.
    enum class Choice { wanted, unwanted, unknown };
    Choice choose(ClusterFacts& facts, std::string_view id);

    // Writes everything known into `row`. After choose().
    void describe(pf::Row& row, ClusterFacts& facts, std::string_view id);

  private:
    void complete_categories(ClusterFacts& facts, std::string_view id);
    void write_tags(pf::Row& row, const ClusterFacts& facts);
    void write_hosts(pf::Row& row, pf::Object& data, const ClusterFacts& facts,
                     std::string_view id);

    pf::Call& call_;
    MemberHosts hosts_;
    pf::Lookup categories_;
    pf::Value wanted_;     // "Key:Value" texts; absent or empty = all clusters
    bool has_categories_;  // false: the generation of the list needs no look-up
    bool hides_categories_ = false;
    std::string text_;
};

// Writes hosts. One per call.
class HostWriter {
  public:
    // `call` outlives this object. Throws pf::Failure when the call must end.
    explicit HostWriter(pf::Call& call);

    // Writes everything known into `row`.
    void describe(pf::Row& row, const HostFacts& facts, std::string_view id);

  private:
    pf::Call& call_;
    pf::Lookup clusters_;
    std::string text_;
};

// Writes everything known of a disk into `row`.
void describe(pf::Call& call, pf::Row& row, const DiskFacts& facts, std::string_view id);

}  // namespace cluster
