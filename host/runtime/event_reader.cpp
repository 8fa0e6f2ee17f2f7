#include "host/runtime/event_reader.hpp"

#include <algorithm>

#include "host/runtime/desk_call.hpp"
#include "host/runtime/event_text.hpp"
#include "host/services/event_feed.hpp"
#include "host/services/text.hpp"

namespace pf::host::runtime {
namespace {

constexpr std::size_t longest_text = 64u << 10;

std::string text_of(pf_str text) {
    if (text.len == 0) {
        return {};
    }
    return std::string(services::cut_characters(
        std::string_view(text.ptr, static_cast<std::size_t>(text.len)), longest_text));
}

OccurrenceType type_of(std::int32_t type) {
    switch (type) {
        case PF_EVENT_RECOVERY:
            return OccurrenceType::recovery;
        case PF_EVENT_EVENT:
            return OccurrenceType::event;
        case PF_EVENT_AUDIT:
            return OccurrenceType::audit;
        default:
            return OccurrenceType::alert;
    }
}

Severity severity_of(std::int32_t severity) {
    switch (severity) {
        case PF_SEVERITY_CRITICAL:
            return Severity::critical;
        case PF_SEVERITY_WARNING:
            return Severity::warning;
        case PF_SEVERITY_INFO:
            return Severity::info;
        default:
            return Severity::not_available;
    }
}

std::int64_t time_of(pf_str text) {
    return read_time(std::string_view(text.ptr, static_cast<std::size_t>(text.len))).value_or(0);
}

Occurrence occurrence_of(const pf_event& from) {
    Occurrence one;
    one.event_key = text_of(from.key);
    one.type = type_of(from.type);
    one.severity = severity_of(from.severity);
    one.title = text_of(from.title);
    one.description = text_of(from.description);
    one.rule = text_of(from.rule);
    one.resource = {text_of(from.resource_id), text_of(from.resource_name),
                    text_of(from.resource_type)};
    one.account = text_of(from.account);
    one.occurred_at = time_of(from.occurred);
    one.created_at = time_of(from.created);
    one.updated_at = time_of(from.updated);
    one.occurred_at = one.occurred_at == 0 ? one.updated_at : one.occurred_at;
    one.updated_at = one.updated_at == 0 ? one.occurred_at : one.updated_at;
    for (std::uint32_t i = 0; i < from.fact_count; ++i) {
        one.additional_info.emplace_back(text_of(from.facts[i].key), text_of(from.facts[i].value));
    }
    std::sort(one.additional_info.begin(), one.additional_info.end());
    for (std::uint32_t i = 0; i < from.affected_count; ++i) {
        one.affected.push_back(text_of(from.affected[i]));
    }
    one.is_reference = (from.flags & PF_EVENT_IS_REFERENCE) != 0;
    return one;
}

class Desk final : public services::EventDesk {
  public:
    Desk(std::shared_ptr<EventDocuments> documents, OccurrenceTaker take)
        : documents_(std::move(documents)), take_(std::move(take)) {}

    Status next(pf_val& document) override {
        return is_enough_ ? Status(Code::out_of_range, "ERROR_NO_MORE_PAGES", "no more are wanted")
                          : documents_->next(document);
    }
    Status tell(const pf_event& event) override {
        is_enough_ = is_enough_ || !take_(occurrence_of(event));
        return Status();
    }

  private:
    std::shared_ptr<EventDocuments> documents_;
    OccurrenceTaker take_;
    bool is_enough_ = false;
};

// Without noexcept, which the ABI's types have: the compiler would drop the handlers around it.
using Read = pf_status (*)(void*, pf_call*, const pf_events_request*);

}  // namespace

Status read_events(Modules& modules, const std::shared_ptr<const Module>& module,
                   std::uint32_t kind, std::shared_ptr<EventDocuments> documents,
                   const std::string& options, OccurrenceTaker take, const Stop& stop) {
    services::CallSetup setup;
    setup.meter = std::make_shared<prism::Meter>();
    setup.options = options;
    setup.desk = std::make_shared<Desk>(std::move(documents), std::move(take));
    const DeskEnd done = run_at_desk(
        modules,
        {module, std::move(setup), "read events", "pf-events",
         [module, kind](services::Call& call, pf_call* handle) {
             const pf_events_request request{sizeof(pf_events_request), kind, call.options()};
             const auto events = module->concerns.get<pf_events>(PF_EVENTS_ID);
             return Read(events.table->read)(events.self, handle, &request);
         }},
        stop);
    return done.end;
}

}  // namespace pf::host::runtime
