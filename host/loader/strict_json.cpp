#include "host/loader/strict_json.hpp"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "host/loader/refusal.hpp"

namespace pf::host::loader {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t max_size = std::size_t{1} << 20;
constexpr std::size_t max_depth = 64;

// Watches the parser for what the resulting document can no longer show.
class Watch {
  public:
    bool operator()(ordered_json::parse_event_t event, const ordered_json& parsed) {
        using Event = ordered_json::parse_event_t;
        switch (event) {
            case Event::object_start:
            case Event::array_start:
                keys_.emplace_back();
                if (keys_.size() > max_depth) {
                    note("is nested deeper than " + std::to_string(max_depth) + " levels");
                }
                break;
            case Event::object_end:
            case Event::array_end:
                keys_.pop_back();
                break;
            case Event::key:
                if (!keys_.back().insert(parsed.get_ref<const std::string&>()).second) {
                    note("has the key " + parsed.dump() + " twice in one object");
                }
                break;
            case Event::value:
                break;
        }
        return true;
    }
    const std::string& problem() const { return problem_; }

  private:
    void note(std::string problem) {
        if (problem_.empty()) {
            problem_ = std::move(problem);
        }
    }
    std::vector<std::set<std::string>> keys_;
    std::string problem_;
};

Status malformed(const std::string& what) {
    return Status(Code::invalid_argument, std::string(reason::descriptor), "the JSON text " + what);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool is_odd(std::string_view text, const TextRules& rules) {
    return text.size() > rules.longest ||
           (!rules.allows_control && std::any_of(text.begin(), text.end(), is_control));
}

std::string oddity(const TextRules& rules) {
    return "a text must not be longer than " + std::to_string(rules.longest) + " bytes" +
           (rules.allows_control ? "" : " nor hold a control character");
}

}  // namespace

Result<ordered_json> parse_strict(std::string_view text) {
    if (text.size() > max_size) {
        return malformed("is larger than 1 MiB");
    }
    try {
        Watch watch;
        ordered_json document = ordered_json::parse(
            text, [&](int, ordered_json::parse_event_t event, const ordered_json& parsed) {
                return watch(event, parsed);
            });
        if (!watch.problem().empty()) {
            return malformed(watch.problem());
        }
        return document;
    } catch (const std::exception& e) {
        // nlohmann's texts begin with "[json.exception...] ", which helps nobody.
        const std::string_view what = e.what();
        const std::size_t prefix = what.find("] ");
        return malformed("cannot be read: " +
                         std::string(prefix == what.npos ? what : what.substr(prefix + 2)));
    }
}

std::optional<Problem> find_odd_text(const ordered_json& value, const std::string& path,
                                     const TextRules& rules) {
    if (value.is_string() && is_odd(value.get_ref<const std::string&>(), rules)) {
        return Problem{path, oddity(rules)};
    }
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            if (is_odd(key, rules)) {
                return Problem{path, "has an odd key: " + oddity(rules)};
            }
            if (auto problem = find_odd_text(member, path_of(path, key), rules)) {
                return problem;
            }
        }
    }
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (auto problem = find_odd_text(value[i], path_of(path, i), rules)) {
                return problem;
            }
        }
    }
    return std::nullopt;
}

}  // namespace pf::host::loader
