#include "host/cost/model/cost_model.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "host/cost/model/model_schema.hpp"
#include "host/document/json_schema.hpp"

using namespace pf::host;
using namespace pf::host::cost;
using nlohmann::json;

namespace {

json filled(const std::string& text) {
    const auto model = read_cost_model(text, "cost.yaml");
    INFO(text << "\n" << model.status().text());
    REQUIRE(model);
    return json::parse(model->json);
}

Status refused(const std::string& text) {
    const auto model = read_cost_model(text, "cost.yaml");
    INFO(text);
    REQUIRE_FALSE(model);
    CHECK(model.status().code() == Code::invalid_argument);
    CHECK_THAT(model.status().message(), Catch::StartsWith("cost.yaml"));
    return model.status();
}

const std::string card = "currency: EUR\nrate_card: {vcpu_hour: 0.05, memory_gib_hour: 0.01}\n";

const std::string tco = R"(
currency: EUR
tco:
  name: berlin
  clusters: [pe-berlin-1]
  hardware: {name: nodes, count: 4, price: 32000, life_months: 60, bought: 2025-01-01, support: 0.10}
  software: {name: NCI, per: core, year: 450}
  facility: {name: rack, units: 8, month: 25}
  power: {watts: 650, pue: 1.5, kwh: 0.15}
  network: {name: switches, price: 6000, life_months: 60}
  people: {fte: 0.25, month: 9000}
  capacity: {nodes: 4, cores_per_node: 32, memory_gib_per_node: 512, raw_gib: 112000,
             cvm_vcpus: 6, cvm_memory_gib: 32, hypervisor_memory_gib: 8, cpu_overcommit: 4}
)";

// Every number of a filled-in model is a text or a whole number.
void check_no_double(const json& value) {
    REQUIRE_FALSE(value.is_number_float());
    REQUIRE_FALSE(value.is_null());
    if (value.is_structured()) {
        for (const json& member : value) {
            check_no_double(member);
        }
    }
}

}  // namespace

TEST_CASE("a small rate card is filled in") {
    const json model = filled(card);
    check_no_double(model);
    CHECK(model["schema"] == "prismforet.cost/1");
    CHECK(model["places"] == 2);
    CHECK(model["time"] == json::parse(R"({"zone": "UTC", "month": "730h", "bands": []})"));
    CHECK(model["storage"] ==
          json::parse(R"({"basis": "provisioned", "replication_factor": "2", "data_reduction": "1",
                          "default_tier": "standard", "tiers": [{"tier": "standard", "containers": []}]})"));
    CHECK(model["rate_cards"] ==
          json::parse(R"([{"name": "rate card", "clusters": ["*"], "currency": "EUR",
                           "vcpu_hour": "0.05", "memory_gib_hour": "0.01",
                           "storage_gib_month": [], "band_factors": []}])"));
    CHECK(model["allocation"] ==
          json::parse(R"j({"keys": [], "tags": [], "untagged": "(none)", "several_values": "even",
                          "powered_off": "storage", "idle": {"policy": "separate"}, "rules": [],
                          "pools": []
})j"));
    for (const char* key : {"fx", "tco", "gpus", "licences", "items"}) {
        CHECK(model[key] == json::array());
    }
}

TEST_CASE("what costs nothing is said") {
    const auto model = read_cost_model(card, "cost.yaml");
    REQUIRE(model);
    CHECK(model->warnings ==
          std::vector<std::string>{"rate card 'rate card': storage costs nothing"});
}

TEST_CASE("YAML and JSON give the same model, and the same text the same bytes") {
    const std::string text =
        R"({"currency": "EUR", "rate_card": {"vcpu_hour": 0.05, "memory_gib_hour": 0.010}})";
    const auto from_json = read_cost_model(text, "cost.json");
    const auto from_yaml = read_cost_model(card, "cost.yaml");
    REQUIRE(from_json);
    REQUIRE(from_yaml);
    CHECK(from_json->json == from_yaml->json);
    CHECK(from_yaml->json == read_cost_model(card, "other")->json);
}

