// Log: lines that programs can read, neither flooding nor silent.

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {

Finding check_log(const Setup& setup) {
    const Facts facts = {{"json", setup.has_json_log}, {"level", setup.log_level}};
    if (setup.log_level == "error" || setup.log_level == "off") {
        return doubtful("log",
                        "level " + setup.log_level +
                            ": warnings, such as that of an incomplete collection, are not logged",
                        "set log.level: info", facts);
    }
    if (setup.log_level == "debug") {
        return doubtful("log", "level debug: every call and page is logged",
                        "set log.level: info; for one collector its option log_level does", facts);
    }
    if (!setup.has_json_log) {
        return doubtful("log", "lines are for people, and log systems want JSON",
                        "set log.format: json", facts);
    }
    return fit("log", "JSON, level " + setup.log_level, facts);
}

}  // namespace pf::host::doctor
