// Transaction: what is written between begin() and commit() is written whole or not at all.
#pragma once

#include "host/state/database.hpp"

namespace pf::host::state {

// Undone at the end of its life unless committed. Within another one it is a part of that: undone
// alone, but on disk only when the outer one is committed.
class Transaction {
  public:
    // `database` outlives this object.
    explicit Transaction(Database& database) : database_(database) {}
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    // Waits for other processes that write, as long as the database is set to.
    Status begin();
    // For temporary tables only: others may write meanwhile. Not within another one.
    Status begin_side();
    Status commit();

  private:
    Database& database_;
    bool is_open_ = false;
    bool is_part_ = false;
};

}  // namespace pf::host::state
