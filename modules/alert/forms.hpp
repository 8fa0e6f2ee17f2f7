// The forms in which an alert, an event or an audit is written.
#pragma once

#include <vector>

#include "told.hpp"

namespace alert {

// An alert of API v4. False: it is none.
bool read_v4(pf::Value document, Told& told);
// An alert of API v3: {status: {resources}, metadata}. False: it is none.
bool read_v3(pf::Value document, Told& told);
// An event or an audit of API v4. False: it is none.
bool read_log_entry(pf::Value document, bool is_audit, Told& told);
// A body that was posted: an alert of either generation, a list of them, a webhook of API v3, or
// what docs/alerts.md tells playbooks to send. Empty: it is not ours.
std::vector<Told> read_posted(pf::Value body);

// The title where nothing better is known.
std::string nameless(const Told& told);

}  // namespace alert
