#include "tests/cloudforet_sim/inventory/document.hpp"

#include <charconv>

namespace pf::cloudforet_sim {
namespace {

using nlohmann::json;

// The key in front of the first dot, and what is behind it.
struct Step {
    std::string_view key;
    std::string_view rest;
    bool is_last = true;
};

Step first_step(std::string_view path) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return {path, {}, true};
    return {path.substr(0, dot), path.substr(dot + 1), false};
}

void collect(const json& value, std::string_view path, std::vector<const json*>& found) {
    const Step step = first_step(path);
    if (value.is_array()) {
        std::size_t index = 0;
        const char* const end = step.key.data() + step.key.size();
        const auto number = std::from_chars(step.key.data(), end, index);
        if (number.ec == std::errc() && number.ptr == end) {
            if (index >= value.size()) return;
            if (step.is_last) return found.push_back(&value[index]);
            return collect(value[index], step.rest, found);
        }
        for (const json& element : value) collect(element, path, found);
        return;
    }
    if (!value.is_object()) return;
    const auto member = value.find(step.key);
    if (member == value.end()) return;
    if (step.is_last) return found.push_back(&*member);
    collect(*member, step.rest, found);
}

}  // namespace

std::vector<const json*> values_at(const json& document, std::string_view path) {
    std::vector<const json*> found;
    collect(document, path, found);
    return found;
}

bool is_falsy(const json& value) {
    switch (value.type()) {
        case json::value_t::null:
            return true;
        case json::value_t::boolean:
            return !value.get<bool>();
        case json::value_t::string:
        case json::value_t::array:
        case json::value_t::object:
            return value.is_string() ? value.get_ref<const std::string&>().empty() : value.empty();
        default:
            return value.is_number() && value.get<double>() == 0.0;
    }
}

const json& value_at(const json& document, std::string_view path) {
    static const json nothing;
    const json* value = &document;
    for (Step step = first_step(path);; step = first_step(step.rest)) {
        if (!value->is_object()) return nothing;
        const auto member = value->find(step.key);
        if (member == value->end()) return nothing;
        value = &*member;
        if (step.is_last) return *value;
    }
}

}  // namespace pf::cloudforet_sim
