#include "host/cli/console/field_path.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

std::optional<std::size_t> index_of(const std::string& step) {
    std::size_t index = 0;
    const char* const end = step.data() + step.size();
    const auto [at, error] = std::from_chars(step.data(), end, index);
    return error == std::errc() && at == end ? std::optional(index) : std::nullopt;
}

void find(const Json& value, const std::vector<std::string>& path, std::size_t step,
          std::vector<const Json*>& found) {
    if (step == path.size()) {
        if (!value.is_null()) {
            found.push_back(&value);
        }
    } else if (value.is_array()) {
        if (const auto index = index_of(path[step])) {
            if (*index < value.size()) {
                find(value[*index], path, step + 1, found);
            }
            return;
        }
        for (const Json& element : value) {
            find(element, path, step, found);
        }
    } else if (value.is_object()) {
        if (const auto member = value.find(path[step]); member != value.end()) {
            find(*member, path, step + 1, found);
        }
    }
}

}  // namespace

std::vector<std::string> split_path(const std::string& path, std::size_t depth) {
    std::vector<std::string> steps;
    for (std::size_t at = 0; !path.empty() && at <= path.size();) {
        const bool is_rest = depth > 0 && steps.size() == depth;
        const std::size_t end = is_rest ? path.size() : std::min(path.find('.', at), path.size());
        steps.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return steps;
}

std::vector<const Json*> find_values(const Json& value, const std::vector<std::string>& path) {
    std::vector<const Json*> found;
    find(value, path, 0, found);
    return found;
}

std::vector<const Json*> find_elements(const Json& value, const std::vector<std::string>& path) {
    std::vector<const Json*> all;
    for (const Json* one : find_values(value, path)) {
        if (!one->is_array()) {
            all.push_back(one);
            continue;
        }
        for (const Json& element : *one) {
            if (!element.is_null()) {
                all.push_back(&element);
            }
        }
    }
    return all;
}

}  // namespace pf::host::cli
