#include "host/cli/csv.hpp"

namespace pf::host::cli {

std::string csv_field(std::string_view text, bool is_number) {
    std::string field(text);
    constexpr std::string_view risky = "=+-@\t\r";
    if (!is_number && !field.empty() && risky.find(field.front()) != risky.npos) {
        field.insert(0, 1, '\'');
    }
    if (field.find_first_of(",\"\r\n") == field.npos) {
        return field;
    }
    std::string quoted = "\"";
    for (const char c : field) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + "\"";
}

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        line += (i == 0 ? "" : ",") + fields[i];
    }
    return line + "\n";
}

}  // namespace pf::host::cli
