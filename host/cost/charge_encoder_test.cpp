#include "host/cost/charge_encoder.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "spaceone/api/cost_analysis/plugin/cost.pb.h"

using namespace pf::host;
using namespace pf::host::cost;
using google::protobuf::Struct;
using google::protobuf::util::MessageDifferencer;
using spaceone::api::cost_analysis::plugin::CostInfo;
using spaceone::api::cost_analysis::plugin::CostsInfo;

namespace {

void set(Struct& object, std::string_view key, std::string_view value) {
    (*object.mutable_fields())[std::string(key)].set_string_value(std::string(value));
}

// The same record by the generated code.
CostInfo expected(const Charge& charge, const std::string& provider, const std::string& account) {
    CostInfo row;
    row.set_cost(static_cast<double>(charge.cost_micros) / 1e6);
    row.set_usage_quantity(static_cast<double>(charge.quantity_micros) / 1e6);
    row.set_usage_unit(std::string(charge.usage_unit));
    row.set_provider(provider);
    row.set_region_code(std::string(charge.region_code));
    row.set_product(std::string(charge.product));
    row.set_usage_type(std::string(charge.usage_type));
    row.set_resource(std::string(charge.resource));
    for (const ChargeTag& tag : charge.tags) {
        set(*row.mutable_tags(), tag.key, tag.value);
    }
    Struct& info = *row.mutable_additional_info();
    const std::pair<const char*, std::string_view> texts[] = {{"project", charge.project},
                                                              {"cluster", charge.cluster},
                                                              {"owner", charge.owner},
                                                              {"model", charge.model},
                                                              {"basis", charge.basis}};
    for (const auto& [key, value] : texts) {
        if (!value.empty()) {
            set(info, key, value);
        }
    }
    set(info, "account", account);
    row.set_billed_date(std::string(charge.billed_date));
    return row;
}

CostsInfo parsed(const encoding::Buffer& page) {
    CostsInfo costs;
    REQUIRE(costs.ParseFromArray(page.data(), static_cast<int>(page.size())));
    return costs;
}

Charge vm_hour() {
    Charge charge;
    charge.cost_micros = 4800000;
    charge.quantity_micros = 96000000;
    charge.billed_date = "2026-02-27";
    charge.resource = "7f5bd0b1-9c3e-4f6e-8f4c-0d3c2b1a0f9e";
    charge.region_code = "cluster-01";
    charge.product = "AHV";
    charge.usage_type = "vcpu";
    charge.usage_unit = "vCPU-hour";
    charge.project = "finance";
    charge.cluster = "cluster-01";
    charge.owner = "alice";
    charge.model = "rate-card";
    charge.basis = "measured";
    return charge;
}

// Texts of every length around the borders of protobuf's lengths, of any characters.
class Texts {
  public:
    explicit Texts(unsigned seed) : random_(seed) {}

    std::string_view next() {
        static constexpr std::size_t lengths[] = {0, 0, 1, 7, 36, 100, 127, 128, 129, 300, 20000};
        const char32_t largest[] = {0x7F, 0x7FF, 0xD7FF, 0x10FFFF};
        std::string text;
        const std::size_t length = lengths[random_() % std::size(lengths)];
        const char32_t most = largest[random_() % std::size(largest)];
        while (text.size() < length) {
            append(text, static_cast<char32_t>(random_() % (most + 1)));
        }
        kept_.push_back(std::make_unique<std::string>(std::move(text)));
        return *kept_.back();
    }
    std::int64_t micros() {
        const std::int64_t exact = std::int64_t{1} << (random_() % 54);
        return random_() % 4 == 0 ? 0 : static_cast<std::int64_t>(random_()) % exact;
    }
    std::size_t up_to(std::size_t most) { return random_() % (most + 1); }

  private:
    static void append(std::string& text, char32_t value) {
        if (value >= 0xD800 && value < 0xE000) {
            value = U'?';
        }
        if (value < 0x80) {
            text += static_cast<char>(value);
        } else if (value < 0x800) {
            text += static_cast<char>(0xC0 | value >> 6);
            text += static_cast<char>(0x80 | (value & 0x3F));
        } else if (value < 0x10000) {
            text += static_cast<char>(0xE0 | value >> 12);
            text += static_cast<char>(0x80 | (value >> 6 & 0x3F));
            text += static_cast<char>(0x80 | (value & 0x3F));
        } else {
            text += static_cast<char>(0xF0 | value >> 18);
            text += static_cast<char>(0x80 | (value >> 12 & 0x3F));
            text += static_cast<char>(0x80 | (value >> 6 & 0x3F));
            text += static_cast<char>(0x80 | (value & 0x3F));
        }
    }

