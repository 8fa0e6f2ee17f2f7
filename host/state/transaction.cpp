#include "host/state/transaction.hpp"

namespace pf::host::state {

Transaction::~Transaction() {
    // When SQLite has undone everything by itself there is nothing left to undo, which it says.
    if (is_open_) {
        static_cast<void>(database_.run(is_part_ ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK"));
    }
}

Status Transaction::begin() {
    is_part_ = database_.is_in_transaction();
    Status begun = database_.run(is_part_ ? "SAVEPOINT part" : "BEGIN IMMEDIATE");
    is_open_ = begun.ok();
    return begun;
}

Status Transaction::begin_side() {
    Status begun = database_.run("BEGIN");
    is_open_ = begun.ok();
    return begun;
}

Status Transaction::commit() {
    Status committed = database_.run(is_part_ ? "RELEASE part" : "COMMIT");
    is_open_ = is_open_ && !committed.ok();
    return committed;
}

}  // namespace pf::host::state
