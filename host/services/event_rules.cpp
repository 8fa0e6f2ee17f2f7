#include "host/services/event_rules.hpp"

#include <string>

#include "host/services/json_path.hpp"
#include "host/services/text.hpp"

namespace pf::host::services {
namespace {

Status broken(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_EVENT_RECORD",
                  "the module that reads events gave one that nobody could use: " + what +
                      "; report it to the module's author");
}

bool is_text(pf_str text) {
    return (text.ptr != nullptr || text.len == 0) && is_valid_utf8(to_view(text));
}

bool are_texts(const pf_event& event) {
    for (const pf_str text : {event.key, event.title, event.description, event.rule,
                              event.resource_id, event.resource_name, event.resource_type,
                              event.account, event.occurred, event.created, event.updated}) {
        if (!is_text(text)) {
            return false;
        }
    }
    return true;
}

Status check_facts(const pf_event& event) {
    if (event.fact_count > most_event_facts || (event.fact_count > 0 && event.facts == nullptr)) {
        return broken("it has more than 32 facts, or none where it says it has");
    }
    for (std::uint32_t i = 0; i < event.fact_count; ++i) {
        const pf_pair& fact = event.facts[i];
        if (!is_text(fact.key) || !is_text(fact.value) || fact.key.len == 0) {
            return broken("a fact has no name, or is no UTF-8");
        }
        for (std::uint32_t before = 0; before < i; ++before) {
            if (to_view(event.facts[before].key) == to_view(fact.key)) {
                return broken("the fact " + std::string(to_view(fact.key)) + " is there twice");
            }
        }
    }
    return Status();
}

Status check_affected(const pf_event& event) {
    if (event.affected_count > most_affected ||
        (event.affected_count > 0 && event.affected == nullptr)) {
        return broken("it is about more than 256, or about none where it says it is");
    }
    for (std::uint32_t i = 0; i < event.affected_count; ++i) {
        if (!is_text(event.affected[i])) {
            return broken("what it is about is no UTF-8");
        }
    }
    return Status();
}

}  // namespace

Status check_event(const pf_event& event) {
    if (event.struct_size < sizeof(pf_event)) {
        return broken("it is shorter than this host knows it");
    }
    if (event.type < PF_EVENT_ALERT || event.type > PF_EVENT_AUDIT) {
        return broken("its type is " + std::to_string(event.type));
    }
    if (event.severity < PF_SEVERITY_NOT_AVAILABLE || event.severity > PF_SEVERITY_CRITICAL) {
        return broken("its severity is " + std::to_string(event.severity));
    }
    if ((event.flags & ~PF_EVENT_IS_REFERENCE) != 0) {
        return broken("it has flags this host does not know");
    }
    if (!are_texts(event)) {
        return broken("a text is no UTF-8, or at a null pointer");
    }
    if (event.key.len == 0 || event.title.len == 0) {
        return broken("it has no key or no title");
    }
    Status facts = check_facts(event);
    return facts.ok() ? check_affected(event) : facts;
}

}  // namespace pf::host::services
