// CostHost: runs a module of pf.cost/1 in a unit test, with shapes from the test.
//
//   pf::testing::CostHost host(pf_module_entry_v0());
//   host.model(R"({"currency":"USD",...})").days(R"({"zone":"UTC","days":[...]})");
//   host.shape(R"({"id":"1","class":"machine","from":0,"to":86400,...})");
//   const pf::testing::CostRun run = host.charge();
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "prismforet/abi.h"
#include "prismforet/testing/bare_tables.hpp"
#include "prismforet/testing/cost_run.hpp"
#include "prismforet/testing/document.hpp"

namespace pf::testing {

class CostHost {
  public:
    // Takes a module's table; creates its instance with `config`. Throws std::runtime_error when
    // create fails or registers no pf.cost/1.
    explicit CostHost(const pf_module* module, std::string_view config = "{}") : module_(module) {
        const Document document(config);
        const pf_status status = module_->create(&host_, document.root(), &add,
                                                 reinterpret_cast<pf_registrar*>(this), &self_);
        if (status != PF_OK || cost_ == nullptr) {
            throw std::runtime_error("create answered " + std::to_string(status));
        }
    }
    ~CostHost() { module_->destroy(self_); }
    CostHost(const CostHost&) = delete;
    CostHost& operator=(const CostHost&) = delete;

    // The validated model, a JSON object.
    CostHost& model(std::string_view json) { return model_ = json, *this; }
    // The days, as pf_cost_request has them.
    CostHost& days(std::string_view json) { return days_ = json, *this; }
    // The plugin's options, a JSON object.
    CostHost& options(std::string_view json) { return options_ = json, *this; }
    // Adds a shape. The test keeps the order that the ABI promises.
    CostHost& shape(std::string_view json) { return shapes_.emplace_back(json), *this; }
    // Takes all shapes away.
    CostHost& clear() { return shapes_.clear(), *this; }

    // Runs a handler.
    CostRun charge() {
        return run([&](pf_call* call, const pf_cost_request* request) {
            return cost_->charge(cost_self_, call, request);
        });
    }
    // Runs explain for a resource.
    CostRun explain(std::string_view resource) {
        return run([&](pf_call* call, const pf_cost_request* request) {
            return cost_->explain(cost_self_, call, request, to_str(resource));
        });
    }
    // Runs rates.
    CostRun rates() {
        return run([&](pf_call* call, const pf_cost_request* request) {
            return cost_->rates(cost_self_, call, request);
        });
    }

  private:
    // What a pf_call points to.
    struct Fake {
        const std::vector<std::string>& shapes;
        std::size_t at = 0;
        std::unique_ptr<Document> current;
        CostRun run;
    };
    static Fake& of(pf_call* call) noexcept { return *reinterpret_cast<Fake*>(call); }

    template <class Handle>
    CostRun run(const Handle& handle) {
        const Document model(model_);
        const Document days(days_);
        const Document options(options_);
        const pf_cost_request request{sizeof(pf_cost_request), 0, model.root(), days.root(),
                                      options.root()};
        Fake fake{shapes_, 0, nullptr, {}};
        const pf_status status = handle(reinterpret_cast<pf_call*>(&fake), &request);
        fake.run.status = status;
        return std::move(fake.run);
    }

    static pf_status add(pf_registrar* registrar, pf_str concern, const void* table,
                         void* self) noexcept {
        auto& host = *reinterpret_cast<CostHost*>(registrar);
        if (to_view(concern) == PF_COST_ID) {
            host.cost_ = static_cast<const pf_cost*>(table);
            host.cost_self_ = self;
        }
        return PF_OK;
    }

    static inline const pf_shapes shapes_table{
        sizeof(pf_shapes),
        [](pf_call* call) noexcept -> pf_status {
            of(call).at = 0;
            of(call).current.reset();
            return PF_OK;
        },
        [](pf_call* call, pf_val* out) noexcept -> pf_status {
            Fake& fake = of(call);
            fake.current.reset();
            if (fake.at >= fake.shapes.size()) return PF_OUT_OF_RANGE;
            fake.current = std::make_unique<Document>(fake.shapes[fake.at++]);
            *out = fake.current->root();
            return PF_OK;
        }};
    static inline const pf_charges charges_table{
        sizeof(pf_charges),
        [](pf_call* call, const pf_charge* charge) noexcept -> pf_status {
            of(call).run.records.emplace_back(*charge);
            return PF_OK;
        },
        [](pf_call* call, const pf_cost_line* line) noexcept -> pf_status {
            of(call).run.lines.emplace_back(*line);
            return PF_OK;
        }};
    static inline const pf_outcomes outcomes_table{
        sizeof(pf_outcomes),
        [](pf_call* call, pf_str code, pf_str id, pf_str why) noexcept {
            of(call).run.notes.push_back(
                {std::string(to_view(code)), std::string(to_view(id)), std::string(to_view(why))});
        },
        [](pf_call*, pf_val, pf_str, pf_str) noexcept {}, [](pf_call*, pf_val) noexcept {},
        [](pf_call* call, pf_status status, pf_str why) noexcept -> pf_status {
            if (of(call).run.why.empty()) of(call).run.why = to_view(why);
            return status == PF_OK ? PF_UNKNOWN : status;
        }};
    static inline const pf_host host_{
        sizeof(pf_host),
        PF_ABI_MAJOR,
        PF_ABI_MINOR,
        document_reader(),
        &bare_writer,
        &bare_lists,
        &bare_lookups,
        &outcomes_table,
        [](const pf_host*, pf_call* call, std::int32_t level, pf_str text) noexcept {
            if (call != nullptr) of(call).run.logs.push_back({level, std::string(to_view(text))});
        },
        [](pf_call*) noexcept -> std::int32_t { return 0; },
        [](pf_call*, std::int64_t) noexcept -> pf_status { return PF_OK; },
        [](const pf_host*, pf_str id) noexcept -> const void* {
            if (to_view(id) == PF_SHAPES_ID) return &shapes_table;
            return to_view(id) == PF_CHARGES_ID ? &charges_table : nullptr;
        }};

    const pf_module* module_;
    void* self_ = nullptr;
    const pf_cost* cost_ = nullptr;
    void* cost_self_ = nullptr;
    std::string model_ = "{}";
    std::string days_ = R"({"zone":"UTC","days":[]})";
    std::string options_ = "{}";
    std::vector<std::string> shapes_;
};

}  // namespace pf::testing
