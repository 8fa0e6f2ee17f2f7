// The monitoring-log role: spaceone.api.monitoring.plugin DataSource and Log.
//
//     Server::start(options, monitoring_log_role(service));
//
// The role reads requests and sends the entries; what entries there are is the business of a
// LogService.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/roles/monitored_resource.hpp"
#include "host/cloudforet/roles/monitoring_source.hpp"
#include "host/cloudforet/roles/role.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::cloudforet {

// A name that an entry may have, and how the console shows it.
struct LogField {
    std::string key;
    std::string name;            // for people
    std::string type = "text";   // as CloudForet's dynamic fields: text, datetime, enum, ...
    std::string options = "{}";  // JSON text of an object
    bool is_sortable = true;
};

struct LogWish {
    MonitoredResource resource;        // whose entries
    std::string keyword;               // empty: all
    std::optional<std::int64_t> from;  // UTC seconds since 1970
    std::optional<std::int64_t> to;    // after `from`
    std::string sort_key;              // of a field; empty: by time
    bool is_descending = true;
    std::uint32_t limit = 0;  // entries; 1 or more
};

// Takes one entry, JSON text of an object; false when nobody reads any more.
using LogSink = std::function<bool(std::string_view entry)>;

// The work behind the role. Called from many threads at once; keeps nothing between calls.
struct LogService : MonitoringSource {
    // The names of entries, in the order in which they are shown.
    virtual std::vector<LogField> fields() const = 0;
    // Hands over the entries, in order, from the calling thread. OK only when nothing that belongs
    // to them is missing.
    virtual Status list(const runtime::Request& request, const LogWish& wish, const LogSink& sink,
                        const Stop& stop) = 0;
};

struct LogLimits {
    std::chrono::milliseconds answer{std::chrono::seconds(170)};
    std::uint32_t usual = 1'000;  // entries when the caller does not say
    std::uint32_t most = 10'000;
    std::uint32_t per_message = 100;
};

// Makes the role. `service` is shared with the calls in progress.
std::unique_ptr<Role> monitoring_log_role(std::shared_ptr<LogService> service,
                                          LogLimits limits = {});

}  // namespace pf::host::cloudforet
