#include "host/cost/shapes/row_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "host/cost/shapes/row_time.hpp"
#include "host/services/json_path.hpp"

namespace pf::host::cost {
namespace {

using services::reader;
using services::ShapeFieldRule;
using services::ShapeForm;
using services::ShapeSource;
using services::text_at;
using services::to_pf;
using services::value_at;

constexpr double bytes_per_gib = 1024.0 * 1024.0 * 1024.0;
// More than any of these facts can be; below it, doubles are exact.
constexpr std::int64_t largest = std::int64_t{1} << 53;
// Prism's way to say that an entity belongs to nobody.
constexpr std::string_view nobody = "00000000-0000-0000-0000-000000000000";

pf_val member(pf_val object, std::string_view key) noexcept {
    return reader().get(object, to_pf(key));
}

std::string_view text_of(pf_val value) noexcept {
    pf_str text{nullptr, 0};
    reader().str(value, &text);
    return services::to_view(text);
}

bool is_nothing(pf_val value) noexcept {
    const std::int32_t kind = reader().kind(value);
    return kind == PF_KIND_ABSENT || kind == PF_KIND_NULL;
}

Status unreadable(const std::string& resource, const std::string& what) {
    return Status(Code::data_loss, "ERROR_SHAPE_ROW",
                  "the row of " + resource + " cannot be charged: " + what +
                      "; collect again, and report it should it stay");
}

// Fills a shape out of one resource.
class Filler {
  public:
    Filler(pf_val resource, Shape& shape) : resource_(resource), shape_(shape) {}

    Status fill(const services::ShapePlan& plan) {
        for (const ShapeSource& source : plan.sources) {
            fill(source);
            if (!problem_.empty()) {
                return unreadable(
                    shape_.kind + " " + shape_.id,
                    "the field " + std::string(rule_of(source.field).name) + " is " + problem_);
            }
        }
        return Status();
    }

  private:
    void fill(const ShapeSource& source) {
        const std::string_view key = source.data_key();
        if (!key.empty() &&
            reader().kind(member(member(resource_, "data"), key)) == PF_KIND_ABSENT) {
            shape_.unknown |= bit_of(source.field);
            return;
        }
        const ShapeFieldRule& rule = rule_of(source.field);
        const pf_val value = value_at(resource_, source.path);
        if (is_nothing(value)) {
            // What must be there is there, even when Prism does not show it just now.
            if ((rule.must & bit_of(shape_.shape_class)) != 0) {
                shape_.unknown |= bit_of(source.field);
            }
            return;
        }
        switch (rule.form) {
            case ShapeForm::text:
                return text(value, source.field);
            case ShapeForm::time:
                return time(value, source.field);
            case ShapeForm::states:
                return states(value, source);
            case ShapeForm::truth:
                return truth(value, source.field);
            case ShapeForm::number:
                return number(value, source);
            case ShapeForm::list:
                return list(value, source);
        }
    }

    void text(pf_val value, ShapeField field) {
        if (reader().kind(value) != PF_KIND_STRING) {
            problem_ = "no text";
            return;
        }
        const std::string_view found = text_of(value);
        shape_.text(field) = found == nobody ? std::string_view() : found;
        if (shape_.text(field).empty() && (rule_of(field).must & bit_of(shape_.shape_class)) != 0) {
            shape_.unknown |= bit_of(field);
        }
    }

    void time(pf_val value, ShapeField field) {
        const auto seconds = seconds_of(text_of(value));
        if (!seconds) {
            problem_ = "no time: '" + std::string(text_of(value)) + "'";
            return;
        }
        shape_.number(field) = *seconds;
    }

    void states(pf_val value, const ShapeSource& source) {
        const std::string_view state = text_of(value);
        const auto is_in = [&](const std::vector<std::string>& states) {
            return std::find(states.begin(), states.end(), state) != states.end();
        };
        if (is_in(source.yes)) {
            shape_.number(source.field) = 1;
        } else if (is_in(source.no)) {
            shape_.number(source.field) = 0;
        } else {
            shape_.unknown |= bit_of(source.field);
        }
    }

    void truth(pf_val value, ShapeField field) {
        std::int32_t found = 0;
        if (reader().boolean(value, &found) != 1) {
            problem_ = "neither true nor false";
            return;
        }
        shape_.number(field) = found;
    }

    // A whole number that is not negative; `problem_` says why not.
    std::int64_t count_of(pf_val value, bool is_gib) {
        double found = 0;
        if (reader().f64(value, &found) != 1) {
            problem_ = "no number";
            return 0;
        }
        if (is_gib) {
            found = std::round(found * bytes_per_gib);
        }
        if (!(found >= 0 && found <= static_cast<double>(largest)) || std::floor(found) != found) {
            problem_ = "no whole number from 0 to 2^53";
            return 0;
        }
        return static_cast<std::int64_t>(found);
    }

