#include "host/runtime/cost_handler.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "host/base/call_trace.hpp"
#include "host/base/signal_stack.hpp"
#include "host/base/thread_name.hpp"
#include "host/observe/log.hpp"
#include "host/services/call.hpp"
#include "host/services/charge_rules.hpp"
#include "host/services/handling.hpp"

namespace pf::host::runtime {
namespace {

// A handler that ignores a stop this long is left behind (ARCHITECTURE, the module ABI).
constexpr std::chrono::seconds patience{3};

std::vector<std::string> dates_of(const std::string& days_json) {
    std::vector<std::string> dates;
    const auto days = nlohmann::json::parse(days_json, nullptr, false);
    if (days.is_object() && days.contains("days")) {
        for (const auto& day : days["days"]) {
            dates.push_back(day.value("date", ""));
        }
    }
    std::sort(dates.begin(), dates.end());
    return dates;
}

std::string_view view(pf_str text) { return {text.ptr, static_cast<std::size_t>(text.len)}; }

class Desk final : public services::CostDesk {
  public:
    Desk(std::shared_ptr<services::ShapeFeed> shapes, std::shared_ptr<CostSink> sink,
         std::vector<std::string> dates)
        : shapes_(std::move(shapes)), sink_(std::move(sink)), dates_(std::move(dates)) {}

    Status rewind() override { return shapes_->rewind(); }
    Status next(pf_val& shape) override {
        if (Status read = shapes_->next(text_); !read.ok()) {
            return read;
        }
        if (Status parsed = document_.parse(text_); !parsed.ok()) {
            return parsed.within("a shape");
        }
        shape = document_.root();
        return Status();
    }
    Status record(const pf_charge& from) override {
        for (std::uint32_t i = 0; i < from.tag_count; ++i) {
            tags_[i] = {view(from.tags[i].key), view(from.tags[i].value)};
        }
        cost::Charge charge;
        charge.cost_micros = from.cost_micros;
        charge.quantity_micros = from.quantity_micros;
        charge.billed_date = view(from.billed_date);
        charge.resource = view(from.resource);
        charge.region_code = view(from.region_code);
        charge.product = view(from.product);
        charge.usage_type = view(from.usage_type);
        charge.usage_unit = view(from.usage_unit);
        charge.project = view(from.project);
        charge.cluster = view(from.cluster);
        charge.owner = view(from.owner);
        charge.model = view(from.model);
        charge.basis = view(from.basis);
        charge.tags = std::span(tags_).first(from.tag_count);
        return sink_->add(charge);
    }
    Status line(const pf_cost_line& from) override {
        CostLine line;
        line.section = view(from.section);
        line.what = view(from.what);
        line.formula = view(from.formula);
        line.value = view(from.value);
        line.unit = view(from.unit);
        line.amount_micros = from.amount_micros;
        line.adds = (from.flags & PF_COST_LINE_ADDS) != 0;
        return sink_->line(line);
    }
    bool has_day(std::string_view date) const override {
        return std::binary_search(dates_.begin(), dates_.end(), date);
    }

  private:
    std::shared_ptr<services::ShapeFeed> shapes_;
    std::shared_ptr<CostSink> sink_;
    const std::vector<std::string> dates_;
    std::string text_;
    services::Document document_;
    std::array<cost::ChargeTag, services::most_tags> tags_;
};

// One calculation: shared by who waits and by the handler's thread, which may be left behind.
struct Calculation {
    Calculation(services::CallSetup setup, std::shared_ptr<const Module> the_module,
                const CostWork& the_work)
        : module(std::move(the_module)), work(the_work), call(std::move(setup)) {}