TEST_CASE("no number passes through a double") {
    const json model = filled("currency: USD\nrate_card: {vcpu_hour: 123456789012.123456789}\n");
    CHECK(model["rate_cards"][0]["vcpu_hour"] == "123456789012.123456789");
    const json from_json =
        filled(R"({"currency": "USD", "rate_card": {"vcpu_hour": 123456789012.123456789}})");
    CHECK(from_json["rate_cards"][0]["vcpu_hour"] == "123456789012.123456789");
}

TEST_CASE("the older names stand for the rates, at the top and on a card") {
    const json top = filled("currency: USD\ncpu_per_core_hour: 0.05\nmemory_per_gb_hour: 0.01\n");
    CHECK(top["rate_cards"][0]["vcpu_hour"] == "0.05");
    CHECK(top["rate_cards"][0]["memory_gib_hour"] == "0.01");
    CHECK(top ==
          filled("currency: USD\nrate_card: {cpu_per_core_hour: 0.05, memory_per_gb_hour: 0.01}"));
    CHECK_THAT(refused("currency: USD\ncpu_per_core_hour: 1\nrate_card: {vcpu_hour: 1}").message(),
               Catch::Contains("cpu_per_core_hour: is another name of rate_card.vcpu_hour"));
    CHECK_THAT(refused("currency: USD\nrate_card: {vcpu_hour: 1, cpu_per_core_hour: 1}").message(),
               Catch::Contains("keep one"));
}

TEST_CASE("tiers follow from prices, or are stated") {
    const std::string prices =
        "currency: EUR\nrate_card: {storage_gib_month: {ssd: 0.10, hdd: 0.03}}\n";
    CHECK_THAT(refused(prices).message(), Catch::Contains("storage.default_tier: is missing"));
    const json model = filled(prices + "storage: {default_tier: hdd}\n");
    CHECK(model["storage"]["tiers"] ==
          json::parse(R"([{"tier": "hdd", "containers": [], "flash": false},
                          {"tier": "ssd", "containers": [], "flash": true}])"));
    CHECK(model["rate_cards"][0]["storage_gib_month"] ==
          json::parse(R"([{"tier": "hdd", "price": "0.03"}, {"tier": "ssd", "price": "0.1"}])"));
    const json one = filled("currency: EUR\nrate_card: {storage_gib_month: 0.05}\n");
    CHECK(one["rate_cards"][0]["storage_gib_month"] ==
          json::parse(R"([{"tier": "standard", "price": "0.05"}])"));
    CHECK_THAT(
        refused(prices + "storage: {default_tier: ssd, tiers: {ssd: {flash: true}, nvme: {}}}")
            .message(),
        Catch::Contains("rate_card.storage_gib_month.hdd: is no tier"));
    CHECK_THAT(refused(prices + "storage: {default_tier: sssd}").message(),
               Catch::Contains("did you mean 'ssd'?"));
    CHECK_THAT(refused(prices + "storage: {default_tier: a, tiers: {a: {containers: [x]}, b: "
                                "{containers: [x]}}}")
                   .message(),
               Catch::Contains("a container is in one tier"));
}

