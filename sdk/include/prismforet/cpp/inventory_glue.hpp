// The table of pf.inventory/1 for a class that derives from Inventory.
#pragma once

#include <cstdint>
#include <string_view>

#include "prismforet/abi/central.h"
#include "prismforet/abi/clock.h"
#include "prismforet/abi/inventory.h"
#include "prismforet/cpp/guarded.hpp"
#include "prismforet/cpp/inventory.hpp"

namespace pf::detail {

// `Instance` has the members host, services and module.
template <class Instance>
struct InventoryGlue {
    static constexpr const char* concern = PF_INVENTORY_ID;

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

    static constexpr pf_inventory table{sizeof(pf_inventory), 0, &collect};
};

}  // namespace pf::detail
