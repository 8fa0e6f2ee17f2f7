#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "host/cli/cost/amount.hpp"
#include "host/cli/cost/expectations.hpp"
#include "host/cli/cost/focus.hpp"
#include "host/cli/cost/report_text.hpp"
#include "host/cli/cost/totals.hpp"

namespace pf::host::cli {
namespace {

struct Record {
    cost::Charge charge;
    explicit Record(std::int64_t micros) {
        charge.cost_micros = micros;
        charge.billed_date = "2026-02-01";
        charge.resource = "vm-1";
        charge.cluster = "prod";
        charge.usage_type = "vcpu";
        charge.usage_unit = "vCPU-hour";
        charge.basis = "assumed";
        charge.model = "rate-card";
        charge.product = "AHV";
    }
};

CostTotals totals_by(std::initializer_list<const char*> words) {
    std::vector<CostDimension> dimensions;
    for (const char* const word : words) {
        auto dimension = parse_dimension(word);
        REQUIRE(dimension.ok());
        dimensions.push_back(*dimension);
    }
    return CostTotals(std::move(dimensions));
}

TEST_CASE("amounts are written exactly, and rounded half to even", "[cost]") {
    CHECK(exact_amount(9'790'685) == "9.790685");
    CHECK(exact_amount(-1) == "-0.000001");
    CHECK(exact_amount(std::numeric_limits<std::int64_t>::min()) == "-9223372036854.775808");
    CHECK(rounded_amount(12'345'675'000, 2) == "12,345.68");
    CHECK(rounded_amount(12'345'665'000, 2) == "12,345.66");
    CHECK(rounded_amount(12'345'665'001, 2) == "12,345.67");
    CHECK(rounded_amount(499'999, 0) == "0");
    CHECK(rounded_amount(500'000, 0) == "0");
    CHECK(rounded_amount(1'500'000, 0) == "2");
    CHECK(rounded_amount(-4'999, 2) == "0.00");
    CHECK(rounded_amount(-10'000, 2) == "-0.01");
    CHECK(rounded_amount(37'920'000, 3) == "37.920");
    CHECK(percent_of(4'488'546'494, 10'977'050'000) == "40.9");
    CHECK(percent_of(1, 0).empty());
    CHECK(percent_of(1, 3) == "33.3");
}

TEST_CASE("sums do not depend on the order, and groups add up to the whole", "[cost]") {
    const auto seed = std::random_device()();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::vector<std::string> clusters{"a", "b", "", "ab"};
    const std::vector<std::string> owners{"", "b", "c"};
    std::vector<Record> records;
    for (int i = 0; i < 2000; ++i) {
        Record one(std::uniform_int_distribution<std::int64_t>(0, 1'000'000'000)(random));
        one.charge.cluster = clusters[random() % clusters.size()];
        one.charge.owner = owners[random() % owners.size()];
        one.charge.usage_type = random() % 5 == 0 ? "idle.memory" : "memory";
        records.push_back(one);
    }
    const auto sum = [&] {
        CostTotals totals = totals_by({"cluster", "owner"});
        for (const Record& one : records) REQUIRE(totals.add(one.charge, "pc").ok());
        return totals;
    };
    const CostTotals first = sum();
    std::shuffle(records.begin(), records.end(), random);
    const CostTotals second = sum();
    std::int64_t whole = 0;
    std::int64_t idle = 0;
    REQUIRE(first.rows().size() == 12);  // "ab" + "" is not "a" + "b"
    for (std::size_t i = 0; i < 12; ++i) {
        CHECK(first.rows()[i].values == second.rows()[i].values);
        CHECK(first.rows()[i].cost_micros == second.rows()[i].cost_micros);
        whole += first.rows()[i].cost_micros;
        idle += first.rows()[i].idle_micros;
    }
    CHECK(whole == first.total().cost_micros);
    CHECK(idle == first.total().idle_micros);
}

TEST_CASE("a sum that grows too large is an error", "[cost]") {
    CostTotals totals = totals_by({"cluster"});
    Status added;
    for (int i = 0; i < 2000 && added.ok(); ++i) {
        added = totals.add(Record(std::int64_t{1} << 53).charge, "pc");
    }
    CHECK(added.reason() == "ERROR_COST_OVERFLOW");
}

TEST_CASE("what costs can be grouped by is told", "[cost]") {
    CHECK(parse_dimension("category:CostCenter")->category == "CostCenter");
    CHECK_THAT(parse_dimension("colour").status().message(), Catch::Contains("usage_type"));
    CHECK_FALSE(parse_dimension("category:").ok());
    CostTotals totals = totals_by({"category:Env", "month", "account"});
    Record one(1);
    const cost::ChargeTag tag{"Env", "prod"};
    one.charge.tags = {&tag, 1};
    REQUIRE(totals.add(one.charge, "pc").ok());
    CHECK(totals.rows().front().values == std::vector<std::string>{"prod", "2026-02", "pc"});
}

TEST_CASE("a report says what is missing, and its amounts are exact where programs read them",
          "[cost]") {
    CostTotals totals = totals_by({"resource"});
    REQUIRE(totals.add(Record(9'790'685).charge, "pc").ok());
    CostReport report;
    report.currency = "EUR";
    report.names = {{"vm-1", "=cmd"}};
    report.missing = {"pc2: unreachable"};
    const auto json = nlohmann::json::parse(cost_json(report, totals));
    CHECK(json["items"][0]["cost"] == 9.790685);
    CHECK(json["items"][0]["name"] == "=cmd");
    CHECK(json["missing"][0] == "pc2: unreachable");
    CHECK(json["total"]["records"] == 1);
    const std::string table = cost_table(report, totals, {});
    CHECK_THAT(table, Catch::Contains("=cmd") && Catch::Contains("9.79") && Catch::Contains("EUR"));
    CHECK_THAT(cost_csv(report, totals), Catch::Contains("vm-1,EUR,9.790685,0.000000,9.790685,1"));
}

TEST_CASE("amounts are read to the last digit, and nothing else is an amount", "[cost]") {
    CHECK(*parse_amount("9.790685") == 9'790'685);
    CHECK(*parse_amount("-12") == -12'000'000);
    CHECK(*parse_amount("9223372036854.775807") == std::numeric_limits<std::int64_t>::max());
    for (const char* const bad :
         {"", "-", ".5", "1.", "1e3", "1,5", "0.0000001", "9223372036855", "nan", " 1", "+1"}) {
        INFO(bad);
        CHECK(parse_amount(bad).status().reason() == "ERROR_COST_TEST");
    }
}

TEST_CASE("each expectation adds up the records it is about", "[cost]") {
    auto all = Expectations::read(nlohmann::json::parse(R"([
        {"resource": "vm-1", "usage_type": "vcpu", "cost": "4.8"},
        {"cost": 9.6}, {"date": "2026-02-02", "cost": 0},
        {"cluster": "prod", "cost": "9.5", "tolerance": "0.1"},
        {"cluster": "prod", "cost": "9.5", "tolerance": "0.099999"}])"));
    REQUIRE(all.ok());
    Record first(4'800'000);
    Record second(4'800'000);
    second.charge.usage_type = "memory";
    all->add(first.charge);
    all->add(second.charge);
    std::vector<bool> met;
    for (const auto& outcome : all->outcomes()) met.push_back(outcome.is_met);
    CHECK(met == std::vector<bool>{true, true, true, true, false});
    CHECK(all->outcomes().front().what == "resource vm-1, usage_type vcpu");
    for (const char* const bad : {"[]", "{}", R"([{"resource":"a"}])", R"([{"cost":"x"}])",
                                  R"([{"cost":"1","colour":"red"}])", "[1]"}) {
        INFO(bad);
        CHECK(Expectations::read(nlohmann::json::parse(bad)).status().reason() ==
              "ERROR_COST_TEST");
    }
}

TEST_CASE("a FOCUS line has a field for each column, and no formula", "[cost]") {
    FocusFrame frame;
    frame.currency = "EUR";
    frame.account = "pc";
    frame.days["2026-02-01"] = {"2026-01-31T23:00:00Z", "2026-02-01T23:00:00Z",
                                "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z"};
    frame.names["vm-1"] = "=cmd";
    const std::string line = focus_line(Record(4'800'000).charge, frame);
    const std::string heading = focus_heading();
    std::size_t fields = 0;
    bool is_quoted = false;
    for (const char letter : line) {
        is_quoted = is_quoted != (letter == '"');
        fields += letter == ',' && !is_quoted ? 1 : 0;
    }
    CHECK(fields == static_cast<std::size_t>(std::count(heading.begin(), heading.end(), ',')));
    CHECK_THAT(line, Catch::StartsWith("4.800000,4.800000,4.800000,4.800000,EUR,pc,"
                                       "2026-01-31T23:00:00Z,2026-02-28T23:00:00Z,"
                                       "2026-01-31T23:00:00Z,2026-02-01T23:00:00Z,Usage,"));
    CHECK_THAT(line, Catch::Contains("'=cmd") && Catch::Contains(",Compute,AHV,"));
}

}  // namespace
}  // namespace pf::host::cli
