// The records inventory writes when a CloudService is created, changed or deleted.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pf::cloudforet_sim {

enum class Action { create, update, erase };

// One key that is another than before. Keys are at most three levels deep ("data.disks",
// "data.compute.instance_state"): what is below is compared as one value.
struct Difference {
    std::string key;
    std::string before;  // as short JSON; empty: was not there
    std::string after;
};

struct ChangeRecord {
    std::string cloud_service_id;
    std::string resource_id;  // reference.resource_id, for messages
    Action action = Action::update;
    std::vector<Difference> differences;
    std::size_t job_task = 0;
};

// What differs between the new values of a resource and the document they go into. Only keys among
// the new values are looked at, so a key that went out of an object makes no difference. Lists are
// compared without their order, where their elements can be sorted.
std::vector<Difference> differences(const nlohmann::json& new_values, const nlohmann::json& old);

// The keys of records with how often each is in them, one line each; for messages of tests.
std::string keys_in_words(const std::vector<ChangeRecord>& records);

}  // namespace pf::cloudforet_sim
