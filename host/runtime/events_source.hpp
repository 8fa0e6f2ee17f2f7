// EventsSource: what happened in a Prism Central: its log, its alerts as they come and go, and what
// somebody posted about them.
//
//     EventsSource source(modules, targets);
//     source.poll(request, cursor, [&](const Occurrence& one) { ... return Status(); }, stop);
//
// Plain blocking functions, safe from any thread, no state between calls. How Prism words an alert
// is the business of the module that reads events (concern pf.events/1).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/event_clusters.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/request.hpp"
#include "host/state/alert_cursor.hpp"
#include "prismforet/abi/events.h"

namespace pf::host::runtime {

inline constexpr Duty events_duty{PF_EVENTS_ID, "alert", "reads alerts and events"};

enum class OccurrenceType : std::uint8_t { alert, recovery, event, audit };
enum class Severity : std::uint8_t { not_available, info, warning, critical };

// "ALERT", "CRITICAL", ...: the words that CloudForet uses.
std::string_view to_text(OccurrenceType type) noexcept;
std::string_view to_text(Severity severity) noexcept;

// One thing that happened. Texts are valid UTF-8; empty ones are not said.
struct Occurrence {
    std::string event_key;  // UUID of the alert, event or audit in lower case; never empty
    OccurrenceType type = OccurrenceType::alert;
    Severity severity = Severity::not_available;
    std::string title;  // never empty
    std::string description;
    std::string rule;  // the kind of alert, event or operation
    struct Resource {
        std::string id;
        std::string name;
        std::string type;  // as Prism has it: "vm", "node", "cluster"
    } resource;
    std::string provider = "nutanix";
    std::string account;           // of the rows of the same Prism Central; empty: not known
    std::int64_t occurred_at = 0;  // UTC, milliseconds since 1970
    std::int64_t created_at = 0;   // the same, when it was raised first; 0: not said
    std::int64_t updated_at = 0;   // the same, when Prism changed it last; 0: not said
    // Facts by name, in order of the names: "state" is open, acknowledged or resolved.
    std::vector<std::pair<std::string, std::string>> additional_info;
    std::vector<std::string> affected;  // UUIDs of all it is about
    // Only a reference is known: the rest must be asked for.
    bool is_reference = false;
};

// JSON text of an object with these names, absent texts left out; times as ISO 8601.
std::string to_json(const Occurrence& occurrence);
// JSON text of the object additional_info.
std::string additional_info_json(const Occurrence& occurrence);

// Whose log, and what of it.
struct LogWish {
    std::string prism_central;  // UUID; empty = every target of the request
    std::string cluster_uuid;   // empty = of any
    EventClusters clusters;     // the same for several
    std::string entity_type;    // for messages
    std::string entity_uuid;    // empty = of everything
    bool events = true;
    bool audits = true;
    std::string keyword;               // in title, description or rule; ignores case of ASCII
    std::optional<std::int64_t> from;  // UTC seconds since 1970; absent = 24 h before the end
    std::optional<std::int64_t> to;    // from <= t < to; absent = now
    // event_type, severity, title, description, rule, resource_name, resource_type or occurred_at;
    // empty = occurred_at
    std::string sort_key;
    bool is_descending = true;
    std::uint32_t limit = 1000;  // entries; 1 or more
};

struct LogEnd {
    Status end;             // not OK: what came before is not all there is
    bool has_more = false;  // more was left out by the limit, or by the bound on what is read
    // Left out because they do not say of which cluster they are.
    std::size_t placeless = 0;
};

// Takes one entry; a failure ends the call with it.
using OccurrenceSink = std::function<Status(const Occurrence& occurrence)>;

class EventsSource {
  public:
    // Both outlive this object.
    EventsSource(Modules& modules, prism::Targets& targets);

    // Hands over events and audits, newest first unless the wish says otherwise.
    LogEnd log(const Request& request, const LogWish& wish, const OccurrenceSink& sink,
               const Stop& stop);
    // Alerts as they are now: all, or those that changed since a time in UTC milliseconds.
    Status alerts(const Request& request, std::optional<std::int64_t> changed_since,
                  const OccurrenceSink& sink, const Stop& stop);
    // Tells what changed since the cursor, oldest first, each change once. An
    // alert that was raised and resolved between two polls gives ALERT and RECOVERY; what was
    // resolved before the first poll gives nothing. The cursor of a Prism Central that could not be
    // read whole does not move; the others go on, and the first failure is the answer.
    Status poll(const Request& request, state::AlertCursor& cursor, const OccurrenceSink& sink,
                const Stop& stop);
    // What a posted body tells; nothing for one that is not ours. `options` is JSON text of an
    // object. With `lookup`, an alert of which the body has only a reference is asked for there.
    // INVALID_ARGUMENT (ERROR_EVENT_BODY) for a body of more than 1 MiB.
    Result<std::vector<Occurrence>> parse(std::string_view body, std::string_view options,
                                          const Request* lookup, const Stop& stop);

  private:
    Modules& modules_;
    prism::Targets& targets_;
};

}  // namespace pf::host::runtime