TEST_CASE("a cluster's own cost becomes lines of four forms") {
    const json model = filled(tco);
    check_no_double(model);
    REQUIRE(model["tco"].size() == 1);
    const json& block = model["tco"][0];
    const json& lines = block["lines"];
    REQUIRE(lines.size() == 7);
    CHECK(lines[0] == json::parse(R"({"name": "nodes", "group": "hardware", "form": "asset",
        "price": "32000", "per": "node", "count": "4", "life_months": 60, "salvage": "0",
        "method": "straight_line", "bought": "2025-01-01",
        "split": {"cpu": "0.45", "memory": "0.35", "storage": "0.2"}})"));
    CHECK(lines[1] == json::parse(R"({"name": "nodes support", "group": "support", "form": "ratio",
        "ratio_year": "0.1", "of": ["nodes"],
        "split": {"cpu": "0.45", "memory": "0.35", "storage": "0.2"}})"));
    CHECK(lines[2] == json::parse(R"({"name": "NCI", "group": "software", "form": "amount",
        "price": "450", "period": "year", "per": "core", "minimum": "0",
        "split": {"cpu": "0.5", "memory": "0.3", "storage": "0.2"}})"));
    CHECK(lines[3]["count"] == "8");
    CHECK(lines[4] == json::parse(R"({"name": "power", "group": "power", "form": "energy",
        "source": "stated", "watts": "650", "pue": "1.5", "kwh": [{"band": "", "price": "0.15"}],
        "split": {"cpu": "0.7", "memory": "0.15", "storage": "0.15"}})"));
    CHECK(lines[5]["per"] == "cluster");
    CHECK(lines[5]["count"] == "1");
    CHECK(lines[6]["count"] == "0.25");
    CHECK(block["capacity"] == json::parse(R"({"nodes": 4, "cores_per_node": "32",
        "memory_gib_per_node": "512", "raw_gib": "112000", "host_reserve": 1, "cvm_vcpus": "6",
        "cvm_memory_gib": "32", "hypervisor_memory_gib": "8", "cpu_overcommit": "4",
        "memory_overcommit": "1", "replication_factor": "2", "rebuild_reserve": true,
        "fill_limit": "1", "target_utilisation": "1"})"));
    CHECK(model["rate_cards"] == json::array());
}

TEST_CASE("time of use reaches factors and tariffs") {
    const std::string time = R"(
time:
  zone: Europe/Berlin
  other_band: offpeak
  bands: [{band: peak, from: "09:00", to: "22:00"}]
)";
    const json model = filled(card + time +
                              "tco: {clusters: [a], power: {nameplate_watts: 1000, "
                              "factor: 0.65, kwh: {peak: 0.22, offpeak: 0.09}}}\n");
    CHECK(model["time"]["bands"] == json::parse(R"(["offpeak", "peak"])"));
    CHECK(model["rate_cards"][0]["band_factors"] ==
          json::parse(R"([{"band": "offpeak", "factor": "1"}, {"band": "peak", "factor": "1"}])"));
    const json& line = model["tco"][0]["lines"][0];
    CHECK(line["watts"] == "650");
    CHECK(line["kwh"] ==
          json::parse(
              R"([{"band": "offpeak", "price": "0.09"}, {"band": "peak", "price": "0.22"}])"));
    CHECK_THAT(
        refused(card + time + "tco: {clusters: [a], power: {watts: 1, kwh: {peak: 1}}}").message(),
        Catch::Contains("nothing for the band 'offpeak'"));
    CHECK_THAT(
        refused(card + time + "tco: {clusters: [a], power: {watts: 1, kwh: {peek: 1, offpeak: 1}}}")
            .message(),
        Catch::Contains("kwh.peek: is no band"));
    CHECK_THAT(refused(card + "tco: {clusters: [a], power: {watts: 1, kwh: {peak: 1}}}").message(),
               Catch::Contains("time.bands has none"));
    CHECK_THAT(
        refused(card + "time: {bands: [{band: day, from: '06:00', to: '20:00'}]}").message(),
        Catch::Contains("cost.yaml:3: time.bands: on Monday from 00:00 to 06:00 there is no band"));
    CHECK_THAT(refused(card + "time: {other_band: x}").message(),
               Catch::Contains("time.other_band"));
    const auto night = read_cost_model(card +
                                           "time: {other_band: day, bands: [{band: night, from: "
                                           "'22:00', to: '06:00', days: [weekdays]}]}",
                                       "cost.yaml");
    REQUIRE(night);
    REQUIRE(night->time.hours.size() == 2);
    CHECK(night->time.hours[0].from == 22 * 60);
    CHECK(night->time.hours[1].to == 6 * 60);
    CHECK_FALSE(night->time.hours[1].days[5]);
}

