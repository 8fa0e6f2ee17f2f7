#include "host/cli/events/occurrence_rows.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/text.hpp"
#include "host/runtime/event_text.hpp"

namespace pf::host::cli {
namespace {

Tint tint_of(const runtime::Occurrence& one) {
    if (one.type == runtime::OccurrenceType::recovery) {
        return Tint::green;
    }
    switch (one.severity) {
        case runtime::Severity::critical:
            return Tint::red;
        case runtime::Severity::warning:
            return Tint::yellow;
        case runtime::Severity::info:
        case runtime::Severity::not_available:
            break;
    }
    return Tint::none;
}

std::string state_of(const runtime::Occurrence& one) {
    for (const auto& [name, text] : one.additional_info) {
        if (name == "state" || name == "status") {
            return text;
        }
    }
    return {};
}

std::string table_of(const std::vector<runtime::Occurrence>& all, const TableLook& look) {
    Table table({{"TIME"}, {"TYPE"}, {"SEVERITY"}, {"STATE"}, {"RESOURCE"}, {"TITLE"}});
    for (const runtime::Occurrence& one : all) {
        const std::string& resource =
            one.resource.name.empty() ? one.resource.id : one.resource.name;
        table.add({{runtime::iso_time(one.occurred_at)},
                   {std::string(runtime::to_text(one.type))},
                   {std::string(runtime::to_text(one.severity)), tint_of(one)},
                   {clean(state_of(one))},
                   {clean(resource)},
                   {clean(one.title)}});
    }
    return table.text(look);
}

}  // namespace

Status OccurrenceRows::put(const runtime::Occurrence& one) {
    ++count_;
    if (form_ != OccurrenceForm::ndjson) {
        kept_.push_back(one);
        return Status();
    }
    return output_.write(runtime::to_json(one) + "\n")
               ? Status()
               : Status(Code::cancelled, "ERROR_RECEIVER_GONE", "nobody reads any more");
}

void OccurrenceRows::finish(bool is_whole) {
    if (form_ == OccurrenceForm::json) {
        nlohmann::ordered_json document;
        document["schema"] = "prismforet/occurrences/1";
        document["items"] = nlohmann::ordered_json::array();
        for (const runtime::Occurrence& one : kept_) {
            document["items"].push_back(nlohmann::ordered_json::parse(runtime::to_json(one)));
        }
        document["is_complete"] = is_whole;
        output_.write(document.dump(2) + "\n");
    } else if (form_ == OccurrenceForm::table && (!kept_.empty() || look_.has_heading)) {
        output_.write(table_of(kept_, look_));
        look_.has_heading = false;
    }
    kept_.clear();
}

void tell_placeless(Session& session, std::size_t count) {
    if (count > 0) {
        session.warn(std::to_string(count) +
                     " are left out because Prism does not say of which cluster they are; without "
                     "--cluster all are shown");
    }
}

}  // namespace pf::host::cli
