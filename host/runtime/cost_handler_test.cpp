#include "host/runtime/cost_handler.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "host/services/host.hpp"

namespace pf::host::runtime {
namespace {

// What the module under test does; set before a calculation, read by its handler's thread.
struct Script {
    const pf_shapes* shapes = nullptr;
    const pf_charges* charges = nullptr;
    const pf_host* host = nullptr;
    std::function<pf_status(pf_call*, const pf_cost_request*)> charge;
};

pf_str text(std::string_view value) { return {value.data(), value.size()}; }

pf_status scripted_charge(void* self, pf_call* call, const pf_cost_request* request) noexcept {
    return static_cast<Script*>(self)->charge(call, request);
}
pf_status scripted_explain(void*, pf_call*, const pf_cost_request*, pf_str) noexcept {
    return PF_NOT_FOUND;
}

constexpr pf_cost table{sizeof(pf_cost), 0, scripted_charge, scripted_explain, scripted_charge};

class Texts final : public services::ShapeFeed {
  public:
    explicit Texts(std::vector<std::string> texts) : texts_(std::move(texts)) {}
    Status rewind() override { return at_ = 0, Status(); }
    Status next(std::string& json) override {
        if (at_ == texts_.size()) return Status(Code::out_of_range, "ERROR_END", "no more");
        json = texts_[at_++];
        return Status();
    }

  private:
    std::vector<std::string> texts_;
    std::size_t at_ = 0;
};

struct Kept final : CostSink {
    Status add(const cost::Charge& charge) override {
        if (refusal.ok()) costs.push_back(charge.cost_micros);
        return refusal;
    }
    Status line(const CostLine&) override { return ++lines, Status(); }
    std::vector<std::int64_t> costs;
    int lines = 0;
    Status refusal;
};

struct Stage {
    Stage() {
        auto descriptor = std::make_shared<services::Descriptor>();
        descriptor->name = "scripted";
        descriptor->concerns = {PF_COST_ID};
        Module module;
        module.descriptor = descriptor;
        module.concerns.add(PF_COST_ID, &table, &script);
        modules.add("scripted.so", "", module);
        script.host = services::host_for_module("scripted");
        script.shapes =
            static_cast<const pf_shapes*>(script.host->service(script.host, text(PF_SHAPES_ID)));
        script.charges =
            static_cast<const pf_charges*>(script.host->service(script.host, text(PF_CHARGES_ID)));
        work.model = R"({"currency":"USD"})";
        work.days = R"({"zone":"UTC","days":[{"date":"2026-02-01","from":0,"to":86400}]})";
    }
    CostOutcome run(const Stop& stop = Stop()) {
        return work_out_costs(modules, work, std::make_shared<Texts>(shapes), sink, stop);
    }
    static pf_charge charge(std::int64_t micros) {
        pf_charge one{};
        one.struct_size = sizeof one;
        one.cost_micros = micros;
        one.billed_date = text("2026-02-01");
        one.resource = text("a");
        return one;
    }

