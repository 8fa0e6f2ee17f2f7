// Told: one thing that happened, with texts of its own or of the document it was read from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <prismforet/module.hpp>

namespace alert {

// Views live as long as the document; texts made here are kept in `made`.
struct Told {
    std::int32_t type = PF_EVENT_ALERT;
    std::int32_t severity = PF_SEVERITY_NOT_AVAILABLE;
    bool is_reference = false;
    std::string key;  // in lower case
    std::string title, description;
    std::string_view rule, account;
    std::string_view resource_id, resource_name, resource_type;
    std::string occurred, created, updated;
    std::vector<std::pair<std::string_view, std::string>> facts;
    std::vector<std::string_view> affected;

    // Adds a fact; nothing when the text is empty.
    void fact(std::string_view name, std::string_view text);
    // The same for the texts of an array, joined by ", ".
    void fact(std::string_view name, pf::Value texts);
    // Adds what it is about; ids that come twice and those behind the 256th are left out.
    void affect(std::string_view id);
    // Gives it to the host.
    void send(pf::EventsCall& call) const;
};

}  // namespace alert
