#include "host/services/charge_rules.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "host/services/json_path.hpp"
#include "host/services/text.hpp"

namespace pf::host::services {
namespace {

// A double holds every whole number up to here.
constexpr std::int64_t most_micros = std::int64_t{1} << 53;
constexpr std::uint64_t longest_text = 255;
constexpr std::uint64_t longest_resource = 1024;

Status broken(std::string what) {
    return Status(Code::invalid_argument, "ERROR_COST_RECORD",
                  "the cost module gave a record that CloudForet would not take: " +
                      std::move(what) + "; report it to the module's author");
}

struct NamedText {
    const char* name;
    pf_str text;
    std::uint64_t longest;
};

// Empty when the text is fine, else what is wrong with it. There are no more characters than bytes,
// so they are counted only in long texts.
const char* fault_of(pf_str text, std::uint64_t longest) {
    if (text.ptr == nullptr && text.len > 0) {
        return "is a text at a null pointer";
    }
    if (!is_valid_utf8(to_view(text))) {
        return "is no UTF-8";
    }
    const bool fits =
        text.len <= longest || cut_characters(to_view(text), longest).size() == text.len;
    return fits ? "" : "is too long";
}

bool is_amount(std::int64_t micros) { return micros >= 0 && micros <= most_micros; }

Status check_tags(const pf_charge& charge) {
    if (charge.tag_count > most_tags || (charge.tag_count > 0 && charge.tags == nullptr)) {
        return broken("it has more than 16 tags, or none where it says it has");
    }
    for (std::uint32_t i = 0; i < charge.tag_count; ++i) {
        const pf_pair& tag = charge.tags[i];
        const std::string_view key = to_view(tag.key);
        if (*fault_of(tag.key, longest_text) != '\0' ||
            *fault_of(tag.value, longest_text) != '\0') {
            return broken("a tag is too long or no UTF-8");
        }
        if (key.empty() || key.find('.') != key.npos) {
            return broken("the key of a tag is empty or holds a dot");
        }
        for (std::uint32_t before = 0; before < i; ++before) {
            if (to_view(charge.tags[before].key) == key) {
                return broken("the tag " + std::string(key) + " is there twice");
            }
        }
    }
    return Status();
}

}  // namespace

Status check_charge(const pf_charge& charge, const CostDesk& desk) {
    if (!PF_REACHES(&charge, tags)) {
        return broken("its struct_size is " + std::to_string(charge.struct_size));
    }
    const std::array<NamedText, 11> texts = {{{"billed_date", charge.billed_date, longest_text},
                                              {"resource", charge.resource, longest_resource},
                                              {"region_code", charge.region_code, longest_text},
                                              {"product", charge.product, longest_text},
                                              {"usage_type", charge.usage_type, longest_text},
                                              {"usage_unit", charge.usage_unit, longest_text},
                                              {"project", charge.project, longest_text},
                                              {"cluster", charge.cluster, longest_text},
                                              {"owner", charge.owner, longest_text},
                                              {"model", charge.model, longest_text},
                                              {"basis", charge.basis, longest_text}}};
    for (const NamedText& each : texts) {
        if (const char* const fault = fault_of(each.text, each.longest); *fault != '\0') {
            return broken(std::string(each.name) + " " + fault);
        }
    }
    if (charge.resource.len == 0) {
        return broken("it names no resource");
    }
    if (!is_amount(charge.cost_micros) || !is_amount(charge.quantity_micros)) {
        return broken("cost or usage of " + std::string(to_view(charge.resource)) +
                      " is negative or beyond 2^53 millionths");
    }
    if (!desk.has_day(to_view(charge.billed_date))) {
        return broken("the day '" + std::string(to_view(charge.billed_date)) +
                      "' was not asked for");
    }
    return check_tags(charge);
}

Status check_line(const pf_cost_line& line) {
    if (!PF_REACHES(&line, unit)) {
        return broken("the struct_size of a line is " + std::to_string(line.struct_size));
    }
    for (const pf_str text : {line.section, line.what, line.formula, line.value, line.unit}) {
        if (const char* const fault = fault_of(text, 4096); *fault != '\0') {
            return broken(std::string("a text of a line ") + fault);
        }
    }
    return Status();
}

}  // namespace pf::host::services
