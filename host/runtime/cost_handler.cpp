#include "host/runtime/cost_handler.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "host/runtime/desk_call.hpp"
#include "host/services/charge_rules.hpp"
#include "host/services/cost_desk.hpp"
#include "prismforet/abi/cost.h"

namespace pf::host::runtime {
namespace {

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

// Without noexcept, which the ABI's types have: the compiler would drop the handlers around them.
using Simple = pf_status (*)(void*, pf_call*, const pf_cost_request*);
using Explain = pf_status (*)(void*, pf_call*, const pf_cost_request*, pf_str);

pf_status call_module(const Module& module, const CostWork& work, services::Call& call,
                      pf_call* handle) {
    services::Document model;
    services::Document days;
    for (const auto& [document, text, name] : {std::tuple(&model, &work.model, "the cost model"),
                                               std::tuple(&days, &work.days, "days")}) {
        if (Status parsed = document->parse(*text); !parsed.ok()) {
            return call.fail(PF_INTERNAL, parsed.within(name).message());
        }
    }
    const pf_cost_request request{sizeof(pf_cost_request), 0, model.root(), days.root(),
                                  call.options()};
    const auto cost = module.concerns.get<pf_cost>(PF_COST_ID);
    switch (work.what) {
        case CostWork::What::charge:
            return Simple(cost.table->charge)(cost.self, handle, &request);
        case CostWork::What::rates:
            return Simple(cost.table->rates)(cost.self, handle, &request);
        case CostWork::What::explain:
            break;
    }
    return Explain(cost.table->explain)(cost.self, handle, &request,
                                        {work.resource.data(), work.resource.size()});
}

}  // namespace

CostOutcome work_out_costs(Modules& modules, const CostWork& work,
                           std::shared_ptr<services::ShapeFeed> shapes,
                           std::shared_ptr<CostSink> sink, const Stop& stop) {
    CostOutcome outcome;
    auto module = modules.serving(cost_duty);
    if (!module) {
        outcome.end = module.status();
        return outcome;
    }
    services::CallSetup setup;
    setup.meter = std::make_shared<prism::Meter>();
    setup.options = work.options;
    setup.desk = std::make_shared<Desk>(std::move(shapes), std::move(sink), dates_of(work.days));
    DeskEnd done = run_at_desk(modules,
                               {*module, std::move(setup), "worked out costs", "pf-cost",
                                [module = *module, work](services::Call& call, pf_call* handle) {
                                    return call_module(*module, work, call, handle);
                                }},
                               stop);
    outcome.end = std::move(done.end);
    outcome.notes = std::move(done.notes);
    if (!done.is_cut_short && done.returned == PF_NOT_FOUND &&
        work.what == CostWork::What::explain) {
        outcome.end = Status(Code::not_found, "ERROR_COST_RESOURCE",
                             "nothing was charged for '" + work.resource +
                                 "' in this time; give the id of a resource as the inventory has "
                                 "it");
    }
    return outcome;
}

}  // namespace pf::host::runtime