    Script script;
    Modules modules;
    CostWork work;
    std::vector<std::string> shapes{R"({"id":"a"})", R"({"id":"b"})"};
    std::shared_ptr<Kept> sink = std::make_shared<Kept>();
};

TEST_CASE("a handler meets the shapes, as often as it likes, and its records arrive",
          "[cost_handler]") {
    Stage stage;
    std::string seen;
    stage.script.charge = [&](pf_call* call, const pf_cost_request* request) {
        const pf_reader& reader = *stage.script.host->reader;
        pf_str currency{nullptr, 0};
        reader.str(reader.get(request->model, text("currency")), &currency);
        seen.append(currency.ptr, currency.len);
        for (int pass = 0; pass < 2; ++pass) {
            if (stage.script.shapes->rewind(call) != PF_OK) return PF_INTERNAL;
            pf_val shape{0, 0};
            while (stage.script.shapes->next(call, &shape) == PF_OK) {
                pf_str id{nullptr, 0};
                reader.str(reader.get(shape, text("id")), &id);
                seen.append(id.ptr, id.len);
            }
        }
        const pf_charge one = Stage::charge(7);
        return stage.script.charges->record(call, &one);
    };
    CHECK(stage.run().end.ok());
    CHECK(seen == "USDabab");
    CHECK(stage.sink->costs == std::vector<std::int64_t>{7});
}

TEST_CASE("a broken record fails the calculation, whatever the module returns", "[cost_handler]") {
    Stage stage;
    stage.script.charge = [&](pf_call* call, const pf_cost_request*) {
        const pf_charge bad = Stage::charge(-1);
        (void)stage.script.charges->record(call, &bad);
        const pf_charge good = Stage::charge(1);
        return stage.script.charges->record(call, &good) == PF_OK ? PF_INTERNAL : PF_OK;
    };
    const CostOutcome outcome = stage.run();
    CHECK(outcome.end.reason() == "ERROR_COST_RECORD");
    CHECK(stage.sink->costs.empty());
}

TEST_CASE("what the receiver fails with is the end", "[cost_handler]") {
    Stage stage;
    stage.sink->refusal = Status(Code::cancelled, "ERROR_RECEIVER_GONE", "gone");
    stage.script.charge = [&](pf_call* call, const pf_cost_request*) {
        const pf_charge one = Stage::charge(1);
        return stage.script.charges->record(call, &one);
    };
    CHECK(stage.run().end.reason() == "ERROR_RECEIVER_GONE");
}

TEST_CASE("a shape that is no JSON is an error, never a shape left out", "[cost_handler]") {
    Stage stage;
    stage.shapes = {R"({"id":"a"})", "{oops"};
    stage.script.charge = [&](pf_call* call, const pf_cost_request*) {
        pf_val shape{0, 0};
        while (stage.script.shapes->next(call, &shape) == PF_OK) {
        }
        return PF_OK;
    };
    const CostOutcome outcome = stage.run();
    CHECK_FALSE(outcome.end.ok());
    CHECK_THAT(outcome.end.message(), Catch::Contains("a shape"));
}

TEST_CASE("a module fails in its own words", "[cost_handler]") {
    Stage stage;
    stage.script.charge = [&](pf_call* call, const pf_cost_request*) {
        stage.script.host->outcomes->note(call, text("cost.fx"), text("EUR"), text("no rate"));
        return stage.script.host->outcomes->fail(call, PF_INVALID_ARGUMENT,
                                                 text("the capacity of c1 is 0"));
    };
    const CostOutcome outcome = stage.run();
    CHECK(outcome.end.code() == Code::invalid_argument);
    CHECK_THAT(outcome.end.message(), Catch::Contains("the capacity of c1 is 0"));
    REQUIRE(outcome.notes.size() == 1);
    CHECK(outcome.notes.front().code == "cost.fx");
}

TEST_CASE("a cost handler may not ask Prism, and a collect handler has no desk", "[cost_handler]") {
    Stage stage;
    stage.script.charge = [&](pf_call* call, const pf_cost_request*) {
        pf_list_request request{sizeof(pf_list_request), 0, {nullptr, 0}, 0, 0, {nullptr, 0}};
        pf_list* list = nullptr;
        return stage.script.host->lists->open(call, &request, &list) == PF_FAILED_PRECONDITION
                   ? PF_OK
                   : PF_INTERNAL;
    };
    const CostOutcome outcome = stage.run();
    CHECK(outcome.end.reason() == "ERROR_MODULE_REQUEST");
}

TEST_CASE("an unknown resource is not found", "[cost_handler]") {
    Stage stage;
    stage.work.what = CostWork::What::explain;
    stage.work.resource = "nobody";
    const CostOutcome outcome = stage.run();
    CHECK(outcome.end.code() == Code::not_found);
    CHECK_THAT(outcome.end.message(), Catch::Contains("nobody"));
}

TEST_CASE("a stop ends a handler that listens, with the reason of the stop", "[cost_handler]") {
    Stage stage;
    std::atomic<bool> is_running{false};
    stage.script.charge = [&](pf_call* call, const pf_cost_request*) {
        is_running = true;
        is_running.notify_all();
        return stage.script.host->wait(call, 3'600'000);
    };
    StopSource source;
    std::jthread stopper([&] {
        is_running.wait(false);
        source.request(Status(Code::cancelled, "ERROR_STOPPED", "enough"));
    });
    CHECK(stage.run(source.stop()).end.reason() == "ERROR_STOPPED");
    CHECK(stage.modules.serving(cost_duty).ok());
}

TEST_CASE("without a module, or with two, it says which to install", "[cost_handler]") {
    Modules none;
    CHECK_THAT(none.serving(cost_duty).status().message(),
               Catch::Contains("install the module cost"));
    Stage stage;
    auto descriptor = std::make_shared<services::Descriptor>();
    descriptor->name = "another";
    descriptor->concerns = {PF_COST_ID};
    Module module;
    module.descriptor = descriptor;
    module.concerns.add(PF_COST_ID, &table, nullptr);
    stage.modules.add("another.so", "", module);
    CHECK(stage.modules.serving(cost_duty).status().reason() == "ERROR_MODULE_DUPLICATE");
    stage.modules.fault("another", Status(Code::internal, "ERROR_MODULE_HUNG", "hung"));
    CHECK(stage.modules.serving(cost_duty).ok());
}

}  // namespace
}  // namespace pf::host::runtime
