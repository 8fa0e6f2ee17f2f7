// PF_MODULE: turns a C++ class into a module of the ABI.
//
// The class derives from Inventory and is constructible from nothing or from `const Setup&`. It
// is made once per instance; its handlers run concurrently. No exception leaves it.
#pragma once

#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>

#include "prismforet/abi/central.h"
#include "prismforet/abi/clock.h"
#include "prismforet/abi/inventory.h"
#include "prismforet/abi/module.h"
#include "prismforet/cpp/inventory.hpp"

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

// Runs `body` and turns what it throws into a status; `tell(status, text)` gets the reason.
template <class Body, class Tell>
pf_status guarded(const Body& body, const Tell& tell) noexcept {
    try {
        return body();
    } catch (const Failure& failure) {
        return failure.why().empty() ? failure.status() : tell(failure.status(), failure.why());
    } catch (const std::bad_alloc&) {
        return tell(PF_RESOURCE_EXHAUSTED, "the module ran out of memory");
    } catch (const std::exception& error) {
        return tell(PF_INTERNAL, error.what());
    } catch (...) {
        return tell(PF_INTERNAL, "the module threw something that is no std::exception");
    }
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
                const pf_status status =
                    add(registrar, to_str(PF_INVENTORY_ID), &inventory, instance.get());
                if (status == PF_OK) *self = instance.release();
                return status;
            },
            tell);
    }

    static void destroy(void* self) noexcept { delete static_cast<Instance*>(self); }

  private:
    static_assert(std::is_base_of_v<Inventory, Module>, "derive the module from pf::Inventory");

    struct Instance {
        Instance(const pf_host* the_host, pf_val config)
            : host(the_host),
              services(find_services(the_host)),
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

    static Services find_services(const pf_host* host) noexcept {
        const auto* clock = static_cast<const pf_clock*>(host->service(host, to_str(PF_CLOCK_ID)));
        const auto* central =
            static_cast<const pf_central*>(host->service(host, to_str(PF_CENTRAL_ID)));
        return {clock != nullptr && PF_HAS(clock, now_ms) ? clock : nullptr,
                central != nullptr && PF_HAS(central, uuid) ? central : nullptr};
    }

    static pf_status collect(void* self, pf_call* call, std::uint32_t output, pf_val options,
                             pf_str cluster) noexcept {
        const auto& instance = *static_cast<const Instance*>(self);
        const pf_host* host = instance.host;
        const auto tell = [host, call](pf_status status, std::string_view why) noexcept {
            return host->outcomes->fail(call, status, to_str(why));
        };
        return guarded(
            [&] {
                Call handler(host, call, instance.services);
                const Inventory& module = instance.module;
                module.collect(handler, output, Value(host->reader, options), to_view(cluster));
                return handler.ended();
            },
            tell);
    }

    static constexpr pf_inventory inventory{sizeof(pf_inventory), 0, &collect};
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
