#pragma once
// What a Prism Central posts when something happens to an alert. No documented body of such a
// webhook was found: each form is a reading. Any thread.

#include <string>

#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/readings.hpp"

namespace pf::sim {

/// The JSON text that tells of `change`; `alert` is as it was right after it.
std::string webhook_body(const World& world, const Alert& alert, AlertChange change,
                         WebhookForm form);

}  // namespace pf::sim
