#include "host/runtime/request_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace pf::host::runtime {

namespace {

using nlohmann::json;

constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr double largest_exact = 9007199254740992.0;  // 2^53
// Deeper documents are no options; the parser and the writer recurse.
constexpr int max_depth = 64;

std::string plain(double number) { return std::to_string(static_cast<std::int64_t>(number)); }

std::optional<double> number_of(const json& value) {
    if (value.is_number()) {
        return value.get<double>();
    }
    if (!value.is_string()) {
        return std::nullopt;
    }
    const std::string_view text = trimmed(value.get_ref<const std::string&>());
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

Status missing_key(std::string_view key) {
    return {Code::invalid_argument, "ERROR_REQUIRED_PARAMETER",
            "Required parameter. (key = " + std::string(key) + ")"};
}

Status bad_value(std::string_view key, std::string_view reason) {
    return {Code::invalid_argument, "ERROR_INVALID_PARAMETER",
            "Parameter is invalid. (key = " + std::string(key) +
                ", reason = " + std::string(reason) + ")"};
}

Result<json> parse_object(std::string_view text, std::string_view what) {
    if (trimmed(text).empty()) {
        return json::object();
    }
    bool is_too_deep = false;
    const auto guard = [&](int depth, json::parse_event_t, json&) {
        is_too_deep = is_too_deep || depth > max_depth;
        return !is_too_deep;
    };
    json object = json::parse(text, guard, false);
    if (is_too_deep) {
        return bad_value(what, "nested too deeply");
    }
    if (!object.is_object()) {
        return bad_value(what, "must be a JSON object");
    }
    return object;
}

bool is_blank(const json& value) {
    return value.is_null() ||
           (value.is_string() && trimmed(value.get_ref<const std::string&>()).empty());
}

const json* filled(const json& object, std::string_view key) {
    const auto found = object.find(key);
    return found == object.end() || is_blank(*found) ? nullptr : &*found;
}

Result<std::string> read_text(const json& value, std::string_view key) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    // A form that guesses types sends "12345" as a number.
    if (value.is_number()) {
        const double number = value.get<double>();
        if (std::trunc(number) == number && std::fabs(number) <= largest_exact) {
            return plain(number);
        }
    }
    return bad_value(key, "must be text");
}

Result<bool> read_flag(const json& value, std::string_view key) {
    if (value.is_boolean()) {
        return value.get<bool>();
    }
    std::string word;
    if (value.is_string()) {
        word = lower(trimmed(value.get_ref<const std::string&>()));
    } else if (const std::optional<double> number = number_of(value)) {
        word = *number == 1 ? "1" : *number == 0 ? "0" : "";
    }
    for (const char* yes : {"true", "yes", "on", "1", "1.0", "y", "t", "enabled"}) {
        if (word == yes) {
            return true;
        }
    }
    for (const char* no : {"false", "no", "off", "0", "0.0", "n", "f", "disabled"}) {
        if (word == no) {
            return false;
        }
    }
    return bad_value(key, "must be true or false");
}

Result<double> read_number(const json& value, std::string_view key, double least, double most) {
    const std::optional<double> number = number_of(value);
    // Written so that NaN fails as well.
    if (!number || !(*number >= least && *number <= most)) {
        return bad_value(key, "must be a number from " + plain(least) + " to " + plain(most));
    }
    return *number;
}

Result<std::uint32_t> read_whole(const json& value, std::string_view key, std::uint32_t least,
                                 std::uint32_t most) {
    const Result<double> number = read_number(value, key, least, most);
    if (!number || std::trunc(*number) != *number) {
        return bad_value(key, "must be a whole number from " + std::to_string(least) + " to " +
                                  std::to_string(most));
    }
    return static_cast<std::uint32_t>(*number);
}

Result<std::vector<std::string>> read_texts(const json& value, std::string_view key) {
    std::vector<std::string> texts;
    const auto add = [&](std::string_view text) {
        text = trimmed(text);
        if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) {
            texts.emplace_back(text);
        }
    };
    if (value.is_string()) {
        std::string_view rest = value.get_ref<const std::string&>();
        while (!rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            add(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
        return texts;
    }
    if (!value.is_array()) {
        return bad_value(key, "must be a list of texts");
    }
    for (const json& item : value) {
        if (!item.is_string()) {
            return bad_value(key, "must be a list of texts");
        }
        add(item.get_ref<const std::string&>());
    }
    return texts;
}

}  // namespace pf::host::runtime
