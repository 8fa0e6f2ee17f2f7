#include "host/loader/descriptor_rules.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "host/loader/descriptor_shape.hpp"
#include "host/loader/loader.hpp"
#include "host/loader/refusal.hpp"
#include "prismforet/abi.h"

namespace pf::host::loader {
namespace {

using services::Descriptor;
using services::Endpoint;
using services::Lookup;
using services::Output;

constexpr std::string_view cluster_placeholder = "{cluster}";

class Rules {
  public:
    explicit Rules(const Descriptor& descriptor) : descriptor_(descriptor) {}

    std::vector<Problem> broken() && {
        concerns();
        for (std::size_t i = 0; i < descriptor_.endpoints.size(); ++i) {
            endpoint(descriptor_.endpoints[i], path_of("endpoints", i));
        }
        for (std::size_t i = 0; i < descriptor_.lookups.size(); ++i) {
            lookup(descriptor_.lookups[i], path_of("lookups", i));
        }
        for (std::size_t i = 0; i < descriptor_.outputs.size(); ++i) {
            output(descriptor_.outputs[i], path_of("outputs", i));
        }
        return std::move(problems_);
    }

  private:
    void require(bool holds, std::string path, std::string reason) {
        if (!holds) {
            problems_.push_back({std::move(path), std::move(reason)});
        }
    }

    void unique(std::set<std::string>& seen, const std::string& name, const std::string& path) {
        require(seen.insert(name).second, path, "'" + name + "' is used twice");
    }

    void concerns() {
        require(!descriptor_.concerns.empty(), "concerns", "name at least one concern");
        for (std::size_t i = 0; i < descriptor_.concerns.size(); ++i) {
            const std::string& id = descriptor_.concerns[i];
            require(is_known_concern(id), path_of("concerns", i),
                    "this host does not know the concern '" + id + "'; it knows " +
                        known_concern_names());
            require(std::find(descriptor_.concerns.begin(),
                              descriptor_.concerns.begin() + static_cast<std::ptrdiff_t>(i),
                              id) == descriptor_.concerns.begin() + static_cast<std::ptrdiff_t>(i),
                    path_of("concerns", i), "'" + id + "' is named twice");
        }
        require(!has_inventory() || !descriptor_.endpoints.empty(), "endpoints",
                "needed in a module with " PF_INVENTORY_ID);
        require(has_inventory() != descriptor_.outputs.empty(), "outputs",
                "needed in a module with " PF_INVENTORY_ID ", and only there");
    }

    void endpoint(const Endpoint& endpoint, const std::string& path) {
        unique(endpoints_, endpoint.name, path + ".name");
        require(endpoint.v4 || endpoint.v3, path, "give v4, v3 or both");
        parent(endpoint, path);
        if (!endpoint.v4 || endpoint.v4->cluster_filter.empty()) {
            return;
        }
        std::string rest = endpoint.v4->cluster_filter;
        const std::size_t at = rest.find(cluster_placeholder);
        require(at != rest.npos, path + ".v4.cluster_filter",
                "must hold {cluster}, where the host puts the UUID");
        if (at != rest.npos) {
            rest.erase(at, cluster_placeholder.size());
            require(rest.find_first_of("{}") == rest.npos, path + ".v4.cluster_filter",
                    "may hold {cluster} once and no other brace");
        }
        require(!endpoint.v4->cluster.empty(), path + ".v4.cluster",
                "needed with cluster_filter: the host compares it to find what the filter missed");
    }

    bool has_inventory() const {
        return std::find(descriptor_.concerns.begin(), descriptor_.concerns.end(),
                         PF_INVENTORY_ID) != descriptor_.concerns.end();
    }

    // What is below a parent is read for one entity after the other, so nothing that is asked of
    // a whole list can be asked of it.
    void parent(const Endpoint& endpoint, const std::string& path) {
        const auto marks = [](const std::string& text) {
            std::size_t count = 0;
            for (std::size_t at = 0; (at = text.find(Endpoint::parent_mark, at)) != text.npos;
                 at += Endpoint::parent_mark.size()) {
                ++count;
            }
            return count;
        };
        const std::size_t v4_marks = endpoint.v4 ? marks(endpoint.v4->path) : 0;
        const std::size_t v3_marks = endpoint.v3 ? marks(endpoint.v3->path) : 0;
        require(v4_marks <= 1, path + ".v4.path", "may hold {parent} once");
        require(v3_marks <= 1, path + ".v3.path", "may hold {parent} once");
        if (endpoint.v4) {
            const std::string& text = endpoint.v4->path;
            const std::size_t at = text.find(Endpoint::cluster_mark);
            require(at == text.npos || (v4_marks == 1 && at == text.rfind(Endpoint::cluster_mark)),
                    path + ".v4.path", "may hold {cluster} once, and only with {parent}");
        }
        // Statistics of v3 are rows of groups, whichever entities they are of.
        const bool is_grouped = endpoint.v3 && endpoint.v3->path == "groups" && !has_inventory();
        require(!endpoint.v4 || !endpoint.v3 || v4_marks == v3_marks || is_grouped, path,
                "both of v4 and v3 are below a {parent}, or none");
        if (endpoint.v4 && endpoint.v4->stats) {
            require(v4_marks == 1, path + ".v4.stats",
                    "needs {parent} in the path: whose they are");
        }
        if (endpoint.v3 && !endpoint.v3->attributes.empty()) {
            require(endpoint.v3->path == "groups", path + ".v3.attributes",
                    "are asked of the path groups");
        }
        if (endpoint.has_parent()) {
            require(endpoint.counted_by.empty(), path + ".counted_by", "not below a {parent}");
            require(!endpoint.v4 || endpoint.v4->cluster_filter.empty(),
                    path + ".v4.cluster_filter", "not below a {parent}");
        }
    }