    std::shared_ptr<const Module> module;
    const CostWork work;
    services::Call call;
    pf_status returned = PF_OK;
    std::mutex mutex;
    std::condition_variable_any changed;
    bool is_done = false;  // guarded by mutex
};

// Without noexcept, which the ABI's types have: the compiler would drop the handlers around them.
using Simple = pf_status (*)(void*, pf_call*, const pf_cost_request*);
using Explain = pf_status (*)(void*, pf_call*, const pf_cost_request*, pf_str);

pf_status call_module(Calculation& calculation, pf_call* handle) {
    const Module& module = *calculation.module;
    const CostWork& work = calculation.work;
    services::Document model;
    services::Document days;
    for (const auto& [document, text, name] : {std::tuple(&model, &work.model, "the cost model"),
                                               std::tuple(&days, &work.days, "days")}) {
        if (Status parsed = document->parse(*text); !parsed.ok()) {
            return calculation.call.fail(PF_INTERNAL, parsed.within(name).message());
        }
    }
    const pf_cost_request request{sizeof(pf_cost_request), 0, model.root(), days.root(),
                                  calculation.call.options()};
    try {
        switch (work.what) {
            case CostWork::What::charge:
                return Simple(module.cost->charge)(module.cost_self, handle, &request);
            case CostWork::What::rates:
                return Simple(module.cost->rates)(module.cost_self, handle, &request);
            case CostWork::What::explain:
                break;
        }
        return Explain(module.cost->explain)(module.cost_self, handle, &request,
                                             {work.resource.data(), work.resource.size()});
    } catch (const std::exception& error) {
        return calculation.call.fail(
            PF_INTERNAL, std::string("the handler let an exception out: ") + error.what());
    } catch (...) {
        return calculation.call.fail(PF_INTERNAL, "the handler let an exception out");
    }
}

void run_handler(Calculation& calculation) noexcept {
    const SignalStack stack;
    {
        const services::Handling handling(calculation.call);
        calculation.returned = call_module(calculation, handling.handle());
        calculation.call.finish(calculation.returned);
    }
    const std::lock_guard lock(calculation.mutex);
    calculation.is_done = true;
    calculation.changed.notify_all();
}

// True when the handler returned.
bool wait_for(Calculation& calculation, const Stop& stop) {
    std::unique_lock lock(calculation.mutex);
    const auto is_done = [&] { return calculation.is_done; };
    if (calculation.changed.wait_until(lock, stop.token(), stop.deadline(), is_done)) {
        return true;
    }
    return calculation.changed.wait_for(lock, patience, is_done);
}

Status end_of(const Calculation& calculation, const Stop& stop) {
    const services::Call& call = calculation.call;
    if (!call.desk_failure().ok()) {
        return call.desk_failure();
    }
    if (stop.requested()) {
        return stop.why();
    }
    if (calculation.returned == PF_NOT_FOUND && calculation.work.what == CostWork::What::explain) {
        return Status(Code::not_found, "ERROR_COST_RESOURCE",
                      "nothing was charged for '" + calculation.work.resource +
                          "' in this time; give the id of a resource as the inventory has it");
    }
    if (const auto& missing = call.findings().all_missing(); !missing.empty()) {
        const bool is_refusal = calculation.returned == PF_INVALID_ARGUMENT ||
                                calculation.returned == PF_FAILED_PRECONDITION;
        return Status(is_refusal ? static_cast<Code>(calculation.returned) : Code::internal,
                      missing.front().code, missing.front().text);
    }
    return Status();
}

}  // namespace

CostOutcome work_out_costs(Modules& modules, const CostWork& work,
                           std::shared_ptr<services::ShapeFeed> shapes,
                           std::shared_ptr<CostSink> sink, const Stop& stop) {
    CostOutcome outcome;
    auto module = modules.cost_module();
    if (!module) {
        outcome.end = module.status();
        return outcome;
    }
    services::CallSetup setup;
    setup.descriptor = (*module)->descriptor;
    setup.stop = stop;
    setup.meter = std::make_shared<prism::Meter>();
    setup.options = work.options;
    setup.desk = std::make_shared<Desk>(std::move(shapes), std::move(sink), dates_of(work.days));
    const auto calculation = std::make_shared<Calculation>(std::move(setup), *module, work);
    std::thread handler([calculation, trace = CallTrace::here()] {
        const CallTrace::Scope scope(trace);
        name_thread("pf-cost");
        run_handler(*calculation);
    });
    if (!wait_for(*calculation, stop)) {
        handler.detach();
        const std::string& name = (*module)->descriptor->name;
        outcome.end = Status(Code::internal, std::string(hung_module),
                             "module " + name +
                                 " ignored a cancel for 3 s while it worked out costs; it is out "
                                 "of service until the process is restarted");
        modules.fault(name, outcome.end);
        observe::log(observe::Level::error, "module.hung", {{"module", name}, {"kind", "cost"}});
        return outcome;
    }
    handler.join();
    outcome.end = end_of(*calculation, stop);
    outcome.notes = calculation->call.findings().all_notes();
    return outcome;
}

}  // namespace pf::host::runtime