TEST_CASE("other currencies need rates, and dates in order") {
    const std::string licence = "licences: [{name: os, per: vm, year: 90, currency: USD}]\n";
    const Status missing = refused(card + licence);
    CHECK_THAT(missing.message(),
               Catch::StartsWith("cost.yaml:3: licences[0].currency: is USD, and fx"));
    const json model =
        filled(card + licence + "fx: {USD: {2026-02-01: 0.93, 2026-01-01: 0.9231}, JPY: 0.0061}\n");
    CHECK(model["fx"] == json::parse(R"([
        {"currency": "JPY", "rates": [{"date": "1971-01-01", "rate": "0.0061"}]},
        {"currency": "USD", "rates": [{"date": "2026-01-01", "rate": "0.9231"},
                                      {"date": "2026-02-01", "rate": "0.93"}]}])"));
    CHECK_THAT(refused(card + "fx: {EUR: 1}").message(),
               Catch::Contains("the model's own currency"));
    CHECK_THAT(refused(card + "fx: {USD: 0}").message(),
               Catch::Contains("fx.USD: must be more than 0"));
    CHECK_THAT(refused(card + "fx: {USD: {2026-02-30: 1}}").message(),
               Catch::Contains("must be a date"));
    CHECK_THAT(refused(card + "fx: {DOLLAR: 1}").message(),
               Catch::Contains("no currency of ISO 4217"));
    CHECK_THAT(refused("currency: EURO\nrate_card: {vcpu_hour: 1}").message(),
               Catch::StartsWith("cost.yaml:1: currency: is no currency"));
}

TEST_CASE("chargeback rules and pools") {
    const json model = filled(card + R"(
allocation:
  keys: [CostCenter]
  tags: [AppType]
  idle: {policy: owner, owner: IT}
  rules: [{key: CostCenter, value: shared, to: {"4711": 0.6, "4712": 0.4}}]
  pools: [{name: management, categories: {Role: [management, backup]}, month: 100, weight: even}]
)");
    const json& allocation = model["allocation"];
    CHECK(allocation["tags"] == json::parse(R"(["AppType", "CostCenter"])"));
    CHECK(allocation["idle"] == json::parse(R"({"policy": "owner", "owner": "IT"})"));
    CHECK(allocation["rules"] == json::parse(R"([{"name": "CostCenter=shared", "key": "CostCenter",
        "value": "shared", "to": [{"value": "4711", "share": "0.6"}, {"value": "4712", "share": "0.4"}]}])"));
    CHECK(allocation["pools"] == json::parse(R"([{"name": "management", "clusters": ["*"],
        "currency": "EUR", "resources": [], "categories": [{"key": "Role", "value": "management"},
        {"key": "Role", "value": "backup"}], "price": "100", "period": "month", "weight": "even"}])"));
}

TEST_CASE("short forms of a card become items") {
    const json model = filled(
        "currency: EUR\nrate_card: {clusters: [a], vcpu_hour: 1, floating_ip_month: 3, "
        "snapshot_gib_month: 0.02}\n"
        "items: [{name: agent, what: machine, month: 5, resources: [db1]}]\n");
    REQUIRE(model["items"].size() == 3);
    CHECK(model["items"][0] == json::parse(R"({"name": "floating_ip", "what": "floating_ip",
        "per": "item", "price": "3", "period": "month", "clusters": ["a"], "currency": "EUR",
        "resources": [], "categories": [], "charged": "always"})"));
    CHECK(model["items"][1]["per"] == "gib");
    CHECK(model["items"][2]["resources"] == json::parse(R"(["db1"])"));
    CHECK_THAT(refused("currency: EUR\nrate_card: {vcpu_hour: 1, floating_ip_month: 3}\n"
                       "items: [{name: floating_ip, what: floating_ip, month: 1}]")
                   .message(),
               Catch::Contains("another item is called 'floating_ip'"));
}

TEST_CASE("GPUs by the hour or by what a card costs") {
    const json model = filled(card + R"(
gpus:
  - {name: a40, models: ["NVIDIA A40*"], price: 6500, life_months: 48, year: 250, card_gib: 48}
  - {name: rest, hour: 0.2}
)");
    CHECK(model["gpus"][0] == json::parse(R"({"name": "a40", "models": ["NVIDIA A40*"],
        "clusters": ["*"], "currency": "EUR", "price": "6500", "life_months": 48, "salvage": "0",
        "method": "straight_line", "year": "250", "card_gib": "48", "charged": "on"})"));
    CHECK(model["gpus"][1]["models"] == json::parse(R"(["*"])"));
}

