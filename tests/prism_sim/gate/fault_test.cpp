// Faults in lists and texts, by v4 pages and v3 offsets, without a network.

#include <set>

#include "tests/prism_sim/gate/list_faults.hpp"
#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

const std::string kPage = std::string(kVms) + "?$orderby=extId&$limit=10&$page=";

json page_with(const std::string& fault, int page = 1) {
    SimFixture sim({.vms = 35, .faults = {fault}});
    return sim.json(kPage + std::to_string(page));
}

std::string text_with(const std::string& fault) {
    SimFixture sim({.vms = 35, .faults = {fault}});
    return std::string(sim.ask(kPage + "1").body.view());
}

std::vector<std::string> ids_of(const json& answer) {
    std::vector<std::string> ids;
    for (const json& vm : answer.value("data", json::array())) ids.push_back(vm["extId"]);
    return ids;
}

Request v3_list(const std::string& body) {
    Request request;
    request.method = "POST";
    request.body = body;
    set_target(request, "/api/nutanix/v3/vms/list");
    return request;
}

}  // namespace

TEST_CASE("the page of a list is known by v4 and by v3") {
    Request request;
    set_target(request, kPage + "3");
    CHECK(request.list_page() == 3U);
    CHECK(request.for_page(7).list_page() == 7U);
    set_target(request, kVms);
    CHECK_FALSE(request.list_page());

    CHECK(v3_list("{}").list_page() == 0U);
    CHECK(v3_list(R"({"offset":0,"length":500})").list_page() == 0U);
    CHECK(v3_list(R"({"kind":"vm", "length": 100, "offset" : 300})").list_page() == 3U);
    CHECK(v3_list(R"({"offset":40})").list_page() == 2U);
    CHECK(v3_list(R"({"offset":1000,"length":9999})").list_page() == 2U);
    CHECK(v3_list(R"({"length":100,"offset":300})").for_page(5).body ==
          R"({"length":100,"offset":500})");
    CHECK(v3_list(R"({"length":100})").for_page(2).list_page() == 2U);
    CHECK(v3_list("{}").for_page(2).body == R"({"offset":40})");
    request = v3_list("{}");
    set_target(request, "/api/nutanix/v3/users/me");
    CHECK_FALSE(request.list_page());
}

TEST_CASE("a fault strikes one page, or a page and all behind it, in v3 as well") {
    FaultTable table(1);
    table.set({"html@2:path=/vms/list", "empty-body:from=3"});
    const auto struck = [&](std::uint64_t offset) {
        return table.strike(v3_list(R"({"length":20,"offset":)" + std::to_string(offset) + "}"))
            .size();
    };
    CHECK(struck(0) == 0);
    CHECK(struck(20) == 0);
    CHECK(struck(40) == 1);
    CHECK(struck(60) == 1);
    CHECK(struck(200) == 1);
}

TEST_CASE("a field is set, left out, repeated, in the entry and at the path that was named") {
    CHECK(
        page_with("set-field@1:item=3:field=powerState:json=\"NOVEL\"")["data"][3]["powerState"] ==
        "NOVEL");
    CHECK(page_with("set-field:item=0:field=cluster.extId:json=null")["data"][0]["cluster"]["extId"]
              .is_null());
    CHECK(page_with("set-field:item=0:field=disks.0.backingInfo:json={\"a:b\":[1]}")
              ["data"][0]["disks"][0]["backingInfo"]["a:b"][0] == 1);
    CHECK(page_with("set-field:item=9:field=novelty:json=[]")["data"][9].contains("novelty"));
    CHECK(page_with("set-field:field=/metadata.flags:json=[]")["metadata"]["flags"].empty());
    CHECK_FALSE(page_with("drop-field:item=0:field=extId")["data"][0].contains("extId"));
    CHECK_FALSE(page_with("drop-field:item=0:field=name")["data"][0].contains("name"));
    CHECK(text_with("repeat-field:item=0").find(",\"name\":\"impostor\"") != std::string::npos);
    CHECK(page_with("set-field@2:field=name:json=1")["data"][5]["name"].is_string());
}

TEST_CASE("names nobody wants to print") {
    CHECK(text_with("invalid-utf8").find("\xff \xe2\x82 ") != std::string::npos);
    CHECK(text_with("lone-surrogate").find("\\ud83d end") != std::string::npos);
    CHECK(text_with("raw-control").find('\x1b') != std::string::npos);
    CHECK(page_with("nul:item=2")["data"][2]["name"] == std::string("web\0hidden", 10));
    CHECK(page_with("control:item=2")["data"][2]["name"].get<std::string>()[3] == '\x1b');
    CHECK(page_with("rtl:item=2")["data"][2]["name"].get<std::string>().find("\u202e") == 4);
}

TEST_CASE("texts that are no JSON") {
    for (const char* fault : {"nan", "infinity", "bom", "trailing-garbage", "truncated",
                              "huge-number:bytes=9", "invalid-utf8", "raw-control"}) {
        INFO(fault);
        const std::string text = text_with(fault);
        const bool is_number = std::string_view(fault).starts_with("huge");
        const bool is_bom = std::string_view(fault) == "bom";  // this parser skips it
        CHECK(json::accept(text) == (is_number || is_bom));
    }
    CHECK(text_with("bom").starts_with("\xef\xbb\xbf{"));
    CHECK(text_with("huge-string:bytes=5000").find(std::string(5000, 'x')) != std::string::npos);
    CHECK(text_with("deep:bytes=3000").find(std::string(3000, '[')) != std::string::npos);
    CHECK(page_with("many-keys:item=0:field=description:bytes=2000")["data"][0]["description"]
              .size() == 2000);
    CHECK(text_with("body:json={\"data\": 7}") == "{\"data\": 7}");
}

