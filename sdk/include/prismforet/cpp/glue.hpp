// PF_MODULE: turns a C++ class into a module of the ABI.
//
// The class derives from one concern or several (Inventory, Cost, Metrics, Events, Notify), and is
// constructible from nothing or from `const Setup&`. It is made once per instance; its handlers run
// concurrently. No exception leaves it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "prismforet/abi/module.h"
#include "prismforet/cpp/cost_glue.hpp"
#include "prismforet/cpp/events_glue.hpp"
#include "prismforet/cpp/inventory_glue.hpp"
#include "prismforet/cpp/metrics_glue.hpp"
#include "prismforet/cpp/notify_glue.hpp"

// The descriptor's text; prismforet_add_module() generates the source that defines it.
extern "C" const pf_str pf_module_descriptor;

namespace pf::detail {

// What this SDK needs of a host; empty when the host has it all, else what is missing.
inline const char* missing_service(const pf_host& host) noexcept {
    if (!PF_HAS(&host, service)) return "a complete pf_host";
    if (host.abi_major != PF_ABI_MAJOR) return "the same major of the ABI";
    if (!host.reader || !PF_HAS(host.reader, boolean)) return "pf.reader/1";
    if (!host.writer || !PF_HAS(host.writer, abort)) return "pf.writer/1";
    if (!host.lists || !PF_HAS(host.lists, fetch)) return "pf.list/1";
    if (!host.lookups || !PF_HAS(host.lookups, get)) return "pf.lookup/1";
    if (!host.outcomes || !PF_HAS(host.outcomes, fail)) return "pf.outcome/1";
    if (!host.log || !host.cancelled || !host.wait) return "log, cancelled and wait";
    return "";
}

template <class Module>
class Glue {
  public:
    static pf_status create(const pf_host* host, pf_val config, pf_add_fn add,
                            pf_registrar* registrar, void** self) noexcept {
        if (!PF_HAS(host, log)) return PF_FAILED_PRECONDITION;
        const auto tell = [host](pf_status status, std::string_view why) noexcept {
            host->log(host, nullptr, PF_LOG_ERROR, to_str(why));
            return status;
        };
        return guarded(
            [&] {
                const std::string_view missing = missing_service(*host);
                if (!missing.empty()) {
                    throw Failure(PF_FAILED_PRECONDITION,
                                  "the host lacks " + std::string(missing) +
                                      "; use a newer host or build the module with an older SDK");
                }
                auto instance = std::make_unique<Instance>(host, config);
                pf_status status = PF_OK;
                const auto offer = [&](const char* concern, const void* table) {
                    if (status == PF_OK) {
                        status = add(registrar, to_str(concern), table, instance.get());
                    }
                };
                offer_of<Inventory, InventoryGlue>(offer);
                offer_of<Cost, CostGlue>(offer);
                offer_of<Metrics, MetricsGlue>(offer);
                offer_of<Events, EventsGlue>(offer);
                offer_of<Notify, NotifyGlue>(offer);
                if (status == PF_OK) *self = instance.release();
                return status;
            },
            tell);
    }

    static void destroy(void* self) noexcept { delete static_cast<Instance*>(self); }

  private:
    template <class... Concerns>
    static constexpr bool is_any = (std::is_base_of_v<Concerns, Module> || ...);
    static_assert(is_any<Inventory, Cost, Metrics, Events, Notify>,
                  "derive the module from a concern, such as pf::Inventory");

    // Offers the table of a concern that the module derives from.
    template <class Concern, template <class> class ConcernGlue, class Offer>
    static void offer_of(const Offer& offer) {
        if constexpr (is_any<Concern>) {
            offer(ConcernGlue<Instance>::concern, &ConcernGlue<Instance>::table);
        }
    }

    struct Instance {
        Instance(const pf_host* the_host, pf_val config)
            : host(the_host),
              services(InventoryGlue<Instance>::find_services(the_host)),
              module(make(Setup(the_host, Value(the_host->reader, config)))) {}

        static Module make(const Setup& setup) {
            if constexpr (std::is_constructible_v<Module, const Setup&>) {
                return Module(setup);
            } else {
                return Module();
            }
        }

        const pf_host* host;
        const Services services;
        const Module module;
    };
};

// The table of a module made of `Module`.
template <class Module>
const pf_module* module_table() noexcept {
    static const pf_module table{sizeof(pf_module),     PF_ABI_MAJOR,
                                 PF_ABI_MINOR,          pf_module_descriptor,
                                 &Glue<Module>::create, &Glue<Module>::destroy};
    return &table;
}

}  // namespace pf::detail

// Makes `Class` the module of this library. Once per library, outside of every namespace.
#define PF_MODULE(Class)                                            \
    extern "C" const pf_module* pf_module_entry_v0(void) noexcept { \
        return ::pf::detail::module_table<Class>();                 \
    }
