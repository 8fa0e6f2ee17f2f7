// Bodies that somebody posted to the webhook, through the reader and the real module of alerts.
//
// An input is a body as it came. Whoever has the URL may post, so any bytes may come.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/loader/descriptor.hpp"
#include "host/runtime/event_text.hpp"
#include "host/services/call.hpp"
#include "host/services/document.hpp"
#include "host/services/event_feed.hpp"
#include "host/services/event_rules.hpp"
#include "host/services/handling.hpp"
#include "host/services/host.hpp"
#include "prismforet/abi/events.h"
#include "prismforet/abi/module.h"
#include "tests/fuzz/fuzz.hpp"

namespace pf::fuzz {
namespace {

// The module as the host has it in service, for the life of the process.
struct AlertModule {
    std::shared_ptr<const host::services::Descriptor> descriptor;
    const pf_events* events = nullptr;
    void* self = nullptr;
};

}  // namespace
}  // namespace pf::fuzz

// The registrar is ours to define: modules only pass it back.
struct pf_registrar {
    pf::fuzz::AlertModule* module;
};

namespace pf::fuzz {
namespace {

using namespace pf::host;

constexpr std::size_t longest_body = 1u << 20;

pf_status add(pf_registrar* registrar, pf_str /*concern*/, const void* table, void* self) noexcept {
    registrar->module->events = static_cast<const pf_events*>(table);
    registrar->module->self = self;
    return PF_OK;
}

AlertModule make() {
    AlertModule made;
    const pf_module* const module = pf_module_entry_v0();
    auto descriptor =
        loader::parse_descriptor(std::string_view(module->descriptor.ptr, module->descriptor.len));
    require(descriptor.ok(), "the module has a descriptor", descriptor.status().text());
    made.descriptor = std::make_shared<const services::Descriptor>(std::move(descriptor).value());
    services::Document config;
    require(config.parse("{}").ok(), "an empty configuration is JSON");
    pf_registrar registrar{&made};
    void* self = nullptr;
    const pf_status status =
        module->create(services::host_for_module("alert"), config.root(), add, &registrar, &self);
    require(status == PF_OK && made.events != nullptr, "the module can be made");
    return made;
}

const AlertModule& alert_module() {
    static const AlertModule one = make();
    return one;
}

void add_text(std::string& to, pf_str text) {
    to += std::to_string(text.len) + ":";
    if (text.len != 0) {
        to.append(text.ptr, static_cast<std::size_t>(text.len));
    }
}

// All of an event, so that two can be compared.
std::string written(const pf_event& event) {
    std::string all = std::to_string(event.type) + "," + std::to_string(event.severity) + "," +
                      std::to_string(event.flags) + ",";
    for (const pf_str text : {event.key, event.title, event.description, event.rule,
                              event.resource_id, event.resource_name, event.resource_type,
                              event.account, event.occurred, event.created, event.updated}) {
        add_text(all, text);
    }
    for (std::uint32_t i = 0; i < event.fact_count; ++i) {
        add_text(all, event.facts[i].key);
        add_text(all, event.facts[i].value);
    }
    for (std::uint32_t i = 0; i < event.affected_count; ++i) {
        add_text(all, event.affected[i]);
    }
    return all;
}

// A UUID in lower case: what all that is told of one alert is joined by.
bool is_key(std::string_view text) {
    const auto is_dash = [](std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (is_dash(i) ? c != '-' : !is_hex) {
            return false;
        }
    }
    return text.size() == 36;
}

// The host takes a time or has none; one that it took goes out as a text of the same time.
void check_time(std::string_view text) {
    const auto time = runtime::read_time(text);
    if (time) {
        const std::string again = runtime::iso_time(*time);
        require(again.size() <= 24 && runtime::read_time(again) == time,
                "a time goes out as it came in", again);
    }
}

// One body for the module, and what it tells.
class Desk final : public services::EventDesk {
  public:
    explicit Desk(std::string_view body) : body_(body) {}

    Status next(pf_val& document) override {
        if (is_read_ || !document_.parse(body_).ok()) {
            return Status(Code::out_of_range, "ERROR_NO_MORE_PAGES", "there is no other body");
        }
        is_read_ = true;
        document = document_.root();
        return Status();
    }
    Status tell(const pf_event& event) override {
        const Status checked = services::check_event(event);
        require(checked.ok(), "what is told keeps the rules of events", checked.text());
        require(is_key({event.key.ptr, static_cast<std::size_t>(event.key.len)}),
                "the key is a UUID in lower case");
        require(event.type == PF_EVENT_ALERT || event.type == PF_EVENT_RECOVERY,
                "a post is about an alert");
        for (const pf_str text : {event.occurred, event.created, event.updated}) {
            check_time({text.ptr, static_cast<std::size_t>(text.len)});
        }
        told_.push_back(written(event));
        return Status();
    }
    const std::vector<std::string>& told() const { return told_; }

  private:
    const std::string body_;
    services::Document document_;
    std::vector<std::string> told_;
    bool is_read_ = false;
};

std::vector<std::string> read(std::string_view body) {
    const auto desk = std::make_shared<Desk>(body);
    services::CallSetup setup;
    setup.descriptor = alert_module().descriptor;
    setup.meter = std::make_shared<prism::Meter>();
    setup.options = "{}";
    setup.desk = desk;
    services::Call call(std::move(setup));
    {
        const services::Handling handling(call);
        const pf_events_request request{sizeof(pf_events_request), PF_EVENTS_POSTED,
                                        call.options()};
        const pf_status status =
            alert_module().events->read(alert_module().self, handling.handle(), &request);
        require(status == PF_OK, "the module reads any body", std::to_string(status));
        call.finish(status);
    }
    require(call.desk_failure().ok(), "the host takes all that is told",
            call.desk_failure().text());
    require(call.findings().all_missing().empty(), "nothing of a post is missing");
    return desk->told();
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    if (size > longest_body) {
        return 0;
    }
    const std::string_view body = to_text(data, size);
    const std::vector<std::string> told = read(body);
    require(told == read(body), "the same body tells the same twice");
    return 0;
}