    std::mt19937_64 random_;
    std::vector<std::unique_ptr<std::string>> kept_;
};

}  // namespace

TEST_CASE("a record is what protobuf would have written") {
    const ChargeTag tags[] = {{"CostCenter", "4711"}, {"Environment", "Production"}};
    Charge charge = vm_hour();
    charge.tags = tags;
    encoding::Buffer page;
    ChargeEncoder("nutanix", "uuid-1").append(charge, page);
    const CostsInfo costs = parsed(page);
    REQUIRE(costs.results_size() == 1);
    const CostInfo& row = costs.results(0);
    CHECK(MessageDifferencer::Equals(row, expected(charge, "nutanix", "uuid-1")));
    CHECK(row.cost() == 4.8);
    CHECK(row.usage_quantity() == 96.0);
    CHECK(row.additional_info().fields_size() == 6);
    CHECK(row.tags().fields_size() == 2);
    CHECK_FALSE(row.has_data());
    CHECK(costs.ByteSizeLong() == page.size());
}

TEST_CASE("what is empty is left out, but the account never") {
    Charge charge;
    charge.billed_date = "2026-02-27";
    encoding::Buffer page;
    ChargeEncoder("", "a").append(charge, page);
    const CostsInfo costs = parsed(page);
    REQUIRE(costs.results_size() == 1);
    CHECK_FALSE(costs.results(0).has_tags());
    CHECK(costs.results(0).additional_info().fields_size() == 1);
    CHECK(costs.results(0).additional_info().fields().at("account").string_value() == "a");
    CHECK(costs.ByteSizeLong() == page.size());
}

TEST_CASE("bytes are the same every time, and in the order of the fields") {
    encoding::Buffer first;
    encoding::Buffer second;
    const ChargeEncoder encoder("nutanix", "uuid-1");
    for (encoding::Buffer* page : {&first, &second}) {
        encoder.append(vm_hour(), *page);
        encoder.append(vm_hour(), *page);
    }
    CHECK(first.view() == second.view());
    CHECK(first.view().substr(0, first.size() / 2) == first.view().substr(first.size() / 2));
    const std::string_view bytes = first.view();
    std::size_t at = 0;
    for (const char* text :
         {"vCPU-hour", "nutanix", "cluster-01", "AHV", "vcpu", "7f5bd0b1", "project", "finance",
          "owner", "model", "basis", "account", "uuid-1", "2026-02-27"}) {
        INFO(text);
        at = bytes.find(text, at);
        REQUIRE(at != std::string_view::npos);
    }
}

TEST_CASE("random records of random texts are read back as protobuf would have written them") {
    const unsigned seed = std::random_device{}();
    INFO("seed " << seed);
    Texts texts(seed);
    for (int round = 0; round < 300; ++round) {
        const std::string provider(texts.next());
        const std::string account(texts.next());
        const ChargeEncoder encoder(provider, account);
        encoding::Buffer page;
        CostsInfo wanted;
        for (std::size_t i = texts.up_to(3) + 1; i > 0; --i) {
            Charge charge;
            charge.cost_micros = texts.micros();
            charge.quantity_micros = texts.micros();
            for (std::string_view Charge::*text :
                 {&Charge::billed_date, &Charge::resource, &Charge::region_code, &Charge::product,
                  &Charge::usage_type, &Charge::usage_unit, &Charge::project, &Charge::cluster,
                  &Charge::owner, &Charge::model, &Charge::basis}) {
                charge.*text = texts.next();
            }
            std::vector<ChargeTag> tags(texts.up_to(4));
            for (ChargeTag& tag : tags) {
                tag = {texts.next(), texts.next()};
            }
            charge.tags = tags;
            encoder.append(charge, page);
            *wanted.add_results() = expected(charge, provider, account);
        }
        const CostsInfo costs = parsed(page);
        REQUIRE(MessageDifferencer::Equals(costs, wanted));
    }
}

TEST_CASE("money is one conversion away from its integer") {
    for (const std::int64_t micros : {std::int64_t{1}, std::int64_t{657534}, std::int64_t{9790685},
                                      std::int64_t{123456789012}, (std::int64_t{1} << 50) - 1}) {
        Charge charge = vm_hour();
        charge.cost_micros = micros;
        encoding::Buffer page;
        ChargeEncoder("nutanix", "a").append(charge, page);
        const double cost = parsed(page).results(0).cost();
        CHECK(static_cast<std::int64_t>(std::llround(cost * 1e6)) == micros);
    }
}
