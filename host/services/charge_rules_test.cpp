#include "host/services/charge_rules.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

namespace pf::host::services {
namespace {

class Desk final : public CostDesk {
  public:
    Status rewind() override { return Status(); }
    Status next(pf_val&) override { return Status(Code::out_of_range, "ERROR_END", "no more"); }
    Status record(const pf_charge&) override { return Status(); }
    Status line(const pf_cost_line&) override { return Status(); }
    bool has_day(std::string_view date) const override { return date == "2026-02-01"; }
};

pf_str text(std::string_view value) { return {value.data(), value.size()}; }

pf_charge good() {
    pf_charge charge{};
    charge.struct_size = sizeof charge;
    charge.cost_micros = 4'800'000;
    charge.quantity_micros = 96'000'000;
    charge.billed_date = text("2026-02-01");
    charge.resource = text("a-vm");
    charge.usage_type = text("vcpu");
    return charge;
}

Status check(const std::function<void(pf_charge&)>& change) {
    pf_charge charge = good();
    change(charge);
    return check_charge(charge, Desk());
}

TEST_CASE("a record that CloudForet can keep is taken", "[charge_rules]") {
    CHECK(check([](pf_charge&) {}).ok());
    CHECK(check([](pf_charge& c) { c.cost_micros = c.quantity_micros = 0; }).ok());
    CHECK(check([](pf_charge& c) { c.cost_micros = std::int64_t{1} << 53; }).ok());
    std::string umlauts;
    for (int i = 0; i < 255; ++i) umlauts += "\xC3\xA4";
    CHECK(check([&](pf_charge& c) { c.project = text(umlauts); }).ok());
    const std::vector<pf_pair> tags{{text("CostCenter"), text("4711")}, {text("Env"), text("")}};
    CHECK(check([&](pf_charge& c) {
              c.tags = tags.data();
              c.tag_count = 2;
          }).ok());
}

TEST_CASE("each rule refuses its breach and names it", "[charge_rules]") {
    struct Breach {
        std::function<void(pf_charge&)> change;
        const char* told;
    };
    const std::string long_text(256, 'x');
    const std::vector<pf_pair> twice{{text("a"), text("1")}, {text("a"), text("2")}};
    const std::vector<pf_pair> dotted{{text("a.b"), text("1")}};
    const std::vector<pf_pair> many(17, pf_pair{text("k"), text("v")});
    const std::vector<Breach> breaches{
        {[](pf_charge& c) { c.struct_size = 8; }, "struct_size"},
        {[](pf_charge& c) { c.resource = text(""); }, "names no resource"},
        {[](pf_charge& c) { c.cost_micros = -1; }, "negative"},
        {[](pf_charge& c) { c.quantity_micros = -1; }, "negative"},
        {[](pf_charge& c) { c.cost_micros = (std::int64_t{1} << 53) + 1; }, "2^53"},
        {[](pf_charge& c) { c.billed_date = text("2026-02-02"); }, "was not asked for"},
        {[](pf_charge& c) { c.billed_date = text(""); }, "was not asked for"},
        {[&](pf_charge& c) { c.product = text(long_text); }, "product is too long"},
        {[](pf_charge& c) { c.owner = text("\xFF"); }, "owner is no UTF-8"},
        {[](pf_charge& c) {
             c.cluster = {nullptr, 3};
         },
         "null pointer"},
        {[&](pf_charge& c) { c.tags = twice.data(), c.tag_count = 2; }, "there twice"},
        {[&](pf_charge& c) { c.tags = dotted.data(), c.tag_count = 1; }, "holds a dot"},
        {[&](pf_charge& c) { c.tags = many.data(), c.tag_count = 17; }, "16 tags"},
        {[](pf_charge& c) { c.tag_count = 1; }, "16 tags"},
    };
    for (const Breach& breach : breaches) {
        const Status refused = check(breach.change);
        CHECK(refused.code() == Code::invalid_argument);
        CHECK(refused.reason() == "ERROR_COST_RECORD");
        CHECK_THAT(refused.message(), Catch::Contains(breach.told));
    }
}

TEST_CASE("a line needs its texts", "[charge_rules]") {
    pf_cost_line line{};
    line.struct_size = sizeof line;
    CHECK(check_line(line).ok());
    line.formula = {nullptr, 1};
    CHECK_FALSE(check_line(line).ok());
    line.formula = text("1");
    line.struct_size = 16;
    CHECK_FALSE(check_line(line).ok());
}

}  // namespace
}  // namespace pf::host::services