TEST_CASE("each mistake is one error with its place and what to do") {
    for (const auto& [text, what] : std::vector<std::pair<std::string, std::string>>{
             {"", "Missing required property 'currency'"},
             {"[1]", "must be a mapping"},
             {"currency: EUR\n", "has no prices; give rate_card or tco"},
             {"currency: EUR\nrate_card: {}\n", "has no price above 0"},
             {"currency: EUR\nrate_card: {vcpu_hour: 0}\n", "has no price above 0"},
             {"currency: EUR\nrate_card:\n  vcpu_hour: -0.05\n",
              ":3: rate_card.vcpu_hour: must not be negative"},
             {"currency: EUR\nrate_card: {vcpu_hour: .nan}\n", "is no number"},
             {"currency: EUR\nrate_card: {vcpu_hour: 1e99}\n", "exponent"},
             {"currency: EUR\nrate_card: {vcpu_hour: 9999999999999}\n", "too large"},
             {"currency: EUR\nrate_card: {vcpu_huor: 1}\n",
              "unknown key; did you mean 'vcpu_hour'?"},
             {"currency: EUR\nrate_card: {vcpu_hour: 1, vcpu_hour: 2}\n", "given twice"},
             {"{\"currency\": \"EUR\", \"rate_card\": {\"vcpu_hour\": true}}", "type"},
             {card + "rate_cards: []\n", "stands beside rate_cards"},
             {"currency: EUR\nrate_cards: [{vcpu_hour: 1}, {vcpu_hour: 2}]",
              "another block of prices is called"},
             {"currency: EUR\nrate_cards: [{name: a, vcpu_hour: 1}, {name: b, vcpu_hour: 2}]",
              "'a' and 'b' both price all clusters since ever"},
             {"currency: EUR\nrate_cards: [{name: a, vcpu_hour: 1}, {name: b, vcpu_hour: 2, "
              "valid_from: 2026-13-01}]",
              "must be a date"},
             {card + "tco: {people: {fte: 1, month: 1}}", "both price all clusters"},
             {card + "tco: {clusters: [a]}", "has no cost"},
             {card + "tco: {clusters: []}", "names no cluster"},
             {card + "tco: {clusters: [a], hardware: {price: 1, life_months: 0}}", "life_months"},
             {card + "tco: {clusters: [a], hardware: {price: 1, life_months: 12, salvage: 2}}",
              "must not be more than the price"},
             {card + "tco: {clusters: [a], hardware: {price: 1, life_months: 13, method: "
                     "max_double_or_straight, "
                     "bought: 2025-01-01}}",
              "whole years"},
             {card + "tco: {clusters: [a], hardware: {price: 1, life_months: 12, method: "
                     "max_double_or_straight}}",
              "bought: is missing"},
             {card + "tco: {clusters: [a], hardware: {price: 1, life_months: 12, support: 10}}",
              "at most 1"},
             {card + "tco: {clusters: [a], people: {fte: 1, month: 1, split: {cpu: 0.5, memory: "
                     "0.4}}}",
              "adds up to 0.9"},
             {card + "tco: {clusters: [a], people: {fte: 1, month: 1, year: 1}}", "second price"},
             {card + "tco: {clusters: [a], software: {per: core}}", "has no price"},
             {card + "tco: {clusters: [a], support: {ratio_year: 0.1, of: [nods]}}",
              "'nods', which is no line"},
             {card + "tco: {clusters: [a], support: [{month: 1}, {month: 2}]}",
              "another line of this block"},
             {card + "tco: {clusters: [a], nc2: {hour: 1}, capacity: {nodes: 1}}",
              "leaves no node to sell"},
             {card + "tco: {clusters: [a], nc2: {hour: 1}, capacity: {cores_per_node: 6, "
                     "cvm_vcpus: 6}}",
              "is all taken by cvm_vcpus"},
             {card + "tco: {clusters: [a], nc2: {hour: 1}, capacity: {fill_limit: 80}}",
              "at most 1"},
             {card + "tco: {clusters: [a], nc2: {hour: 1}, capacity: {cpu_overcommit: 0}}",
              "more than 0"},
             {card + "tco: {clusters: [a], power: {kwh: 1}}", "one of watts and nameplate_watts"},
             {card + "licences: [{name: a, per: core, year: 1}, {name: a, per: vm, year: 1}]",
              "another licence"},
             {card + "licences: [{name: a, per: vm, year: 1, minimum: 8}]",
              "says nothing with per: vm"},
             {card + "licences: [{name: a, per: vm, year: 1, os: ['*Windows']}]",
              "at the end only"},
             {card + "items: [{name: a, what: floating_ip, per: gib, month: 1}]", "has no size"},
             {card + "gpus: [{name: a}]", "one of hour and price"},
             {card + "gpus: [{hour: 1, name: " + std::string(201, 'a') + "}]", "at most 200 bytes"},
             {card + "allocation: {idle: owner}", "needs to know who pays"},
             {card + "allocation: {idle: gone}", "must be separate"},
             {card + "allocation: {rules: [{key: A, value: b, to: {c: 1}}]}",
              "is no key of allocation.keys"},
             {card + "allocation: {keys: [A], rules: [{key: A, value: b, to: {c: 0.5}}]}",
              "shares must add up to 1"},
             {card + "allocation: {keys: [A, A]}", "stands twice"},
             {card + "allocation: {pools: [{name: p}]}", "has nothing to share"},
             {card + "time: {bands: [{band: a, from: '25:00'}]}", "must be a time of the day"},
             {card + "time: {bands: [{band: a, from: '08:00', to: '08:00'}]}", "has no length"},
             {card + "time: {holidays: [2026-12-25]}", "says nothing without time.bands"},
             {card + "time: {bands: [{band: a}], holidays: [2026-02-29]}", "must be a date"},
             {card + "name: \"a\\tb\"", "control characters"},
             {"currency: EUR\na: &a [x, x]\nb: [*a, *a]\n" + std::string(2000, ' ') + "c: {\n",
              "not valid YAML"},
             {std::string(largest_cost_model + 1, '#'), "larger than 1 MiB"}}) {
        const Status status = refused(text);
        INFO(text.substr(0, 200));
        CHECK(status.reason() == "ERROR_COST_MODEL");
        CHECK_THAT(status.message(), Catch::Contains(what));
    }
}

