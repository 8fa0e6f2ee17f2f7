// Transaction: all that is written, or nothing: rolls back unless it was committed.
#pragma once

#include "host/state/database.hpp"

namespace pf::host::state {

class Transaction {
  public:
    // The database outlives it.
    explicit Transaction(Database& database) : database_(database) {}
    ~Transaction() {
        if (is_open_) {
            static_cast<void>(database_.run("ROLLBACK"));
        }
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    // Nobody else writes from here on.
    Status begin() { return begin("BEGIN IMMEDIATE"); }
    // For temporary tables only: others may write meanwhile.
    Status begin_side() { return begin("BEGIN"); }
    Status commit() {
        Status committed = database_.run("COMMIT");
        is_open_ = is_open_ && !committed.ok();
        return committed;
    }

  private:
    Status begin(const char* how) {
        Status begun = database_.run(how);
        is_open_ = begun.ok();
        return begun;
    }

    Database& database_;
    bool is_open_ = false;
};

}  // namespace pf::host::state
