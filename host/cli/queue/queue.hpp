// The queue of letters that wait for their channel, as people look at it and decide about it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/table.hpp"
#include "host/state/outbox.hpp"

namespace pf::host::cli {

// What of the queue is shown, and how.
struct QueueView {
    bool is_dead = false;    // those that were given up instead of those that wait
    bool is_json = false;    // with what the letters say
    bool is_utc = false;     // times of the table; JSON always is
    std::size_t most = 100;  // letters
};

// Where a command finds the outbox: `file`, else the one that is configured. INVALID_ARGUMENT
// (ERROR_USAGE) when none or several are; NOT_FOUND (ERROR_OUTBOX_FILE) when it is not there.
Result<std::string> queue_file(const std::string& file, const std::vector<std::string>& configured);

// The oldest letters and how many there are of all, as a table or as one JSON document.
Result<std::string> queue_text(state::Outbox& outbox, const QueueView& view, const TableLook& look);

// Which of the dead are meant: some, or all of them.
struct QueueChoice {
    std::vector<std::int64_t> ids;
    bool is_all = false;
};

// Puts dead letters at the end of those that wait, due at once; answers what was done, in words.
// INVALID_ARGUMENT (ERROR_USAGE) for no choice and for two; NOT_FOUND (ERROR_OUTBOX_PARCEL) when
// some are not among the dead, RESOURCE_EXHAUSTED (ERROR_OUTBOX_FULL) when there was no room for
// all: the others wait again.
Result<std::string> retry_dead(state::Outbox& outbox, const QueueChoice& choice, std::int64_t now);

// Forgets dead letters; the same answers.
Result<std::string> forget_dead(state::Outbox& outbox, const QueueChoice& choice);

}  // namespace pf::host::cli
