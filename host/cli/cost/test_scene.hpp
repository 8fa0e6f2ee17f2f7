// TestScene: what `cost test` works on: a model, days, resources as somebody imagines them, and the
// costs they shall come to.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/app/costing.hpp"
#include "host/cli/cost/expectations.hpp"
#include "host/services/shape_feed.hpp"

namespace pf::host::cli {

struct TestScene {
    app::Tariff tariff;
    std::vector<cost::Day> days;
    std::vector<std::string> shapes;  // JSON texts, in the order of pf.shapes/1
    Expectations expectations;
};

// Reads a file, YAML or JSON:
//
//     model: cost.yaml            # beside this file, or the model itself
//     month: 2026-02              # or 2026-02..2026-03, or days: [2026-02-01]
//     shapes:                     # members as in abi/shapes.h; memory_gib and gib for _bytes
//       - {id: vm-a, vcpus: 4, memory_gib: 16, disks: [{gib: 200, container_name: fast}]}
//     expect:
//       - {resource: vm-a, date: 2026-02-01, cost: 9.790685}
//
// A shape without `from` and `to` is there in all of the days; without `on` a machine runs.
// INVALID_ARGUMENT (ERROR_COST_TEST) says what is wrong and where.
Result<TestScene> read_test_scene(const std::string& path);

// Shapes that are texts already.
class TextShapes final : public services::ShapeFeed {
  public:
    explicit TextShapes(std::vector<std::string> texts) : texts_(std::move(texts)) {}
    Status rewind() override;
    Status next(std::string& json) override;

  private:
    std::vector<std::string> texts_;
    std::size_t next_ = 0;
};

}  // namespace pf::host::cli
