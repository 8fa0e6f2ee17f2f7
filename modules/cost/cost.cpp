// The cost module: what each resource costs on each day, by a rate card or by total cost. Pure
// arithmetic: shapes, a model and days in, records and lines out.
#include <prismforet/module.hpp>

#include "charge_writer.hpp"
#include "explainer.hpp"
#include "rate_report.hpp"
#include "run.hpp"

namespace {

// Shapes, records and lines as the host takes them.
class HostBorder final : public cost::ShapeSource, public cost::Output {
  public:
    explicit HostBorder(pf::CostCall& call) : call_(call) {}

    void rewind() override { call_.rewind(); }
    pf::Value next() override { return call_.next_shape(); }

    void record(const cost::Record& record) override {
        const std::vector<cost::Tag>& tags = *record.tags;
        tags_.resize(tags.size());
        for (std::size_t i = 0; i < tags.size(); ++i)
            tags_[i] = {pf::to_str(tags[i].key), pf::to_str(tags[i].value)};
        pf_charge charge{};
        charge.struct_size = sizeof charge;
        charge.tag_count = static_cast<std::uint32_t>(tags_.size());
        charge.cost_micros = record.cost_micros;
        charge.quantity_micros = record.quantity_micros;
        charge.billed_date = pf::to_str(record.billed_date);
        charge.resource = pf::to_str(record.resource);
        charge.region_code = pf::to_str(record.region);
        charge.product = pf::to_str(record.product);
        charge.usage_type = pf::to_str(record.usage_type);
        charge.usage_unit = pf::to_str(record.usage_unit);
        charge.project = pf::to_str(record.project);
        charge.cluster = pf::to_str(record.cluster);
        charge.owner = pf::to_str(record.owner);
        charge.model = pf::to_str(record.model);
        charge.basis = pf::to_str(record.basis);
        charge.tags = tags_.data();
        call_.record(charge);
    }

    void line(const cost::Explanation& line) override {
        pf_cost_line out{};
        out.struct_size = sizeof out;
        out.flags = line.adds ? PF_COST_LINE_ADDS : 0;
        out.amount_micros = line.amount_micros;
        out.section = pf::to_str(line.section);
        out.what = pf::to_str(line.what);
        out.formula = pf::to_str(line.formula);
        out.value = pf::to_str(line.value);
        out.unit = pf::to_str(line.unit);
        call_.line(out);
    }

    void note(std::string_view code, std::string_view id, std::string_view why) override {
        call_.note(code, id, why);
    }

  private:
    pf::CostCall& call_;
    std::vector<pf_pair> tags_;
};

class CostModule final : public pf::Cost {
  public:
    void charge(pf::CostCall& call, const pf::CostRequest& request) const override {
        HostBorder border(call);
        cost::Run run(request.model, request.days, border, border);
        cost::ChargeWriter writer(run, border);
        run.charge(writer);
        writer.finish();
    }

    void explain(pf::CostCall& call, const pf::CostRequest& request,
                 std::string_view resource) const override {
        HostBorder border(call);
        cost::Run run(request.model, request.days, border, border);
        cost::Explainer explainer(run, border, resource);
        run.charge(explainer);
        if (!explainer.is_found()) {
            throw pf::Failure(PF_NOT_FOUND,
                              "nothing is charged for " + std::string(resource) + " on these days");
        }
    }

    void rates(pf::CostCall& call, const pf::CostRequest& request) const override {
        HostBorder border(call);
        cost::Run run(request.model, request.days, border, border);
        cost::RateReport report(run, border);
        run.charge(report);
        report.finish();
    }
};

}  // namespace

PF_MODULE(CostModule)
