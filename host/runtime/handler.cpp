#include "host/runtime/handler.hpp"

#include <exception>

#include "host/base/signal_stack.hpp"
#include "host/services/handling.hpp"

namespace pf::host::runtime {
namespace {

// Without noexcept, which the ABI's type has: the compiler would drop the handlers around it.
using Collect = pf_status (*)(void*, pf_call*, std::uint32_t, pf_val, pf_str);

pf_status run_handler(const Module& module, std::uint32_t output, const std::string& cluster,
                      services::Call& call, pf_call* handle) {
    const auto inventory = module.concerns.get<pf_inventory>(PF_INVENTORY_ID);
    const Collect collect = inventory.table->collect;
    try {
        return collect(inventory.self, handle, output, call.options(),
                       pf_str{cluster.data(), cluster.size()});
    } catch (const std::exception& error) {
        return call.fail(PF_INTERNAL,
                         std::string("the handler let an exception out: ") + error.what());
    } catch (...) {
        return call.fail(PF_INTERNAL, "the handler let an exception out");
    }
}

}  // namespace

void call_collect(const Module& module, std::uint32_t output, const std::string& cluster,
                  services::Call& call) noexcept {
    const SignalStack stack;
    const services::Handling handling(call);
    call.finish(run_handler(module, output, cluster, call, handling.handle()));
}

}  // namespace pf::host::runtime
