#include "host/cost/shapes/shape_json.hpp"

#include "host/encoding/buffer.hpp"
#include "host/encoding/json_text.hpp"
#include "host/services/json_path.hpp"

namespace pf::host::cost {
namespace {

using encoding::JsonText;
using services::reader;
using services::ShapeFieldRule;
using services::ShapeForm;
using services::to_pf;

void text(JsonText& json, std::string_view key, std::string_view value) {
    if (!value.empty()) {
        json.key(key);
        json.str(value);
    }
}

void count(JsonText& json, std::string_view key, std::int64_t value) {
    if (value >= 0) {
        json.key(key);
        json.i64(value);
    }
}

void write_disks(JsonText& json, const Shape& shape) {
    json.open_array();
    for (const ShapeDisk& disk : shape.disks) {
        json.open_object();
        count(json, "bytes", disk.bytes);
        text(json, "container", disk.container);
        text(json, "container_name", disk.container_name);
        json.close();
    }
    json.close();
}

void write_gpus(JsonText& json, const Shape& shape) {
    json.open_array();
    for (const ShapeGpu& gpu : shape.gpus) {
        json.open_object();
        text(json, "model", gpu.model);
        text(json, "mode", gpu.mode);
        count(json, "profile_bytes", gpu.profile_bytes);
        count(json, "card_bytes", gpu.card_bytes);
        json.close();
    }
    json.close();
}

void write_categories(JsonText& json, const Shape& shape) {
    json.open_array();
    for (const ShapeCategory& category : shape.categories) {
        json.open_object();
        json.key("key");
        json.str(category.key);
        json.key("value");
        json.str(category.value);
        json.close();
    }
    json.close();
}

void write_list(JsonText& json, const Shape& shape, const ShapeFieldRule& rule) {
    if (rule.field == ShapeField::disks && !shape.disks.empty()) {
        json.key(rule.name);
        write_disks(json, shape);
    } else if (rule.field == ShapeField::gpus && !shape.gpus.empty()) {
        json.key(rule.name);
        write_gpus(json, shape);
    } else if (rule.field == ShapeField::categories && !shape.categories.empty()) {
        json.key(rule.name);
        write_categories(json, shape);
    }
}

void write_facts(JsonText& json, const Shape& shape, bool with_created) {
    text(json, "kind", shape.kind);
    text(json, "class", name_of(shape.shape_class));
    text(json, "name", shape.name);
    text(json, "product", shape.product);
    text(json, "region", shape.region);
    for (const ShapeFieldRule& rule : services::shape_field_rules()) {
        switch (rule.form) {
            case ShapeForm::text:
                text(json, rule.name, shape.text(rule.field));
                break;
            case ShapeForm::list:
                write_list(json, shape, rule);
                break;
            case ShapeForm::states:
            case ShapeForm::truth:
                if (shape.number(rule.field) != Shape::none) {
                    json.key(rule.name);
                    json.boolean(shape.number(rule.field) != 0);
                }
                break;
            case ShapeForm::time:
                if (!with_created) {
                    break;
                }
                [[fallthrough]];
            case ShapeForm::number:
                count(json, rule.name, shape.number(rule.field));
        }
    }
}

// Reads what write_facts() wrote; `is_sound` is false once something is of another type.
struct FactsReader {
    pf_val member(pf_val object, std::string_view key) const {
        return reader().get(object, to_pf(key));
    }
    std::string text(pf_val object, std::string_view key) {
        const pf_val value = member(object, key);
        pf_str found{nullptr, 0};
        is_sound = is_sound && (value.doc == 0 || reader().str(value, &found) == 1);
        return std::string(services::to_view(found));
    }
    std::int64_t number(pf_val object, std::string_view key, std::int64_t absent) {
        const pf_val value = member(object, key);
        std::int64_t found = absent;
        is_sound = is_sound && (value.doc == 0 || (reader().i64(value, &found) == 1 && found >= 0));
        return found;
    }
    std::int64_t truth(pf_val object, std::string_view key) {
        const pf_val value = member(object, key);
        std::int32_t found = 0;
        is_sound = is_sound && (value.doc == 0 || reader().boolean(value, &found) == 1);
        return value.doc == 0 ? Shape::none : found;
    }
    void list(pf_val root, const ShapeFieldRule& rule, Shape& shape) {
        const pf_val all = member(root, rule.name);
        is_sound = is_sound && (all.doc == 0 || reader().kind(all) == PF_KIND_ARRAY);
        for (pf_val at = reader().first(all); is_sound && at.doc != 0;
             at = reader().next(all, at)) {
            is_sound = reader().kind(at) == PF_KIND_OBJECT;
            if (rule.field == ShapeField::disks) {
                shape.disks.push_back(
                    {number(at, "bytes", 0), text(at, "container"), text(at, "container_name")});
            } else if (rule.field == ShapeField::gpus) {
                shape.gpus.push_back({text(at, "model"), text(at, "mode"),
                                      number(at, "profile_bytes", -1),
                                      number(at, "card_bytes", -1)});
            } else {
                shape.categories.push_back({text(at, "key"), text(at, "value")});
            }
        }
    }
    void field(pf_val root, const ShapeFieldRule& rule, Shape& shape) {
        switch (rule.form) {
            case ShapeForm::text:
                shape.text(rule.field) = text(root, rule.name);
                return;
            case ShapeForm::list:
                return list(root, rule, shape);
            case ShapeForm::states:
            case ShapeForm::truth:
                shape.number(rule.field) = truth(root, rule.name);
                return;
            case ShapeForm::time:
            case ShapeForm::number:
                shape.number(rule.field) = number(root, rule.name, Shape::none);
        }
    }

    bool is_sound = true;
};

}  // namespace

std::string shape_json(const Shape& shape) {
    encoding::Buffer bytes;
    JsonText json(bytes);
    json.open_object();
    text(json, "id", shape.id);
    write_facts(json, shape, false);
    json.key("from");
    json.i64(shape.from);
    json.key("to");
    json.i64(shape.to);
    text(json, "basis", shape.basis == Basis::measured ? "measured" : "assumed");
    json.close();
    return std::string(bytes.view());
}

std::string facts_json(const Shape& shape) {
    encoding::Buffer bytes;
    JsonText json(bytes);
    json.open_object();
    write_facts(json, shape, true);
    json.close();
    return std::string(bytes.view());
}

Result<Shape> shape_of_facts(std::string_view text, services::Document& document) {
    Shape shape;
    FactsReader facts;
    const Status parsed = document.parse(text);
    const pf_val root = parsed.ok() ? document.root() : pf_val{0, 0};
    const auto shape_class = services::shape_class_of(facts.text(root, "class"));
    if (shape_class) {
        shape.shape_class = *shape_class;
        shape.kind = facts.text(root, "kind");
        shape.name = facts.text(root, "name");
        shape.product = facts.text(root, "product");
        shape.region = facts.text(root, "region");
        for (const ShapeFieldRule& rule : services::shape_field_rules()) {
            facts.field(root, rule, shape);
        }
    }
    if (!shape_class || !facts.is_sound) {
        return Status(
            Code::data_loss, "ERROR_SHAPE_FACTS",
            "what the history keeps of a resource cannot be read; restore the file from a "
            "backup, or set it aside and begin anew");
    }
    return shape;
}

}  // namespace pf::host::cost
