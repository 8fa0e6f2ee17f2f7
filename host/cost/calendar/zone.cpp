#include "host/cost/calendar/zone.hpp"

#include <date/tz.h>

#include <chrono>
#include <exception>

namespace pf::host::cost {
namespace {

std::int64_t count_of(date::sys_seconds instant) { return instant.time_since_epoch().count(); }

}  // namespace

Result<Zone> Zone::find(const std::string& name) {
    bool has_database = false;
    try {
        has_database = !date::get_tzdb().zones.empty();
    } catch (const std::exception&) {
        has_database = false;
    }
    if (!has_database) {
        return Status(Code::failed_precondition, "ERROR_COST_TIME_ZONES",
                      "this system has no time zone database; install the package tzdata");
    }
    const date::time_zone* rules = nullptr;
    try {
        rules = date::locate_zone(name);
    } catch (const std::exception&) {
        return Status(Code::invalid_argument, "ERROR_COST_TIME_ZONE",
                      "there is no time zone of this name; write one of the IANA database, e.g. "
                      "Europe/Berlin, Asia/Seoul or UTC");
    }
    try {
        rules->get_info(date::sys_seconds());  // reads the zone's own file
    } catch (const std::exception& error) {
        return Status(Code::failed_precondition, "ERROR_COST_TIME_ZONES",
                      std::string("the file of this time zone cannot be used; install the package "
                                  "tzdata anew: ") +
                          error.what());
    }
    return Zone(rules);
}

ZoneSpan Zone::span_at(std::int64_t instant) const {
    const date::sys_info info = rules_->get_info(date::sys_seconds(std::chrono::seconds(instant)));
    return {count_of(info.begin), count_of(info.end), info.offset.count()};
}

}  // namespace pf::host::cost
