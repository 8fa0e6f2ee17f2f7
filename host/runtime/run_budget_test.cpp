#include "host/runtime/run_budget.hpp"

#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>

#include "host/runtime/inventory.hpp"

using namespace pf::host;
using namespace pf::host::runtime;
using namespace std::chrono_literals;

namespace {

// Takes its time for each batch.
class SlowSink final : public RowSink {
  public:
    explicit SlowSink(std::chrono::milliseconds pause) : pause_(pause) {}
    encoding::RowFormat format() const override { return encoding::RowFormat::wire_json_data; }
    bool write(RowBatch& batch) override {
        ++batches;
        batch.ends.clear();
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable never;
        never.wait_for(lock, pause_, [] { return false; });
        return true;
    }
    bool is_gone() override { return false; }
    int batches = 0;

  private:
    std::chrono::milliseconds pause_;
};

}  // namespace

TEST_CASE("the budget is used up by time, and not by waiting for the receiver") {
    const Clock::time_point begin{};
    RunBudget budget(10s, begin);
    CHECK(budget.check(begin + 10s).ok());
    CHECK(budget.check(begin + 10001ms).reason() == "ERROR_RUN_BUDGET");
    budget.add_wait(5s);
    CHECK(budget.check(begin + 15s).ok());
    const Status late = budget.check(begin + 15001ms);
    CHECK(late.code() == Code::deadline_exceeded);
    CHECK_THAT(late.message(), Catch::Contains("10 s") && Catch::Contains("budget_minutes"));
    CHECK(budget.waited() == 5s);
}

TEST_CASE("a budget of nothing is no budget") {
    const Clock::time_point begin{};
    CHECK(RunBudget(0s, begin).check(begin + 24h).ok());
}

TEST_CASE("a run whose receiver is slower than its budget is whole") {
    auto descriptor = std::make_shared<services::Descriptor>();
    descriptor->name = "thing";
    descriptor->outputs.emplace_back();
    descriptor->outputs.back().kind = "thing";
    descriptor->outputs.back().type = "Thing";
    descriptor->outputs.back().view_metadata = "{}";
    Modules modules;
    const pf_inventory never_called{};
    Module module{descriptor, {}};
    module.concerns.add(PF_INVENTORY_ID, &never_called, nullptr);
    modules.add("", "", std::move(module));
    prism::Targets targets;
    Inventory inventory(modules, targets);
    // No target: the types are one batch, the row that says so is another.
    Request request;
    request.options.budget = 250ms;
    SlowSink sink(300ms);
    RunReport report;
    const Status end = inventory.collect(request, sink, Stop(), report);
    CHECK(end.text() == "OK");
    CHECK(sink.batches == 2);
    CHECK(report.receiver_wait_ms >= 600);
}
