// What a service keeps: documents of one kind, in the order they were made.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cloudforet_sim/services/caller.hpp"

namespace pf::cloudforet_sim {

class CollectionStore {
  public:
    // `id` is the member that names a document, `prefix` begins the ids made here.
    CollectionStore(std::string id, std::string prefix);

    // An id of its own, as CloudForet makes them: "collector-000000000001".
    std::string new_id();
    // Keeps a document under the caller's domain.
    nlohmann::json& add(const Caller& caller, nlohmann::json document);
    // By id, within the caller's domain; throws not_found.
    nlohmann::json& find(const Caller& caller, const nlohmann::json& params);
    bool has(const Caller& caller, const std::string& id) const;
    void remove(const Caller& caller, const nlohmann::json& params);
    // {results, total_count}: documents of the caller's domain, and of its workspace when it has
    // one, that have each of the values `params` gives for `keys`.
    nlohmann::json list(const Caller& caller, const nlohmann::json& params,
                        const std::vector<std::string>& keys) const;
    const std::vector<nlohmann::json>& all() const { return documents_; }

  private:
    std::string id_;
    std::string prefix_;
    std::size_t made_ = 0;
    std::vector<nlohmann::json> documents_;
};

// Takes over each of `keys` that `params` has.
void take_over(nlohmann::json& document, const nlohmann::json& params,
               std::initializer_list<const char*> keys);

}  // namespace pf::cloudforet_sim
