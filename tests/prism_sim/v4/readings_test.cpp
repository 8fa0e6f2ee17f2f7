// Each reading of v4: what a client meets, and that the default does not have it.

#include <map>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

std::string info_path(const std::string& name_space) {
    return "/api/" + name_space + "/unversioned/info";
}

std::optional<bool> flag_of(const json& answer, const std::string& name) {
    for (const json& flag : answer["metadata"]["flags"])
        if (flag["name"] == name) return flag["value"].get<bool>();
    return std::nullopt;
}

}  // namespace

TEST_CASE("a single namespace can be absent") {
    SimFixture sim({.vms = 5, .v4 = {.absent_namespaces = {"networking"}}});
    CHECK(sim.ask(kSubnets).status == 404);
    CHECK(sim.ask("/api/networking/v4.0/config/subnets").status == 404);
    CHECK(sim.ask(info_path("networking"), "OPTIONS").status == 404);
    CHECK(sim.ask(kVms).status == 200);
    CHECK(sim.json(info_path("vmm"), "OPTIONS")["data"] == "v4.3");
    CHECK_THROWS_AS(SimFixture({.v4 = {.absent_namespaces = {"network"}}}), std::invalid_argument);
}

TEST_CASE("a namespace can be a beta only") {
    SimFixture sim({.vms = 5, .v4 = {.beta_namespaces = {"vmm"}}});
    CHECK(sim.json(info_path("vmm"), "OPTIONS")["data"] == "v4.0.b1");
    CHECK(sim.ask(kVms).status == 404);
    CHECK(sim.ask("/api/vmm/v4.0/ahv/config/vms").status == 404);
    const json vms = sim.json("/api/vmm/v4.0.b1/ahv/config/vms");
    CHECK(vms["data"].size() == 5);
    CHECK(vms["data"][0]["$reserved"]["$fv"] == "v4.r0.b1");
    CHECK(sim.ask(kClusters).status == 200);
}

TEST_CASE("releases between v3 and GA have betas only") {
    SimFixture old({.vms = 3, .pc_version = "2023.3"});
    CHECK(old.ask("/api/vmm/v4.0.b1/ahv/config/vms").status == 404);
    CHECK(old.ask("/api/clustermgmt/v4.0.b1/config/clusters").status == 200);
    CHECK(old.post("vms/list", json::object())["metadata"]["total_matches"] == 3);
    SimFixture next({.vms = 3, .pc_version = "2024.1"});
    CHECK(next.ask("/api/vmm/v4.0.b1/ahv/config/vms").status == 200);
    CHECK(next.ask("/api/vmm/v4.0/ahv/config/vms").status == 404);
}

TEST_CASE("OPTIONS can be blocked on the way, while the lists are served") {
    const auto [info, status] =
        GENERATE(table<InfoAnswer, std::uint32_t>({{InfoAnswer::status_403, 403},
                                                   {InfoAnswer::status_404, 404},
                                                   {InfoAnswer::status_405, 405},
                                                   {InfoAnswer::status_501, 501},
                                                   {InfoAnswer::html, 200}}));
    SimFixture sim({.vms = 1, .v4 = {.info = info}});
    const Response& answer = sim.ask(info_path("vmm"), "OPTIONS");
    CHECK(answer.status == status);
    CHECK(answer.body.view().find("\"data\":\"v4") == std::string_view::npos);
    if (status != 404) CHECK(answer.content_type == "text/html");
    CHECK(sim.ask(kVms).status == 200);
}

TEST_CASE("the version is told to OPTIONS only") {
    SimFixture sim;
    CHECK(sim.ask(info_path("vmm")).status == 405);
}

TEST_CASE("an older version is stripped, or leaks newer fields") {
    const auto has_project = [](const json& vms) {
        return std::any_of(vms.begin(), vms.end(),
                           [](const json& vm) { return vm.contains("projectExtId"); });
    };
    const char* oldest = "/api/vmm/v4.0/ahv/config/vms";
    SimFixture stripped({.vms = 50}), leaking({.vms = 50, .v4 = {.leaks_newer_fields = true}});
    CHECK_FALSE(has_project(stripped.all(oldest)));
    CHECK(has_project(leaking.all(oldest)));
}

TEST_CASE("totals can be right, missing, too large or too small") {
    const auto total = [](Totals totals) {
        SimFixture sim({.vms = 100, .v4 = {.totals = totals}});
        const json answer = sim.json(std::string(kVms) + "?$limit=100");
        CHECK(answer["data"].size() == 100);
        return answer["metadata"].value("totalAvailableResults", -1);
    };
    CHECK(total(Totals::right) == 100);
    CHECK(total(Totals::missing) == -1);
    CHECK(total(Totals::larger) == 111);
    CHECK(total(Totals::smaller) == 89);
}

