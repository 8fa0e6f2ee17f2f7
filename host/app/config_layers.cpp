#include "host/app/config_layers.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "host/loader/strict_json.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

// A place of a path, split off its front: a key or an index.
struct Step {
    std::string key;
    std::size_t index = 0;
    bool is_index = false;
};

Step take_step(std::string_view& path) {
    Step step;
    if (path.front() == '[') {
        const std::size_t end = path.find(']');
        std::from_chars(path.data() + 1, path.data() + end, step.index);
        step.is_index = true;
        path.remove_prefix(end + 1);
    } else {
        const std::size_t end = std::min(path.find_first_of(".["), path.size());
        step.key = path.substr(0, end);
        path.remove_prefix(end);
    }
    if (!path.empty() && path.front() == '.') {
        path.remove_prefix(1);
    }
    return step;
}

Status no_place(const std::string& source, const std::string& path, const std::string& why) {
    return Status(Code::invalid_argument, "ERROR_CONFIG",
                  source + ": cannot set " + path + ": " + why);
}

bool begins_below(const std::string& path, const std::string& above) {
    return path.size() > above.size() && path.compare(0, above.size(), above) == 0 &&
           (above.empty() || path[above.size()] == '.' || path[above.size()] == '[');
}

template <class Visit>
void visit_leaves(const json& value, const std::string& path, const Visit& visit) {
    if (value.is_object() && !value.empty()) {
        for (const auto& [key, member] : value.items()) {
            visit_leaves(member, loader::path_of(path, key), visit);
        }
    } else if (value.is_array() && !value.empty()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            visit_leaves(value[i], loader::path_of(path, i), visit);
        }
    } else {
        visit(path, value);
    }
}

}  // namespace

std::string Origin::text() const { return line > 0 ? source + ":" + std::to_string(line) : source; }

std::string Origin::reason() const {
    return source.starts_with("--") ? "ERROR_USAGE" : "ERROR_CONFIG";
}

ConfigLayers::ConfigLayers() : root_(std::make_shared<json>(json::object())) {}

void ConfigLayers::put(const json& layer, const std::string& source) {
    merge(*root_, layer, "", nullptr, source);
}

void ConfigLayers::put(const document::LinedDocument& document, const std::string& file) {
    merge(*root_, *document.root, "", &document.lines, file);
}

Status ConfigLayers::put(const std::string& path, const json& value, const std::string& source) {
    json* place = root_.get();
    for (std::string_view rest = path; !rest.empty();) {
        const Step step = take_step(rest);
        if (step.is_index) {
            if (place->is_null()) {
                *place = json::array();
            }
            if (!place->is_array() || step.index > place->size()) {
                return no_place(
                    source, path,
                    place->is_array() ? "the elements before it are missing" : "it is no list");
            }
            if (step.index == place->size()) {
                place->push_back(nullptr);
            }
            place = &(*place)[step.index];
        } else {
            if (place->is_null()) {
                *place = json::object();
            }
            if (!place->is_object()) {
                return no_place(source, path, "what is above it has no members");
            }
            place = &(*place)[step.key];
        }
    }
    if (!value.is_object() || !place->is_object()) {
        *place = json();
    }
    merge(*place, value, path, nullptr, source);
    return Status();
}

void ConfigLayers::merge(json& below, const json& above, const std::string& path,
                         const std::map<std::string, int>* lines, const std::string& source) {
    if (above.is_object() && below.is_object()) {
        for (const auto& [key, member] : above.items()) {
            merge(below[key], member, loader::path_of(path, key), lines, source);
        }
        return;
    }
    below = above;
    remember(path, above, lines, source);
}

void ConfigLayers::remember(const std::string& path, const json& value,
                            const std::map<std::string, int>* lines, const std::string& source) {
    std::erase_if(origins_, [&](const auto& one) { return begins_below(one.first, path); });
    const auto origin_of = [&](const std::string& place) {
        Origin origin{source, 0};
        if (lines != nullptr) {
            const auto found = lines->find(place);
            origin.line = found != lines->end() ? found->second : 0;
        }
        return origin;
    };
    origins_[path] = origin_of(path);
    visit_leaves(value, path,
                 [&](const std::string& leaf, const json&) { origins_[leaf] = origin_of(leaf); });
    if (lines != nullptr) {
        for (const auto& [place, line] : *lines) {
            if (begins_below(place, path)) {
                origins_[place] = Origin{source, line};
            }
        }
    }
}

Origin ConfigLayers::origin(const std::string& path) const {
    for (std::string place = path; !place.empty();) {
        if (const auto found = origins_.find(place); found != origins_.end()) {
            return found->second;
        }
        const std::size_t cut = place.find_last_of(".[");
        place.resize(cut == place.npos ? 0 : cut);
    }
    return {"default", 0};
}

std::map<std::string, json> ConfigLayers::leaves() const {
    std::map<std::string, json> all;
    visit_leaves(*root_, "",
                 [&all](const std::string& path, const json& value) { all.emplace(path, value); });
    return all;
}

}  // namespace pf::host::app
