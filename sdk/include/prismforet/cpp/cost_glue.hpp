// The table of pf.cost/1 for a class that derives from Cost.
#pragma once

#include <string_view>

#include "prismforet/cpp/cost.hpp"
#include "prismforet/cpp/guarded.hpp"

namespace pf::detail {

// `Instance` has the members host and module.
template <class Instance>
struct CostGlue {
    static constexpr const char* concern = PF_COST_ID;

    // Runs `handle(module, call, request)` behind the border.
    template <class Handle>
    static pf_status run(void* self, pf_call* call, const pf_cost_request* request,
                         const Handle& handle) noexcept {
        const auto& instance = *static_cast<const Instance*>(self);
        const pf_host* host = instance.host;
        const auto tell = [host, call](pf_status status, std::string_view why) noexcept {
            return host->outcomes->fail(call, status, to_str(why));
        };
        return guarded(
            [&] {
                const auto* shapes =
                    static_cast<const pf_shapes*>(host->service(host, to_str(PF_SHAPES_ID)));
                const auto* charges =
                    static_cast<const pf_charges*>(host->service(host, to_str(PF_CHARGES_ID)));
                if (shapes == nullptr || charges == nullptr || !PF_HAS(shapes, next) ||
                    !PF_HAS(charges, line) || !PF_REACHES(request, options)) {
                    throw Failure(PF_UNIMPLEMENTED, "the host lacks pf.shapes/1 or pf.charges/1");
                }
                CostCall handler(host, call, shapes, charges);
                const Cost& module = instance.module;
                handle(module, handler,
                       CostRequest{Value(host->reader, request->model),
                                   Value(host->reader, request->days),
                                   Value(host->reader, request->options)});
                return PF_OK;
            },
            tell);
    }

    static pf_status charge(void* self, pf_call* call, const pf_cost_request* request) noexcept {
        return run(self, call, request,
                   [](const Cost& module, CostCall& handler, const CostRequest& asked) {
                       module.charge(handler, asked);
                   });
    }

    static pf_status explain(void* self, pf_call* call, const pf_cost_request* request,
                             pf_str resource) noexcept {
        return run(self, call, request,
                   [&](const Cost& module, CostCall& handler, const CostRequest& asked) {
                       module.explain(handler, asked, to_view(resource));
                   });
    }

    static pf_status rates(void* self, pf_call* call, const pf_cost_request* request) noexcept {
        return run(self, call, request,
                   [](const Cost& module, CostCall& handler, const CostRequest& asked) {
                       module.rates(handler, asked);
                   });
    }

    static constexpr pf_cost table{sizeof(pf_cost), 0, &charge, &explain, &rates};
};

}  // namespace pf::detail
