#include "host/capture/redactor.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/capture/text_shape.hpp"

using namespace pf::host::capture;
using nlohmann::json;

namespace {

const std::string page =
    R"({"data":[{"$objectType":"vmm.v4.ahv.config.Vm","$reserved":{"$fv":"v4.r3"},
"extId":"9b8f8626-ae01-40a3-a38d-6d4c2cc3254c","name":"web-01","description":"pays salaries",
"powerState":"ON","memorySizeBytes":17179869184,"ratio":1.50,"isAgentVm":false,"host":null,
"createTime":"2026-03-02T09:15:46.269181Z","cluster":{"extId":"0006197f-3d06-ce49-1fc3-ac1f6b6029c1"},
"categories":[{"extId":"af5186da-61fa-4d32-80a1-96314ae9c539"}],"unknownNewField":"topsecret",
"guestTools":{"guestOsVersion":"linux:64:Ubuntu Linux-22.04"},
"nics":[{"macAddress":"50:6b:8d:00:00:01","ip":"10.10.1.5"}],"PRODUCTION":"yes"}],
"metadata":{"totalAvailableResults":500,"flags":[{"name":"hasError","value":false}],
"links":[{"rel":"self","href":"https://pc.corp.example:9440/api/vmm/v4.3/ahv/config/vms?$page=0&$limit=50"}]}})";

const std::string v3_page =
    R"({"api_version":"3.1","metadata":{"kind":"vm","total_matches":1},"entities":[
{"status":{"name":"web-01","state":"COMPLETE","resources":{"power_state":"ON"}},"metadata":{"uuid":
"9b8f8626-ae01-40a3-a38d-6d4c2cc3254c","categories":{"Environment":"Production","owner":"joe"},
"categories_mapping":{"Environment":["Production","Test"]},"kind":"vm"}}]})";

json redacted(const Redactor& redactor, const std::string& text) {
    const auto out = redactor.body(text);
    REQUIRE(out);
    return json::parse(*out);
}

}  // namespace

TEST_CASE("what names somebody or something is replaced, the rest stays") {
    const Redactor redactor("test");
    const json was = json::parse(page);
    const json out = redacted(redactor, page);
    const json& vm = out["data"][0];
    const json& before = was["data"][0];
    for (const char* kept : {"$objectType", "$reserved", "powerState", "memorySizeBytes", "ratio",
                             "isAgentVm", "host", "createTime", "guestTools"}) {
        INFO(kept);
        CHECK(vm[kept] == before[kept]);
    }
    CHECK(out["metadata"]["totalAvailableResults"] == 500);
    CHECK(out["metadata"]["flags"] == was["metadata"]["flags"]);
    CHECK(is_uuid(vm["extId"].get<std::string>()));
    CHECK(is_mac(vm["nics"][0]["macAddress"].get<std::string>()));
    CHECK(is_ipv4(vm["nics"][0]["ip"].get<std::string>()));
    // The number's own spelling too: a replay must not differ from what was said.
    CHECK(redactor.body(page)->find("\"ratio\":1.50,") != std::string::npos);
    const std::string text = *redactor.body(page);
    for (const char* gone : {"web-01", "salaries", "topsecret", "9b8f8626", "0006197f", "af5186da",
                             "10.10.1.5", "00:00:01", "corp.example", "PRODUCTION"}) {
        INFO(gone);
        CHECK(text.find(gone) == std::string::npos);
    }
}

TEST_CASE("an unknown field with a text is replaced, whatever it is called") {
    const Redactor redactor("test");
    for (const char* key : {"secretThing", "password", "comment", "newIn45", "value", "data"}) {
        const json out = redacted(redactor, json{{key, "canary-4711"}}.dump());
        INFO(key);
        CHECK(out.dump().find("canary-4711") == std::string::npos);
    }
    // A key that is known to hold an enumeration keeps nothing that is none.
    for (const char* key : {"powerState", "type", "status", "kind", "state"}) {
        const json out = redacted(redactor, json{{key, "joe's laptop"}}.dump());
        INFO(key);
        CHECK(out.dump().find("laptop") == std::string::npos);
    }
}

