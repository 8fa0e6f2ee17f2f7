// Outbox: what is to be delivered, kept in a file until it is delivered or given up.
//
//     auto outbox = Outbox::open(path, {}, wait);
//     (*outbox)->put({{key, lane, "ops", content}}, now);
//     for (const Parcel& parcel : *(*outbox)->due(now, 100)) { ... (*outbox)->delivered(parcel.id)
//     }
//
// At least once: a parcel leaves the file after its delivery was confirmed, so after a crash it may
// be delivered again, with the same key. In order within a lane: a parcel waits until those before
// it in its lane are delivered or given up. Times are UTC milliseconds since 1970.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::state {

class Database;

// What is put in. Never holds a secret: who delivers it knows the channel's.
struct Letter {
    std::string key;              // tells repetitions apart from news; not empty, at most 256 bytes
    std::string lane;             // order is kept within one; at most 256 bytes
    std::string channel;          // who delivers it; at most 256 bytes
    std::string content;          // for who delivers it; at most 1 MiB
    std::int64_t not_before = 0;  // it is due then, or at once
};

// One that waits, or that was given up.
struct Parcel {
    std::int64_t id = 0;  // ascending, as they came
    Letter letter;
    std::int64_t put_at = 0;
    std::int64_t due_at = 0;
    std::uint32_t attempts = 0;
    std::string code;  // of the last failure: "ERROR_..."; empty before the first
    std::string why;   // the same in words
};

struct OutboxLimits {
    std::uint64_t waiting = 100'000;     // parcels
    std::uint64_t bytes = 256ull << 20;  // of all letters that wait
    std::uint64_t dead = 10'000;         // given up; the oldest go first
};

// Since the file was made, but for what is there now.
struct OutboxCounts {
    std::uint64_t waiting = 0;  // now
    std::uint64_t dead = 0;     // now
    std::uint64_t bytes = 0;    // now, of those that wait
    std::uint64_t put = 0;      // taken in
    std::uint64_t delivered = 0;
    std::uint64_t given_up = 0;  // became dead
    std::uint64_t dropped = 0;   // refused because the outbox was full, or dead and pushed out
    std::int64_t oldest_at = 0;  // when the oldest that waits was put; 0 = none waits
};

// All functions may be called from any thread, and by several processes on one file.
class Outbox {
  public:
    // The file is made when there is none. `wait`: for another process that writes. Fails as
    // Database does, with ERROR_OUTBOX_... for ERROR_LEDGER_...
    static Result<std::unique_ptr<Outbox>> open(const std::string& path, OutboxLimits limits,
                                                std::chrono::milliseconds wait);
    // In a file that holds other things as well; makes its tables there. Who shares the database
    // shares its mutex, which is held during each call of a function below.
    static Result<std::unique_ptr<Outbox>> in(std::shared_ptr<Database> database,
                                              std::shared_ptr<std::recursive_mutex> mutex,
                                              OutboxLimits limits);
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    // Takes letters in, in their order, as many as there is room for; answers how many that are.
    // The others are counted as dropped, and the caller says so. All or nothing on disk. Within a
    // transaction of the shared database it takes part in that one. A letter whose key waits or is
    // dead already is taken for the same and counted as taken, not stored again. INVALID_ARGUMENT
    // (ERROR_OUTBOX_LETTER) when one is larger than a letter may be; then none is taken.
    Result<std::size_t> put(const std::vector<Letter>& letters, std::int64_t now);

    // The first of each lane that is due, oldest first; none of the channels `without`.
    Result<std::vector<Parcel>> due(std::int64_t now, std::size_t most,
                                    const std::vector<std::string>& without = {});
    // When the next one is due; nothing when none waits.
    Result<std::optional<std::int64_t>> next_due();
    // These three: NOT_FOUND (ERROR_OUTBOX_PARCEL) when it does not wait, as another process was
    // quicker.
    Status delivered(std::int64_t id);
    // It failed and is tried again at `due_at`. The lane waits.
    Status retry(std::int64_t id, std::int64_t due_at, const Status& why);
    // It is not tried any more; the lane goes on.
    Status give_up(std::int64_t id, const Status& why);

    Result<OutboxCounts> counts();
    // Those that wait, or the dead ones, oldest first.
    Result<std::vector<Parcel>> waiting(std::size_t most);
    Result<std::vector<Parcel>> dead(std::size_t most);
    // Dead ones back to those that wait, at the end, due at once, with a new id; empty = all. As
    // many as there is room for; answers how many.
    Result<std::size_t> revive(const std::vector<std::int64_t>& ids, std::int64_t now);
    // Forgets dead ones; empty = all. Answers how many.
    Result<std::size_t> forget(const std::vector<std::int64_t>& ids);

  private:
    Outbox(std::shared_ptr<Database> database, std::shared_ptr<std::recursive_mutex> mutex,
           OutboxLimits limits);

    std::shared_ptr<Database> database_;
    std::shared_ptr<std::recursive_mutex> mutex_;
    OutboxLimits limits_;
};

}  // namespace pf::host::state
