// AlertCursor: which alerts of each Prism Central were told, kept in a file, so that none is told
// twice and none is forgotten when the process ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::state {

class Database;

// An alert as it was read; times are UTC milliseconds since 1970.
struct AlertMark {
    std::string key;
    std::int64_t updated_at = 0;
    std::string state;  // tells apart what changed within the same instant
};

class AlertCursor {
  public:
    // Told the place of a mark, and the watermark as it was before.
    using Sink = std::function<Status(std::size_t at, std::optional<std::int64_t> watermark)>;

    // The file is made when there is none; ":memory:" keeps everything in this object. `wait`: for
    // another process that writes. Fails as Database does (ERROR_LEDGER_...).
    static Result<std::unique_ptr<AlertCursor>> open(const std::string& path,
                                                     std::chrono::milliseconds wait);
    // In a file that holds other things as well; makes its tables there. Who shares the database
    // shares its mutex, which is held during each call of a function below. What a sink puts into
    // the same database within take() is there if and only if what it was told is taken.
    static Result<std::unique_ptr<AlertCursor>> in(std::shared_ptr<Database> database,
                                                   std::shared_ptr<std::recursive_mutex> mutex);
    ~AlertCursor();
    AlertCursor(const AlertCursor&) = delete;
    AlertCursor& operator=(const AlertCursor&) = delete;

    // The latest change that was taken of `central`; nothing before the first. From any thread.
    Result<std::optional<std::int64_t>> watermark(const std::string& central);
    // Tells `sink` those that are newer than what was told of the same key, in their order, and
    // then moves the watermark up to the latest of all. All or nothing: when `sink` fails, nothing
    // was taken, and it is told again the next time; so it is after a crash. From any thread; one
    // caller at a time, of all processes, while the others wait.
    Status take(const std::string& central, const std::vector<AlertMark>& marks, const Sink& sink);

  private:
    AlertCursor(std::shared_ptr<Database> database, std::shared_ptr<std::recursive_mutex> mutex);
    Status tell_new(const std::string& central, const std::vector<AlertMark>& marks,
                    std::optional<std::int64_t> before, const Sink& sink);
    Result<std::optional<std::int64_t>> read_watermark(const std::string& central);

    std::shared_ptr<Database> database_;
    std::shared_ptr<std::recursive_mutex> mutex_;
};

}  // namespace pf::host::state
