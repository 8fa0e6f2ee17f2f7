// Script: what the fake host's Prism answers, endpoint by endpoint.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "prismforet/testing/json.hpp"

namespace pf::testing {

// What one endpoint answers.
struct EndpointScript {
    std::vector<std::string> pages;             // answers as JSON text, in order
    std::map<std::size_t, pf_status> failures;  // by page: next() answers this instead
    pf_status open_failure = PF_OK;             // lists.open answers this
    std::int32_t dialect = 0;                   // 4 or 3; 0 = the script's
    // Of an endpoint below a parent: pages and failures by parent.
    std::map<std::string, std::vector<std::string>, std::less<>> details;
    std::map<std::string, pf_status, std::less<>> detail_failures;
};

// The whole script. `descriptor` is the module's own.
class Script {
  public:
    // Takes the descriptor's text. Throws std::invalid_argument when it is no JSON.
    explicit Script(std::string_view descriptor) : descriptor_(Json::parse(descriptor)) {
        endpoints.resize(descriptor_["endpoints"].children.size());
        lookup_failures.resize(descriptor_["lookups"].children.size(), PF_OK);
    }

    // The module's descriptor.
    const Json& descriptor() const noexcept { return descriptor_; }

    // The position of the entry named `name` in an array of the descriptor ("endpoints",
    // "lookups", "outputs"). Throws std::invalid_argument when there is none.
    std::uint32_t index(std::string_view array, std::string_view name) const {
        const Json& entries = descriptor_[array];
        for (std::size_t i = 0; i < entries.children.size(); ++i) {
            const Json& entry = entries.at(i);
            if (entry[array == "outputs" ? "kind" : "name"].text == name) {
                return static_cast<std::uint32_t>(i);
            }
        }
        throw std::invalid_argument("the descriptor has no '" + std::string(name) + "' in " +
                                    std::string(array));
    }

    // The generation of Prism's API that endpoint number `endpoint` is answered by.
    std::int32_t dialect_of(std::uint32_t endpoint) const {
        return endpoints[endpoint].dialect != 0 ? endpoints[endpoint].dialect : dialect;
    }

    // Endpoint number `endpoint` has a list per entity.
    bool has_parent(std::uint32_t endpoint) const {
        const Json& entry = descriptor_["endpoints"].at(endpoint);
        return entry["v4"]["path"].text.find("{parent}") != std::string::npos ||
               entry["v3"]["path"].text.find("{parent}") != std::string::npos;
    }

    // The descriptor's form of an endpoint in its dialect; absent when it has none.
    const Json& form_of(std::uint32_t endpoint) const {
        return descriptor_["endpoints"].at(endpoint)[dialect_of(endpoint) == 3 ? "v3" : "v4"];
    }

    // The array of entities in an answer of endpoint number `endpoint`; an array stands for itself.
    const Json& items(std::uint32_t endpoint, const Json& answer) const {
        if (answer.kind == PF_KIND_ARRAY) return answer;
        const Json& groups = answer["group_results"];
        if (groups.kind == PF_KIND_ARRAY) return groups.at(0)["entity_results"];
        return answer[dialect_of(endpoint) == 3 ? "entities" : "data"];
    }

    // The value at `path` of an entity; in a row of POST groups the value of the column `path`.
    static const Json& fact(const Json& entity, std::string_view path) {
        if (entity["entity_id"].kind == PF_KIND_ABSENT) return entity.find(path);
        for (const Json& column : entity["data"].children) {
            if (column["name"].text == path) return column["values"].at(0)["values"].at(0);
        }
        return entity["no such column"];
    }

    // The id of an entity of endpoint number `endpoint`; empty when it has none.
    const std::string& id_of(std::uint32_t endpoint, const Json& entity) const {
        return entity.find(form_of(endpoint)["id"].text).text;
    }

    // lists.open and look-ups of endpoint number `endpoint`: what they answer, PF_OK when all is
    // well.
    pf_status failure_of(std::uint32_t endpoint) const {
        if (endpoints[endpoint].open_failure != PF_OK) return endpoints[endpoint].open_failure;
        return form_of(endpoint).kind == PF_KIND_OBJECT ? PF_OK : PF_NOT_FOUND;
    }

    std::int32_t dialect = 4;
    std::int64_t now_ms = 1'700'000'000'000;
    std::string central_uuid = "5c9ee5ef-0000-4000-8000-00000000c001";  // empty: it is not shown
    std::vector<EndpointScript> endpoints;           // by position in the descriptor
    std::vector<pf_status> lookup_failures;          // by position in the descriptor
    std::optional<std::size_t> blocking_calls_left;  // then the call is cancelled
    pf_status cancel_status = PF_CANCELLED;          // or PF_DEADLINE_EXCEEDED

  private:
    Json descriptor_;
};

}  // namespace pf::testing
