// Cost and CostCall: what a module that works out costs derives from, and works with.
#pragma once

#include <cstdint>
#include <string_view>

#include "prismforet/abi/charges.h"
#include "prismforet/abi/cost.h"
#include "prismforet/abi/host.h"
#include "prismforet/abi/shapes.h"
#include "prismforet/cpp/failure.hpp"
#include "prismforet/cpp/text.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf {

// What is asked for; see pf_cost_request. The values live until the handler returns.
struct CostRequest {
    Value model;
    Value days;
    Value options;
};

// Everything a handler of pf.cost/1 can do while it runs, on its own thread.
class CostCall {
  public:
    // Made by the SDK for each handler; what it is given outlives it.
    CostCall(const pf_host* host, pf_call* call, const pf_shapes* shapes,
             const pf_charges* charges) noexcept
        : host_(host), call_(call), shapes_(shapes), charges_(charges) {}
    CostCall(const CostCall&) = delete;
    CostCall& operator=(const CostCall&) = delete;

    // Goes back to the first shape. Throws Failure.
    void rewind() { check(shapes_->rewind(call_)); }

    // The next shape, valid until the following next_shape or rewind; absent after the last.
    // Throws Failure.
    Value next_shape() {
        pf_val shape{0, 0};
        const pf_status status = shapes_->next(call_, &shape);
        if (status == PF_OUT_OF_RANGE) return {};
        check(status);
        return {host_->reader, shape};
    }

    // Hands out a record; may wait for the receiver. Throws Failure.
    void record(const pf_charge& charge) { check(charges_->record(call_, &charge)); }

    // Hands out a line of an explanation; may wait for the receiver. Throws Failure.
    void line(const pf_cost_line& line) { check(charges_->line(call_, &line)); }

    // Something an operator should know; the records stand. `code` is a stable word such as
    // "cost.fx_day_missing", `id` what it is about, `why` one sentence.
    void note(std::string_view code, std::string_view id, std::string_view why) noexcept {
        host_->outcomes->note(call_, to_str(code), to_str(id), to_str(why));
    }

    // Writes a log line; `level` is one of PF_LOG_*.
    void log(std::int32_t level, std::string_view text) noexcept {
        host_->log(host_, call_, level, to_str(text));
    }

    // The call should end. Shapes, records and lines notice by themselves; ask in long loops
    // without them.
    bool is_cancelled() noexcept { return host_->cancelled(call_) != 0; }

  private:
    static void check(pf_status status) {
        if (status != PF_OK) throw Failure(status);
    }

    const pf_host* host_;
    pf_call* call_;
    const pf_shapes* shapes_;
    const pf_charges* charges_;
};

// Concern pf.cost/1. The functions are const because calls run concurrently on one object. Throw
// Failure when a call cannot go on.
class Cost {
  public:
    virtual ~Cost() = default;

    // Writes the records of all shapes on all days.
    virtual void charge(CostCall& call, const CostRequest& request) const = 0;
    // Writes lines that tell how the records of `resource` come about. Throws Failure
    // (PF_NOT_FOUND) when there is no such shape.
    virtual void explain(CostCall& call, const CostRequest& request,
                         std::string_view resource) const = 0;
    // Writes lines on what the model comes to.
    virtual void rates(CostCall& call, const CostRequest& request) const = 0;
};

}  // namespace pf
