#include "told.hpp"

#include <algorithm>

namespace alert {
namespace {

constexpr std::size_t most_facts = 32;
constexpr std::size_t most_affected = 256;

}  // namespace

void Told::fact(std::string_view name, std::string_view text) {
    if (!text.empty() && facts.size() < most_facts) facts.emplace_back(name, text);
}

void Told::fact(std::string_view name, pf::Value texts) {
    std::string joined;
    if (texts.kind() == pf::Kind::array) {
        for (const pf::Value one : texts) {
            if (one.str().empty()) continue;
            joined += joined.empty() ? "" : ", ";
            joined += one.str();
        }
    }
    fact(name, std::string_view(joined));
}

void Told::affect(std::string_view id) {
    const bool is_known = std::find(affected.begin(), affected.end(), id) != affected.end();
    if (!id.empty() && !is_known && affected.size() < most_affected) affected.push_back(id);
}

void Told::send(pf::EventsCall& call) const {
    std::vector<pf_pair> pairs;
    pairs.reserve(facts.size());
    for (const auto& [name, text] : facts) pairs.push_back({pf::to_str(name), pf::to_str(text)});
    std::vector<pf_str> ids;
    ids.reserve(affected.size());
    for (const std::string_view id : affected) ids.push_back(pf::to_str(id));
    pf_event event{};
    event.struct_size = sizeof event;
    event.flags = is_reference ? PF_EVENT_IS_REFERENCE : 0;
    event.type = type;
    event.severity = severity;
    event.key = pf::to_str(key);
    event.title = pf::to_str(title);
    event.description = pf::to_str(description);
    event.rule = pf::to_str(rule);
    event.resource_id = pf::to_str(resource_id);
    event.resource_name = pf::to_str(resource_name);
    event.resource_type = pf::to_str(resource_type);
    event.account = pf::to_str(account);
    event.occurred = pf::to_str(occurred);
    event.created = pf::to_str(created);
    event.updated = pf::to_str(updated);
    event.facts = pairs.data();
    event.fact_count = static_cast<std::uint32_t>(pairs.size());
    event.affected = ids.data();
    event.affected_count = static_cast<std::uint32_t>(ids.size());
    call.tell(event);
}

}  // namespace alert