TEST_CASE("a zone that does not exist has a code of its own") {
    const Status status = refused(card + "time: {zone: Europe/Atlantis}");
    CHECK(status.reason() == "ERROR_COST_TIME_ZONE");
    CHECK_THAT(status.message(),
               Catch::StartsWith("cost.yaml:3: time.zone: there is no time zone"));
}

TEST_CASE("a model that travels as numbers comes back as it was") {
    const auto text = portable_cost_model(tco, "cost.yaml");
    REQUIRE(text);
    std::function<void(const json&, const std::string&)> expect_whole =
        [&](const json& value, const std::string& path) {
            INFO(path);
            REQUIRE((!value.is_number() || value.is_number_integer()));
            if (value.is_structured()) {
                for (const auto& [key, member] : value.items()) {
                    expect_whole(member, path + "." + key);
                }
            }
        };
    expect_whole(json::parse(*text), "");
    CHECK(read_cost_model(*text, "config://x")->json == read_cost_model(tco, "cost.yaml")->json);
    CHECK_FALSE(portable_cost_model("currency: EUR", "cost.yaml").ok());
}

TEST_CASE("the samples are models without a warning") {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(PF_COST_SAMPLES)) {
        std::ifstream file(entry.path());
        const std::string text((std::istreambuf_iterator<char>(file)), {});
        const auto model = read_cost_model(text, entry.path().filename().string());
        INFO(model.status().text());
        REQUIRE(model);
        CHECK(model->warnings.empty());
        check_no_double(json::parse(model->json));
        ++count;
    }
    CHECK(count == 3);
}

TEST_CASE("editors see numbers as numbers") {
    const auto schema = document::JsonSchema::compile(cost_model_schema());
    REQUIRE(schema);
    CHECK_FALSE(schema->check(json::parse(
        R"({"currency": "EUR", "rate_card": {"vcpu_hour": 0.05, "storage_gib_month": {"ssd": 0.1}}})")));
    CHECK(json::parse(cost_model_schema_text()) == cost_model_schema());
}