TEST_CASE("entries that come twice or not at all leave the total alone") {
    const auto plain = ids_of(page_with("status-500:path=/nothing/"));
    REQUIRE(plain.size() == 10);
    const auto with = [](const char* fault) {
        const json answer = page_with(fault);
        CHECK(answer["metadata"]["totalAvailableResults"] == 35);
        return ids_of(answer);
    };
    CHECK(with("duplicate-entry:item=4").size() == 11);
    CHECK(with("duplicate-entry:item=4")[5] == plain[4]);
    CHECK(with("drop-entry:item=9").size() == 9);
    CHECK(with("drop-entry:item=0")[0] == plain[1]);
    CHECK(with("empty-page").empty());
    CHECK(with("empty-page:json=[]").empty());
    const auto before = ids_of(page_with("status-500:path=/nothing/", 0));
    CHECK(with("repeated-entry:item=0").size() == 11);
    CHECK(with("repeated-entry:item=0")[0] == before[9]);
    CHECK(with("shifted-entry:item=0").size() == 10);
    CHECK(with("shifted-entry:item=0")[0] == before[9]);
    CHECK(with("shifted-entry:item=0")[1] == plain[1]);
}

TEST_CASE("totals that lie, pages that repeat") {
    CHECK(page_with("total:add=5")["metadata"]["totalAvailableResults"] == 40);
    CHECK(page_with("total:add=-50")["metadata"]["totalAvailableResults"] == 0);
    CHECK(page_with("total:json=\"many\"")["metadata"]["totalAvailableResults"] == "many");
    CHECK(page_with("total:add=5", 9)["metadata"]["totalAvailableResults"] == 40);
    SimFixture sim({.vms = 35, .faults = {"repeat-page:from=1"}});
    const auto second = ids_of(sim.json(kPage + "1"));
    CHECK(second.size() == 10);
    CHECK(ids_of(sim.json(kPage + "0")) != second);
    CHECK(ids_of(sim.json(kPage + "3")) == second);
    CHECK(ids_of(sim.json(kPage + "99")) == second);
}

TEST_CASE("VMs go and come between two pages") {
    SimFixture sim({.vms = 35, .faults = {"vm-goes@1:first=1:item=0", "vm-comes@2:first=1"}});
    const auto first = ids_of(sim.json(kPage + "0"));
    const json second = sim.json(kPage + "1");
    CHECK(second["metadata"]["totalAvailableResults"] == 34);
    const json third = sim.json(kPage + "2");
    CHECK(third["metadata"]["totalAvailableResults"] == 35);
    const auto left = sim.all(kVms);
    CHECK(left.size() == 35);
    for (const json& vm : left) CHECK(vm["extId"] != first[0]);
}

TEST_CASE("faults reach the lists of v3") {
    const auto list = [](const std::string& fault, int offset) {
        SimFixture sim({.vms = 35, .faults = {fault}});
        return sim.json("/api/nutanix/v3/vms/list", "POST",
                        R"({"length":10,"offset":)" + std::to_string(offset) + "}");
    };
    CHECK(list("set-field@1:item=2:json=7", 10)["entities"][2]["status"]["name"] == 7);
    CHECK(list("set-field@1:item=2:json=7", 20)["entities"][2]["status"]["name"].is_string());
    CHECK_FALSE(
        list("drop-field:item=0:field=metadata.uuid", 0)["entities"][0]["metadata"].contains(
            "uuid"));
    CHECK(list("total:add=2", 0)["metadata"]["total_matches"] == 37);
    const json repeated = list("repeated-entry@1:item=0", 10);
    CHECK(repeated["entities"].size() == 11);
    CHECK(repeated["entities"][0] == list("status-500:path=/nothing/", 0)["entities"][9]);
    CHECK(list("empty-page@1:json=[]", 10)["entities"].empty());
    CHECK(list("repeat-page:from=1", 30)["entities"] == list("repeat-page:from=1", 10)["entities"]);
}

TEST_CASE("a session expires when it is told to") {
    SimFixture sim({.faults = {"expire-sessions@1:first=1"}});
    sim.ask(kPage + "0");
    const std::string cookie = sim.header("Set-Cookie");
    Request request;
    request.cookie = cookie.substr(0, cookie.find(';'));
    CHECK(sim.ask_as(request, kPage + "0").status == 200);
    CHECK(sim.ask_as(request, kPage + "1").status == 401);
    CHECK(sim.ask(kPage + "1").status == 200);
}

TEST_CASE("a redirect names a place and shows a token") {
    SimFixture sim({.faults = {"redirect:status=307:location=http://other.example.test:80/x"}});
    CHECK(sim.ask(kVms).status == 307);
    CHECK(sim.header("Location") == "http://other.example.test:80/x");
    CHECK(sim.header("X-Redirect-Token").starts_with("NTNX_IGW_SESSION="));
    SimFixture plain({.faults = {"redirect"}});
    CHECK(plain.ask(kVms).status == 302);
    CHECK(plain.header("Location") == "https://localhost/console/");
}

TEST_CASE("who comes back before Retry-After is over is counted") {
    SimFixture sim({.faults = {"status-429:path=/vms:first=1:retry-after=30",
                               "status-503:path=/hosts:first=1:retry-after={date+30}",
                               "status-503:path=/clusters:first=1:retry-after=1000000000"}});
    sim.ask(kVms);
    sim.ask(kHosts);
    CHECK(sim.header("Retry-After").ends_with(" GMT"));
    sim.ask(kClusters);
    CHECK(sim.simulation.stats().early_retries == 0);
    sim.ask(kVms);
    sim.ask(kHosts);
    sim.ask(kClusters);  // nobody has to wait for years
    CHECK(sim.simulation.stats().early_retries == 2);
}
