#include "tests/cloudforet_sim/inventory/collection_states.hpp"

namespace pf::cloudforet_sim {

void CollectionStates::see(const Source& source, const std::string& service, std::size_t job_task,
                           Time now) {
    states_[{source, service}] = {job_task, 0, now};
}

CollectionStates::Counts CollectionStates::miss(const Source& source, std::size_t job_task,
                                                Time now, std::vector<std::string>& gone) {
    Counts counts;
    for (auto& [key, state] : states_) {
        const bool is_missing =
            key.first == source && state.job_task != job_task && state.updated_at < now - young;
        if (!is_missing) continue;
        ++state.disconnected_count;
        ++counts.disconnected;
    }
    for (auto each = states_.begin(); each != states_.end();) {
        const bool is_gone = each->first.first.collector == source.collector &&
                             each->second.disconnected_count >= deleted_at;
        if (is_gone) gone.push_back(each->first.second);
        each = is_gone ? states_.erase(each) : std::next(each);
    }
    counts.deleted = gone.size();
    counts.disconnected -=
        counts.deleted < counts.disconnected ? counts.deleted : counts.disconnected;
    return counts;
}

int CollectionStates::disconnected_count(const std::string& service) const {
    int highest = 0;
    for (const auto& [key, state] : states_) {
        if (key.second == service && state.disconnected_count > highest) {
            highest = state.disconnected_count;
        }
    }
    return highest;
}

}  // namespace pf::cloudforet_sim
