// EventsHost: runs a module of pf.events/1 in a unit test, with documents from the test.
//
//   pf::testing::EventsHost host(pf_module_entry_v0());
//   const pf::testing::EventsRun run = host.read(PF_EVENTS_POSTED, {R"({"extId":"..."})"});
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "prismforet/abi.h"
#include "prismforet/abi/events.h"
#include "prismforet/cpp/text.hpp"
#include "prismforet/testing/bare_tables.hpp"
#include "prismforet/testing/document.hpp"

namespace pf::testing {

// A copy of a pf_event.
struct EventRecord {
    std::int32_t type = 0;
    std::int32_t severity = 0;
    std::uint32_t flags = 0;
    std::string key, title, description, rule, resource_id, resource_name, resource_type;
    std::string account, occurred, created, updated;
    std::map<std::string, std::string> facts;
    std::vector<std::string> affected;

    explicit EventRecord(const pf_event& from)
        : type(from.type),
          severity(from.severity),
          flags(from.flags),
          key(to_view(from.key)),
          title(to_view(from.title)),
          description(to_view(from.description)),
          rule(to_view(from.rule)),
          resource_id(to_view(from.resource_id)),
          resource_name(to_view(from.resource_name)),
          resource_type(to_view(from.resource_type)),
          account(to_view(from.account)),
          occurred(to_view(from.occurred)),
          created(to_view(from.created)),
          updated(to_view(from.updated)) {
        for (std::uint32_t i = 0; i < from.fact_count; ++i) {
            facts.emplace(to_view(from.facts[i].key), to_view(from.facts[i].value));
        }
        for (std::uint32_t i = 0; i < from.affected_count; ++i) {
            affected.emplace_back(to_view(from.affected[i]));
        }
    }
    bool operator==(const EventRecord&) const = default;
};

struct EventsRun {
    pf_status status = PF_OK;
    std::string why;  // what the module gave pf_outcomes.fail
    std::vector<EventRecord> events;
};

class EventsHost {
  public:
    // Takes a module's table; creates its instance. Throws std::runtime_error when create fails or
    // registers no pf.events/1.
    explicit EventsHost(const pf_module* module) : module_(module) {
        const Document config("{}");
        const pf_status status = module_->create(&host_, config.root(), &add,
                                                 reinterpret_cast<pf_registrar*>(this), &self_);
        if (status != PF_OK || events_ == nullptr) {
            throw std::runtime_error("create answered " + std::to_string(status));
        }
    }
    ~EventsHost() { module_->destroy(self_); }
    EventsHost(const EventsHost&) = delete;
    EventsHost& operator=(const EventsHost&) = delete;

    // Runs the handler over JSON documents; `documents` is one of PF_EVENTS_*.
    EventsRun read(std::uint32_t documents, const std::vector<std::string>& texts) {
        const Document options("{}");
        const pf_events_request request{sizeof(pf_events_request), documents, options.root()};
        Fake fake{texts, 0, nullptr, {}};
        fake.run.status = events_->read(events_self_, reinterpret_cast<pf_call*>(&fake), &request);
        return std::move(fake.run);
    }

  private:
    // What a pf_call points to.
    struct Fake {
        const std::vector<std::string>& texts;
        std::size_t at = 0;
        std::unique_ptr<Document> current;
        EventsRun run;
    };
    static Fake& of(pf_call* call) noexcept { return *reinterpret_cast<Fake*>(call); }

    static pf_status add(pf_registrar* registrar, pf_str concern, const void* table,
                         void* self) noexcept {
        auto& host = *reinterpret_cast<EventsHost*>(registrar);
        if (to_view(concern) == PF_EVENTS_ID) {
            host.events_ = static_cast<const pf_events*>(table);
            host.events_self_ = self;
        }
        return PF_OK;
    }

    static inline const pf_event_feed feed_{
        sizeof(pf_event_feed),
        [](pf_call* call, pf_val* out) noexcept -> pf_status {
            Fake& fake = of(call);
            fake.current.reset();
            if (fake.at >= fake.texts.size()) return PF_OUT_OF_RANGE;
            fake.current = std::make_unique<Document>(fake.texts[fake.at++]);
            *out = fake.current->root();
            return PF_OK;
        },
        [](pf_call* call, const pf_event* event) noexcept -> pf_status {
            of(call).run.events.emplace_back(*event);
            return PF_OK;
        }};
    static inline const pf_outcomes outcomes_{
        sizeof(pf_outcomes), [](pf_call*, pf_str, pf_str, pf_str) noexcept {},
        [](pf_call*, pf_val, pf_str, pf_str) noexcept {}, [](pf_call*, pf_val) noexcept {},
        [](pf_call* call, pf_status status, pf_str why) noexcept -> pf_status {
            if (of(call).run.why.empty()) of(call).run.why = to_view(why);
            return status == PF_OK ? PF_UNKNOWN : status;
        }};
    static inline const pf_host host_{
        sizeof(pf_host),
        PF_ABI_MAJOR,
        PF_ABI_MINOR,
        document_reader(),
        &bare_writer,
        &bare_lists,
        &bare_lookups,
        &outcomes_,
        [](const pf_host*, pf_call*, std::int32_t, pf_str) noexcept {},
        [](pf_call*) noexcept -> std::int32_t { return 0; },
        [](pf_call*, std::int64_t) noexcept -> pf_status { return PF_OK; },
        [](const pf_host*, pf_str id) noexcept -> const void* {
            return to_view(id) == PF_EVENT_FEED_ID ? &feed_ : nullptr;
        }};

    const pf_module* module_;
    void* self_ = nullptr;
    const pf_events* events_ = nullptr;
    void* events_self_ = nullptr;
};

}  // namespace pf::testing