TEST_CASE("v3 categories hide their keys as well, alike everywhere") {
    const Redactor redactor("test");
    const std::string text = *redactor.body(v3_page);
    for (const char* gone : {"Environment", "Production", "owner", "joe", "web-01", "\"Test\""}) {
        INFO(gone);
        CHECK(text.find(gone) == std::string::npos);
    }
    const json out = json::parse(text);
    const json& metadata = out["entities"][0]["metadata"];
    CHECK(out["metadata"]["kind"] == "vm");
    CHECK(out["entities"][0]["status"]["state"] == "COMPLETE");
    const json& mapping = metadata["categories_mapping"];
    REQUIRE(mapping.size() == 1);
    const std::string key = mapping.begin().key();
    CHECK(metadata["categories"].contains(key));
    CHECK(mapping[key][0] == metadata["categories"][key]);
}

TEST_CASE("links and requests keep their way through the API, and lead to the same places") {
    const Redactor redactor("test");
    const std::string id = "9b8f8626-ae01-40a3-a38d-6d4c2cc3254c";
    const std::string other = redacted(redactor, json{{"extId", id}}.dump())["extId"];
    CHECK(redactor.target("/api/vmm/v4.3/ahv/config/vms?%24page=0&%24limit=100&%24orderby=extId") ==
          "/api/vmm/v4.3/ahv/config/vms?%24page=0&%24limit=100&%24orderby=extId");
    CHECK(redactor.target("/api/vmm/v4.3/ahv/config/vms/" + id) ==
          "/api/vmm/v4.3/ahv/config/vms/" + other);
    CHECK(redactor.target("/api/vmm/v4.3/ahv/config/vms?$filter=cluster%2FextId%20eq%20'" + id +
                          "'") ==
          "/api/vmm/v4.3/ahv/config/vms?$filter=cluster%2FextId%20eq%20%27" + other + "%27");
    const std::string central =
        "/api/clustermgmt/v4.0/config/clusters?$filter=config/clusterFunction/any(t:t%20eq%20"
        "Clustermgmt.Config.ClusterFunctionRef'PRISM_CENTRAL')";
    CHECK(redactor.target(central) == central);
    // A category's key in a path is what it is in an answer.
    const std::string key =
        redacted(redactor, json{{"name", "Environment"}}.dump())["name"].get<std::string>();
    CHECK(redactor.target("/api/nutanix/v3/categories/Environment/list") ==
          "/api/nutanix/v3/categories/" + key + "/list");
    CHECK(redactor.target("/api/x?name=joe").find("joe") == std::string::npos);
    CHECK(redactor.target("/api/x?$filter=name%20eq%20'it''s%20joe'").find("joe") ==
          std::string::npos);
    const Redactor taught(std::vector<std::string>{"gadgets"});
    CHECK(taught.target("/api/vmm/v4.3/gadgets") == "/api/vmm/v4.3/gadgets");
    CHECK(redactor.target("/api/vmm/v4.3/gadgets") != "/api/vmm/v4.3/gadgets");
}

TEST_CASE("header fields that matter stay, others are replaced") {
    const Redactor redactor("test");
    CHECK(redactor.header("Content-Type", "application/json;charset=UTF-8") ==
          "application/json;charset=UTF-8");
    CHECK(redactor.header("Date", "Mon, 23 Nov 2026 08:15:00 GMT") ==
          "Mon, 23 Nov 2026 08:15:00 GMT");
    CHECK(redactor.header("X-Ntnx-Product", "pc.2024.3.0.1") == "pc.2024.3.0.1");
    CHECK(redactor.header("Retry-After", "7") == "7");
    CHECK(redactor.header("WWW-Authenticate", "Basic realm=\"CORP\"") == "Basic");
    const std::string location =
        redactor.header("Location", "https://sso.corp.example/login?token=abc&next=/api/vmm");
    CHECK(location.substr(0, 8) == "https://");
    CHECK(location.find("corp") == std::string::npos);
    CHECK(location.find("abc") == std::string::npos);
}

TEST_CASE("what is no JSON is not taken") {
    const Redactor redactor("test");
    for (const char* bad :
         {"<html>joe</html>", "{\"name\":\"joe\"", "{\"a\":1}x", "{\"a\":\"\xff\"}"}) {
        CHECK_FALSE(redactor.body(bad));
    }
    // Depth is no danger: nothing calls itself.
    const std::string deep = std::string(100000, '[') + std::string(100000, ']');
    CHECK(redactor.body(deep) == deep);
}