    // A module asks for a field by its number, whichever generation filled the table.
    void lookup(const Lookup& lookup, const std::string& path) {
        unique(lookups_, lookup.name, path + ".name");
        if (lookup.endpoint >= descriptor_.endpoints.size()) {
            return;
        }
        const Endpoint& endpoint = descriptor_.endpoints[lookup.endpoint];
        require(!endpoint.has_parent(), path + ".endpoint", "must not be below a {parent}");
        require(endpoint.v4.has_value() == !lookup.fields.empty(), path + ".fields",
                "needed when endpoint '" + endpoint.name + "' has v4, and only then");
        require(endpoint.v3.has_value() == !lookup.v3_fields.empty(), path + ".v3_fields",
                "needed when endpoint '" + endpoint.name + "' has v3, and only then");
        require(lookup.fields.empty() || lookup.v3_fields.empty() ||
                    lookup.fields.size() == lookup.v3_fields.size(),
                path + ".v3_fields", "must have as many entries as fields");
    }

    void output(const Output& output, const std::string& path) {
        unique(kinds_, output.kind, path + ".kind");
        unique(types_, output.group + "." + output.type, path + ".type");
        require(output.group.find('.') == std::string::npos, path + ".group",
                "must not hold a dot");
        require(output.type.find('.') == std::string::npos, path + ".type", "must not hold a dot");
        require(output.data_keys.size() <= 64, path + ".data", "has more than 64 keys");
        metrics(output, path);
        std::set<std::string> keys;
        for (const services::DataKey& key : output.data_keys) {
            data_key(key.name, path_of(path + ".data", key.name));
            unique(keys, key.name, path_of(path + ".data", key.name));
        }
        if (output.shape) {
            for (Problem& problem : broken_shape_rules(output, path + ".shape")) {
                problems_.push_back(std::move(problem));
            }
        }
        if (output.endpoint < descriptor_.endpoints.size()) {
            require(!descriptor_.endpoints[output.endpoint].has_parent(), path + ".endpoint",
                    "must not be below a {parent}");
        }
        if (output.is_cluster_scoped && output.endpoint < descriptor_.endpoints.size()) {
            cluster_scope(descriptor_.endpoints[output.endpoint], path + ".scope");
        }
    }

    // CloudForet's limits for a namespace's name and for ids.
    void metrics(const Output& output, const std::string& path) {
        if (output.metrics.empty()) {
            return;
        }
        require(output.group.size() + 1 + output.type.size() <= 40, path + ".type",
                "group and type must be at most 39 characters together when there are metrics");
        std::set<std::string> ids;
        for (std::size_t i = 0; i < output.metrics.size(); ++i) {
            const services::Metric& metric = output.metrics[i];
            const std::string at = path_of(path + ".console.metrics", i);
            unique(ids, metric.id, at + ".id");
            require(metric_id(output, metric).size() <= 80, at + ".id",
                    "with kind and group it makes an id of more than 80 characters");
            require(metric.date_field.empty() || metric.type == "COUNTER", at + ".date_field",
                    "belongs to a COUNTER");
        }
    }

    // CloudForet's database refuses a row with such a key, and with it the whole batch.
    void data_key(const std::string& name, const std::string& path) {
        require(!name.empty(), path, "a data key must not be empty");
        require(name.size() <= 255, path, "a data key must not be longer than 255 bytes");
        require(name.find('.') == std::string::npos, path, "a data key must not hold a dot");
        require(name.empty() || name[0] != '$', path, "a data key must not begin with $");
        require(name.find('\0') == std::string::npos, path, "a data key must not hold NUL");
    }

    void cluster_scope(const Endpoint& endpoint, const std::string& path) {
        const bool v4_fits = !endpoint.v4 || !endpoint.v4->cluster_filter.empty();
        const bool v3_fits = !endpoint.v3 || !endpoint.v3->cluster.empty();
        require(v4_fits, path,
                "'cluster' needs cluster_filter in v4 of endpoint '" + endpoint.name + "'");
        require(v3_fits, path, "'cluster' needs cluster in v3 of endpoint '" + endpoint.name + "'");
    }

    const Descriptor& descriptor_;
    std::vector<Problem> problems_;
    std::set<std::string> endpoints_;
    std::set<std::string> lookups_;
    std::set<std::string> kinds_;
    std::set<std::string> types_;
};

}  // namespace

std::vector<Problem> broken_rules(const Descriptor& descriptor) {
    return Rules(descriptor).broken();
}

}  // namespace pf::host::loader
