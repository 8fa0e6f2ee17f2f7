// Look-ups filled side by side: once per run, failures included, and not where v3 serves them.
#include "host/services/lookups_ahead.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::services;
using namespace pf::host::prism::testing;
using prism::ApiWish;

namespace {

LookupField at(std::vector<std::string> path) { return {{{"", std::move(path)}}}; }

Endpoint endpoint(const std::string& name) {
    Endpoint out;
    out.name = name;
    out.v4 = EndpointV4{"networking", "config/" + name, {"extId"}, {}, "", true, ""};
    out.v3 = EndpointV3{name + "/list", "thing", {"metadata", "uuid"}, {}, true, ""};
    return out;
}

// A kind made of "things" whose handler opens the look-ups of "subnets" and "vpcs".
Descriptor descriptor() {
    Descriptor all;
    all.endpoints = {endpoint("things"), endpoint("subnets"), endpoint("vpcs")};
    for (std::uint32_t i : {1U, 2U}) {
        Lookup lookup;
        lookup.name = all.endpoints[i].name;
        lookup.endpoint = i;
        lookup.fields = {at({"name"})};
        lookup.v3_fields = {at({"status", "name"})};
        all.lookups.push_back(lookup);
    }
    Output output;
    output.kind = "thing";
    output.lookups = {0, 1};
    all.outputs = {output};
    return all;
}

std::string list_of(const char* id) {
    return http(200, R"({"data":[{"extId":")" + std::string(id) +
                         R"(","name":"a"}],"metadata":{"totalAvailableResults":1}})");
}

std::map<std::string, std::string> v4_answers() {
    return {{"OPTIONS /api/networking/unversioned/info", http(200, R"({"data":"v4.0"})")},
            {"GET /api/networking/v4.0/config/subnets", list_of("s1")},
            {"GET /api/networking/v4.0/config/vpcs", list_of("p1")}};
}

std::size_t count(const Stage& stage, const std::string& path) {
    const auto seen = stage.server.seen();
    return static_cast<std::size_t>(std::count_if(
        seen.begin(), seen.end(), [&](const Seen& each) { return each.path.starts_with(path); }));
}

LookupsAhead ahead_of(Stage& stage, const Stop& stop = Stop()) {
    return LookupsAhead(stage.target, ApiWish::automatic, stop, std::make_shared<prism::Meter>());
}

}  // namespace

TEST_CASE("what is filled ahead is what get gives, and is asked for once") {
    Stage stage(answer_table(v4_answers()));
    const Descriptor all = descriptor();
    LookupsAhead ahead = ahead_of(stage);
    ahead.start(all, all.outputs[0]);
    ahead.start(all, all.outputs[0]);
    for (int i = 0; i < 3; ++i) {
        const auto subnets = ahead.get(all, 0);
        const auto vpcs = ahead.get(all, 1);
        REQUIRE(subnets.ok());
        REQUIRE(vpcs.ok());
        std::string_view name;
        CHECK((*subnets)->get("s1", 0, name));
        CHECK((*vpcs)->get("p1", 0, name));
    }
    CHECK(count(stage, "/api/networking/v4.0/config/subnets") == 1);
    CHECK(count(stage, "/api/networking/v4.0/config/vpcs") == 1);
    CHECK(count(stage, "/api/networking/unversioned/info") == 1);
}

TEST_CASE("a look-up nobody began is filled when it is needed") {
    Stage stage(answer_table(v4_answers()));
    const Descriptor all = descriptor();
    LookupsAhead ahead = ahead_of(stage);
    CHECK(stage.server.seen().empty());
    CHECK(ahead.get(all, 1).ok());
    CHECK(count(stage, "/api/networking/v4.0/config/subnets") == 0);
}

TEST_CASE("a failure holds for the run") {
    auto answers = v4_answers();
    answers["GET /api/networking/v4.0/config/subnets"] = http(403, "{}");
    Stage stage(answer_table(answers));
    const Descriptor all = descriptor();
    LookupsAhead ahead = ahead_of(stage);
    ahead.start(all, all.outputs[0]);
    CHECK(ahead.get(all, 0).status().code() == Code::permission_denied);
    const std::size_t asked = count(stage, "/api/networking/v4.0/config/subnets");
    CHECK(ahead.get(all, 0).status().code() == Code::permission_denied);
    CHECK(count(stage, "/api/networking/v4.0/config/subnets") == asked);
    CHECK(ahead.get(all, 1).ok());
}

TEST_CASE("where v3 serves them, look-ups wait until they are needed") {
    const std::string list = http(200, R"({"entities":[{"metadata":{"uuid":"s1"},
        "status":{"name":"a"}}],"metadata":{"total_matches":1}})");
    Stage stage(answer_table(
        {{"POST /api/nutanix/v3/subnets/list", list}, {"POST /api/nutanix/v3/vpcs/list", list}}));
    const Descriptor all = descriptor();
    {
        LookupsAhead ahead = ahead_of(stage);
        ahead.start(all, all.outputs[0]);
        CHECK(ahead.get(all, 0).ok());
    }
    CHECK(count(stage, "/api/nutanix/v3/subnets/list") == 1);
    CHECK(count(stage, "/api/nutanix/v3/vpcs/list") == 0);
}

TEST_CASE("a run that is stopped waits for nothing") {
    Stage stage([](const Seen&, Talk& talk) { talk.wait_until_client_leaves(); });
    const Descriptor all = descriptor();
    StopSource run;
    LookupsAhead ahead = ahead_of(stage, run.stop());
    ahead.start(all, all.outputs[0]);
    run.request(Status(Code::cancelled, "ERROR_CANCELLED", "enough"));
    CHECK(ahead.get(all, 0).status().code() == Code::cancelled);
}
