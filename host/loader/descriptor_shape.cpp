#include "host/loader/descriptor_shape.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "host/loader/refusal.hpp"

namespace pf::host::loader {
namespace {

using nlohmann::ordered_json;
using services::Output;
using services::ShapeFieldRule;
using services::ShapeForm;
using services::ShapePlan;
using services::ShapeSource;

// Another way to give memory_bytes.
constexpr std::string_view memory_gib = "memory_gib";
// Between a list and what is summed over its elements: "data.disks[].size".
constexpr std::string_view sum_mark = "[].";

std::vector<std::string> steps_of(const std::string& dotted) {
    std::vector<std::string> steps;
    for (std::size_t begin = 0; begin <= dotted.size() && !dotted.empty();) {
        const std::size_t end = std::min(dotted.find('.', begin), dotted.size());
        steps.push_back(dotted.substr(begin, end - begin));
        begin = end + 1;
    }
    return steps;
}

const ShapeFieldRule* rule_named(std::string_view name) {
    for (const ShapeFieldRule& rule : services::shape_field_rules()) {
        if (rule.name == name) {
            return &rule;
        }
    }
    return nullptr;
}

void read_path(const std::string& text, ShapeSource& source) {
    const std::size_t mark = text.find(sum_mark);
    if (mark == std::string::npos) {
        source.path = steps_of(text);
        return;
    }
    source.path = steps_of(text.substr(0, mark));
    source.sum = steps_of(text.substr(mark + sum_mark.size()));
}

void read_list(const ordered_json& entry, const ShapeFieldRule& rule, ShapeSource& source) {
    source.path = steps_of(entry.at("items").get<std::string>());
    source.where = steps_of(entry.value("where", std::string()));
    source.is = entry.value("is", std::string());
    for (const std::string_view part : rule.parts) {
        if (const auto found = entry.find(part); found != entry.end()) {
            source.parts.push_back({std::string(part), steps_of(found->get<std::string>())});
        }
    }
}

ShapeSource read_source(const ordered_json& entry, const ShapeFieldRule& rule) {
    ShapeSource source;
    source.field = rule.field;
    switch (rule.form) {
        case ShapeForm::list:
            read_list(entry, rule, source);
            break;
        case ShapeForm::states:
            source.path = steps_of(entry.at("path").get<std::string>());
            source.yes = entry.at("yes").get<std::vector<std::string>>();
            source.no = entry.at("no").get<std::vector<std::string>>();
            break;
        default:
            read_path(entry.get<std::string>(), source);
    }
    return source;
}

// Which keys of an output's data its shape names, and which fields.
class ShapeRules {
  public:
    ShapeRules(const Output& output, const std::string& path)
        : output_(output), plan_(*output.shape), path_(path + ".fields") {}

    std::vector<Problem> broken() && {
        std::uint32_t given = 0;
        for (const ShapeSource& source : plan_.sources) {
            const ShapeFieldRule& rule = services::rule_of(source.field);
            const std::string at = path_of(path_, rule.name);
            require((rule.may & bit_of(plan_.shape_class)) != 0, at,
                    "a " + class_name() + " has no such field");
            require((given & bit_of(source.field)) == 0, at, "is given twice");
            given |= bit_of(source.field);
            known_key(source, at);
            states(source, at);
            require(source.sum.empty() || rule.form == ShapeForm::number, at,
                    "only numbers can be summed with []");
        }
        for (const ShapeFieldRule& rule : services::shape_field_rules()) {
            const bool is_missing =
                (rule.must & bit_of(plan_.shape_class)) != 0 && (given & bit_of(rule.field)) == 0;
            require(!is_missing, path_,
                    "a " + class_name() + " needs the field '" + std::string(rule.name) + "'");
        }
        return std::move(problems_);
    }

  private:
    void require(bool holds, const std::string& path, std::string reason) {
        if (!holds) {
            problems_.push_back({path, std::move(reason)});
        }
    }

    std::string class_name() const { return std::string(name_of(plan_.shape_class)); }

    void known_key(const ShapeSource& source, const std::string& path) {
        const std::string key(source.data_key());
        std::vector<std::string> names;
        for (const services::DataKey& known : output_.data_keys) {
            names.push_back(known.name);
        }
        require(key.empty() || std::find(names.begin(), names.end(), key) != names.end(), path,
                "there is no data key '" + key + "'" + suggestion(key, names));
    }

    void states(const ShapeSource& source, const std::string& path) {
        for (const std::string& state : source.yes) {
            require(std::find(source.no.begin(), source.no.end(), state) == source.no.end(), path,
                    "'" + state + "' is in yes and in no");
        }
    }

    const Output& output_;
    const ShapePlan& plan_;
    std::string path_;
    std::vector<Problem> problems_;
};

}  // namespace

ShapePlan read_shape(const ordered_json& shape) {
    ShapePlan plan;
    // The schema lets through known classes and fields only.
    plan.shape_class = services::shape_class_of(shape.at("class").get<std::string>()).value();
    for (const auto& [name, entry] : shape.at("fields").items()) {
        const bool is_gib = name == memory_gib;
        if (const ShapeFieldRule* rule = rule_named(is_gib ? "memory_bytes" : name)) {
            plan.sources.push_back(read_source(entry, *rule));
            plan.sources.back().is_gib = is_gib;
        }
    }
    return plan;
}

std::vector<Problem> broken_shape_rules(const Output& output, const std::string& path) {
    return ShapeRules(output, path).broken();
}

}  // namespace pf::host::loader
