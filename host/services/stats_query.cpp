#include "host/services/stats_query.hpp"

#include <cstdio>

namespace pf::host::services {
namespace {

std::string utc_text(std::chrono::sys_seconds at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(at - day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

}  // namespace

std::string percent_encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        const bool is_plain = (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
                              (code >= 'A' && code <= 'Z') || code == '-' || code == '_' ||
                              code == '.' || code == '~';
        if (is_plain) {
            out += byte;
        } else {
            out += '%';
            out += digits[code >> 4];
            out += digits[code & 15];
        }
    }
    return out;
}

std::string stats_query(std::chrono::sys_seconds from, std::chrono::sys_seconds to,
                        std::chrono::seconds step, std::string_view type,
                        const std::vector<std::string>& select) {
    std::string query = "%24startTime=" + percent_encoded(utc_text(from)) +
                        "&%24endTime=" + percent_encoded(utc_text(to)) +
                        "&%24samplingInterval=" + std::to_string(step.count()) +
                        "&%24statType=" + std::string(type) + "&%24select=";
    for (std::size_t i = 0; i < select.size(); ++i) {
        query += (i == 0 ? "" : "%2C") + percent_encoded(select[i]);
    }
    return query;
}

}  // namespace pf::host::services
