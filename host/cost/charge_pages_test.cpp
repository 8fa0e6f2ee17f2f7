#include "host/cost/charge_pages.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "spaceone/api/cost_analysis/plugin/cost.pb.h"

using namespace pf::host;
using namespace pf::host::cost;
using spaceone::api::cost_analysis::plugin::CostsInfo;

namespace {

struct KeptPages final : PageSink {
    std::vector<CostsInfo> pages;
    std::vector<std::uint32_t> counts;
    std::size_t gone_after = 1000000;

    bool write(encoding::Block page, std::uint32_t records) override {
        if (pages.size() >= gone_after) {
            return false;
        }
        CostsInfo parsed;
        REQUIRE(parsed.ParseFromArray(page.data(), static_cast<int>(page.size())));
        pages.push_back(std::move(parsed));
        counts.push_back(records);
        return true;
    }
    bool is_gone() override { return false; }
};

ChargeFrame february() { return {"nutanix", "uuid-1", "2026-02-01", "2026-02-27"}; }

Charge usual() {
    Charge charge;
    charge.cost_micros = 4800000;
    charge.billed_date = "2026-02-27";
    charge.resource = "vm-1";
    charge.product = "AHV";
    charge.usage_type = "vcpu";
    return charge;
}

}  // namespace

TEST_CASE("pages of a thousand, in order, and the rest at the end") {
    const auto kept = std::make_shared<KeptPages>();
    KeptPages& sink = *kept;
    ChargePages pages(kept, february());
    for (int i = 0; i < 2500; ++i) {
        const std::string resource = "vm-" + std::to_string(i);
        Charge charge = usual();
        charge.resource = resource;
        REQUIRE(pages.add(charge).ok());
    }
    CHECK(sink.pages.size() == 2);
    REQUIRE(pages.finish().ok());
    REQUIRE(pages.finish().ok());
    CHECK(pages.records() == 2500);
    CHECK(sink.counts == std::vector<std::uint32_t>{1000, 1000, 500});
    int next = 0;
    for (const CostsInfo& page : sink.pages) {
        for (const auto& row : page.results()) {
            CHECK(row.resource() == "vm-" + std::to_string(next++));
            CHECK(row.additional_info().fields().at("account").string_value() == "uuid-1");
        }
    }
    CHECK(next == 2500);
}

TEST_CASE("no record, no page; large records make smaller pages") {
    const auto none = std::make_shared<KeptPages>();
    ChargePages empty(none, february());
    CHECK(empty.finish().ok());
    CHECK(none->pages.empty());

    const auto kept = std::make_shared<KeptPages>();
    KeptPages& sink = *kept;
    ChargePages pages(kept, february());
    const std::string large(100000, 'p');
    Charge charge = usual();
    charge.project = large;
    for (int i = 0; i < 24; ++i) {
        REQUIRE(pages.add(charge).ok());
    }
    REQUIRE(pages.finish().ok());
    CHECK(sink.counts == std::vector<std::uint32_t>{11, 11, 2});
}

TEST_CASE("a receiver that goes away ends it") {
    const auto sink = std::make_shared<KeptPages>();
    sink->gone_after = 1;
    ChargePages pages(sink, february());
    Status status;
    int added = 0;
    while (status.ok()) {
        status = pages.add(usual());
        ++added;
    }
    CHECK(added == 2000);
    CHECK(status.code() == Code::cancelled);
    CHECK(pages.finish().code() == Code::cancelled);
}

TEST_CASE("records of days that the task does not replace are refused") {
    const auto kept = std::make_shared<KeptPages>();
    KeptPages& sink = *kept;
    ChargePages pages(kept, february());
    for (const char* date : {"", "2026-02-28", "2026-03-01", "2026-01-31", "2026-02-1",
                             "2026-02-0x", "2026-02-00", "2026-02-27T", "02.02.2026"}) {
        Charge charge = usual();
        charge.billed_date = date;
        const Status status = pages.add(charge);
        INFO(date);
        CHECK(status.code() == Code::internal);
        CHECK(status.reason() == "ERROR_COST_RECORD");
        CHECK_THAT(status.message(), Catch::Contains("2026-02-01 to 2026-02-27"));
    }
    for (const char* date : {"2026-02-01", "2026-02-27"}) {
        Charge charge = usual();
        charge.billed_date = date;
        CHECK(pages.add(charge).ok());
    }
    CHECK(pages.records() == 2);
    CHECK(pages.finish().reason() == "ERROR_COST_RECORD");  // whatever came after it
    CHECK(sink.pages.empty());
}