TEST_CASE("a list cut short says so in a flag") {
    SimFixture whole({.vms = 250}), cut({.vms = 250, .v4 = {.truncate_at = 120}}),
        roomy({.vms = 250, .v4 = {.truncate_at = 1000}});
    CHECK_FALSE(flag_of(whole.json(kVms), "isTruncated"));
    CHECK(flag_of(roomy.json(kVms), "isTruncated") == false);
    const json first = cut.json(kVms);
    CHECK(flag_of(first, "isTruncated") == true);
    CHECK(first["metadata"]["totalAvailableResults"] == 120);
    CHECK(cut.all(kVms).size() == 120);
    CHECK(roomy.all(kVms).size() == 250);
}

TEST_CASE("a limit over 100 is refused or answered by nothing") {
    SimFixture strict({.vms = 150}), silent({.vms = 150, .over_limit = OverLimit::empty});
    const std::string path = std::string(kVms) + "?$limit=101";
    CHECK(strict.ask(path).status == 400);
    const json answer = silent.json(path);
    CHECK(silent.response.status == 200);
    CHECK(answer["metadata"]["totalAvailableResults"] == 150);
    CHECK_FALSE(answer.contains("data"));
    CHECK(silent.json(std::string(kVms) + "?$limit=100")["data"].size() == 100);
}

TEST_CASE("the page size can have another default, or be less than asked for") {
    SimFixture other({.vms = 250, .v4 = {.default_limit = 20}});
    CHECK(other.json(kVms)["data"].size() == 20);
    CHECK(other.json(std::string(kVms) + "?$limit=100")["data"].size() == 100);
    SimFixture capped({.vms = 250, .v4 = {.page_cap = 30}});
    CHECK(capped.json(std::string(kVms) + "?$limit=100")["data"].size() == 30);
    std::set<std::string> ids;
    for (const json& vm : capped.all(kVms)) ids.insert(vm["extId"].get<std::string>());
    CHECK(ids.size() == 250);
}

TEST_CASE("order and filter can be refused list by list") {
    SimFixture sim({.v4 = {.refuse_orderby = {"vms"}, .refuse_filter = {"hosts"}}});
    CHECK(sim.ask(std::string(kVms) + "?$orderby=extId").status == 400);
    CHECK(sim.ask(std::string(kHosts) + "?$orderby=extId").status == 200);
    const std::string id = to_text(sim.simulation.world().clusters[0].id);
    CHECK(sim.ask(std::string(kHosts) + "?$filter=cluster/uuid eq '" + id + "'").status == 400);
    CHECK(sim.ask(std::string(kVms) + "?$filter=cluster/extId eq '" + id + "'").status == 200);
    SimFixture none({.v4 = {.refuse_orderby = {"all"}}});
    CHECK(none.ask(std::string(kSubnets) + "?$orderby=name").status == 400);
    CHECK_THROWS_AS(SimFixture({.v4 = {.refuse_filter = {"vm"}}}), std::invalid_argument);
}

TEST_CASE("NICs can all have one form") {
    const auto [forms, has_old, has_new] =
        GENERATE(table<NicForms, bool, bool>({{NicForms::superseded, true, false},
                                              {NicForms::current, false, true},
                                              {NicForms::both, true, true}}));
    SimFixture sim({.vms = 100, .v4 = {.nics = forms}});
    std::size_t nics = 0;
    for (const json& vm : sim.all(kVms)) {
        for (const json& nic : vm.value("nics", json::array())) {
            ++nics;
            CHECK(nic.contains("networkInfo") == has_old);
            CHECK(nic.contains("nicNetworkInfo") == has_new);
        }
    }
    CHECK(nics > 50);
}

TEST_CASE("images are listed, and every disk that names one finds it") {
    SimFixture sim({.vms = 800});
    std::map<std::string, json> images;
    for (const json& image : sim.all(kImages)) images[image["extId"]] = image;
    CHECK(images.size() == 12);
    std::size_t disks = 0, cdroms = 0;
    for (const json& vm : sim.all(kVms)) {
        for (const char* list : {"disks", "cdRoms"}) {
            for (const json& device : vm.value(list, json::array())) {
                if (!device.contains("backingInfo") ||
                    !device["backingInfo"].contains("dataSource"))
                    continue;
                const json& source = device["backingInfo"]["dataSource"]["reference"];
                REQUIRE(images.contains(source["imageExtId"]));
                const bool is_disk = list == std::string("disks");
                CHECK(images[source["imageExtId"]]["type"] ==
                      (is_disk ? "DISK_IMAGE" : "ISO_IMAGE"));
                ++(is_disk ? disks : cdroms);
            }
        }
    }
    CHECK(disks > 50);
    CHECK(cdroms > 5);
    CHECK(sim.all(kImages, "&$filter=type eq 'ISO_IMAGE'").size() == 4);
    const std::string id = images.begin()->first;
    CHECK(sim.json(std::string(kImages) + "/" + id)["data"] == images.begin()->second);
    CHECK(sim.all("/api/vmm/v4.1/content/images").dump().find("ownerName") == std::string::npos);
}
