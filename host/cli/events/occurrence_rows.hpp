// Alerts, events and audits as a table, as one JSON document, or a line each.
#pragma once

#include <string>
#include <vector>

#include "host/cli/output.hpp"
#include "host/cli/session.hpp"
#include "host/cli/table.hpp"
#include "host/runtime/events_source.hpp"

namespace pf::host::cli {

enum class OccurrenceForm { table, json, ndjson };

// Keeps those of a table and of a JSON document until finish(); lines go out at once.
class OccurrenceRows {
  public:
    // `output` outlives this object.
    OccurrenceRows(OccurrenceForm form, TableLook look, Output& output)
        : form_(form), look_(look), output_(output) {}

    // Takes one. CANCELLED (ERROR_RECEIVER_GONE) when nobody reads any more.
    Status put(const runtime::Occurrence& one);
    // Writes what was kept; `is_whole` goes into the document. May be called again after more was
    // put: a table goes on without its heading.
    void finish(bool is_whole);
    std::size_t count() const noexcept { return count_; }

  private:
    OccurrenceForm form_;
    TableLook look_;
    Output& output_;
    std::vector<runtime::Occurrence> kept_;
    std::size_t count_ = 0;
};

// Warns of those that --cluster left out because they do not say of which cluster they are; nothing
// when there are none.
void tell_placeless(Session& session, std::size_t count);

}  // namespace pf::host::cli