    void number(pf_val value, const ShapeSource& source) {
        if (source.sum.empty()) {
            shape_.number(source.field) = count_of(value, source.is_gib);
            return;
        }
        std::int64_t sum = 0;
        for (pf_val at = first(value); at.doc != 0 && problem_.empty();
             at = reader().next(value, at)) {
            const pf_val each = value_at(at, source.sum);
            sum += is_nothing(each) ? 0 : count_of(each, false);
            if (sum > largest) {
                problem_ = "more than 2^53";
            }
        }
        shape_.number(source.field) = sum;
    }

    // The first element of a list; absent, and a problem, when it is none.
    pf_val first(pf_val list) {
        if (reader().kind(list) != PF_KIND_ARRAY) {
            problem_ = "no list";
            return {0, 0};
        }
        return reader().first(list);
    }

    void list(pf_val value, const ShapeSource& source) {
        for (pf_val at = first(value); at.doc != 0 && problem_.empty();
             at = reader().next(value, at)) {
            if (source.where.empty() || text_at(at, source.where) == source.is) {
                element(at, source);
            }
        }
    }

    std::string_view part_text(pf_val element, const ShapeSource& source, std::string_view name) {
        for (const ShapeSource::Part& part : source.parts) {
            if (part.name == name) {
                return text_at(element, part.path);
            }
        }
        return {};
    }

    std::int64_t part_number(pf_val element, const ShapeSource& source, std::string_view name) {
        for (const ShapeSource::Part& part : source.parts) {
            const pf_val value = part.name == name ? value_at(element, part.path) : pf_val{0, 0};
            if (!is_nothing(value)) {
                return count_of(value, false);
            }
        }
        return -1;
    }

    void element(pf_val at, const ShapeSource& source) {
        if (source.field == ShapeField::disks) {
            const std::int64_t bytes = part_number(at, source, "bytes");
            if (bytes >= 0) {
                shape_.disks.push_back({bytes, std::string(part_text(at, source, "container")),
                                        std::string(part_text(at, source, "container_name"))});
            } else {
                shape_.unknown |= bit_of(source.field);
            }
        } else if (source.field == ShapeField::gpus) {
            shape_.gpus.push_back({std::string(part_text(at, source, "model")),
                                   std::string(part_text(at, source, "mode")),
                                   part_number(at, source, "profile_bytes"),
                                   part_number(at, source, "card_bytes")});
        } else {
            shape_.categories.push_back({std::string(part_text(at, source, "key")),
                                         std::string(part_text(at, source, "value"))});
        }
    }

    pf_val resource_;
    Shape& shape_;
    std::string problem_;
};

// Lists in an order of their own: Prism's may change without a change.
void put_in_order(Shape& shape) {
    std::sort(shape.categories.begin(), shape.categories.end(),
              [](const ShapeCategory& a, const ShapeCategory& b) {
                  return std::tie(a.key, a.value) < std::tie(b.key, b.value);
              });
    std::sort(shape.disks.begin(), shape.disks.end(), [](const ShapeDisk& a, const ShapeDisk& b) {
        return std::tie(a.container, a.container_name, a.bytes) <
               std::tie(b.container, b.container_name, b.bytes);
    });
    std::sort(shape.gpus.begin(), shape.gpus.end(), [](const ShapeGpu& a, const ShapeGpu& b) {
        return std::tie(a.model, a.mode, a.profile_bytes, a.card_bytes) <
               std::tie(b.model, b.mode, b.profile_bytes, b.card_bytes);
    });
}

}  // namespace

RowShapes::RowShapes(const std::vector<const services::Descriptor*>& modules) {
    for (const services::Descriptor* module : modules) {
        for (const services::Output& output : module->outputs) {
            if (output.shape) {
                types_.emplace(std::pair(output.group, output.type), &output);
                kinds_.emplace(output.kind, output.service_code);
            }
        }
    }
}

Result<std::optional<Shape>> RowShapes::read(std::string_view line) {
    if (Status parsed = document_.parse(line); !parsed.ok()) {
        return unreadable("a collection", "it is no JSON (" + parsed.message() + ")");
    }
    const pf_val row = document_.root();
    if (text_of(member(row, "resource_type")) != "inventory.CloudService" ||
        text_of(member(row, "state")) != "SUCCESS") {
        return std::optional<Shape>();
    }
    const pf_val resource = member(row, "resource");
    const auto type =
        types_.find(std::pair(std::string(text_of(member(resource, "cloud_service_group"))),
                              std::string(text_of(member(resource, "cloud_service_type")))));
    if (type == types_.end()) {
        return std::optional<Shape>();
    }
    const services::Output& output = *type->second;
    Shape shape;
    shape.id = text_at(resource, {"reference", "resource_id"});
    shape.account = text_of(member(resource, "account"));
    shape.kind = output.kind;
    shape.product = output.service_code;
    shape.name = text_of(member(resource, "name"));
    shape.region = text_of(member(resource, "region_code"));
    shape.shape_class = output.shape->shape_class;
    if (shape.id.empty()) {
        return unreadable("a " + shape.kind, "it has no reference.resource_id");
    }
    if (Status filled = Filler(resource, shape).fill(*output.shape); !filled.ok()) {
        return filled;
    }
    put_in_order(shape);
    return std::optional<Shape>(std::move(shape));
}

}  // namespace pf::host::cost
