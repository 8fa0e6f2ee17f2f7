// A body that somebody posted to a webhook: whatever it is, it tells alerts that can be used, tells
// nothing, or fails in words.
#include <nlohmann/json.hpp>
#include <string>

#include "host/loader/descriptor.hpp"
#include "host/runtime/events_source.hpp"
#include "host/services/document.hpp"
#include "host/services/host.hpp"
#include "prismforet/abi/module.h"
#include "tests/fuzz/fuzz.hpp"

// The registrar is ours to define: modules only pass it back.
struct pf_registrar {
    pf::host::runtime::Module* module;
};

namespace pf::fuzz {
namespace {

namespace runtime = pf::host::runtime;

pf_status add(pf_registrar* registrar, pf_str /*concern*/, const void* table, void* self) noexcept {
    registrar->module->concerns.add(PF_EVENTS_ID, table, self);
    return PF_OK;
}

// What lives as long as the process.
struct Stage {
    Stage() {
        const pf_module* const entry = pf_module_entry_v0();
        auto descriptor = host::loader::parse_descriptor(
            std::string_view(entry->descriptor.ptr, entry->descriptor.len));
        require(descriptor.ok(), "the module has a descriptor", descriptor.status().text());
        runtime::Module module;
        module.descriptor =
            std::make_shared<const host::services::Descriptor>(std::move(descriptor).value());
        host::services::Document config;
        require(config.parse("{}").ok(), "an empty configuration is JSON");
        pf_registrar registrar{&module};
        void* self = nullptr;
        const pf_status status = entry->create(host::services::host_for_module("alert"),
                                               config.root(), add, &registrar, &self);
        require(status == PF_OK, "the module can be made");
        modules.add("alert.so", "", std::move(module));
    }

    runtime::Modules modules;
    host::prism::Targets targets;
    runtime::EventsSource source{modules, targets};
};

void check(const runtime::Occurrence& one) {
    require(one.event_key.size() == 36, "a key is a UUID", one.event_key);
    require(!one.title.empty(), "an alert has a title");
    require(
        one.type == runtime::OccurrenceType::alert || one.type == runtime::OccurrenceType::recovery,
        "a body tells alerts and recoveries");
    const std::string text = runtime::to_json(one);
    require(is_utf8(text) && nlohmann::json::accept(text), "an alert can be written", text);
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    static Stage& stage = *new Stage;
    const auto told = stage.source.parse(to_text(data, size), "{}", nullptr, pf::host::Stop());
    require_readable(told.status());
    if (told) {
        for (const auto& one : *told) {
            check(one);
        }
    }
    return 0;
}
