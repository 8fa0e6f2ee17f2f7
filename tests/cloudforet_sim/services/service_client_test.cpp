// The host's client of CloudForet's services against the fake ones.
#include "host/cloudforet/client/service_client.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cloudforet/client/token_claims.hpp"
#include "tests/cloudforet_sim/services/services.hpp"

namespace {

using nlohmann::json;
using pf::cloudforet_sim::Services;
using pf::host::Code;
using pf::host::Result;
using pf::host::Secret;
using pf::host::cloudforet::read_token;
using pf::host::cloudforet::ServiceAccess;
using pf::host::cloudforet::ServiceCall;
using pf::host::cloudforet::ServiceClient;

constexpr int unavailable = 14;

ServiceAccess access(Services& cloudforet, const std::string& token) {
    ServiceAccess access;
    access.identity = "grpc://" + cloudforet.address("identity");
    access.token = Secret(token);
    access.pause = std::chrono::milliseconds(1);
    return access;
}

ServiceCall create_provider(const json& more = json::object()) {
    json request = {{"provider", "nutanix"}, {"name", "Nutanix"}};
    request.update(more);
    return {"spaceone.api.identity.v2.Provider", "create", request.dump(),
            "a domain administrator's token"};
}

ServiceCall list_providers() { return {"spaceone.api.identity.v2.Provider", "list", "", ""}; }

// What went wrong, for REQUIRE to show.
std::string failure(const Result<std::string>& answer) { return answer.status().text(); }

struct Fixture {
    Services cloudforet;
    std::string token = cloudforet.tokens().issue({});
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a service is called by JSON and answers in JSON", "[client]") {
    ServiceClient client(access(cloudforet, token));
    const auto made = client.call(create_provider({{"color", "#024DA1"}, {"order", 5}}));
    REQUIRE(failure(made) == "OK");
    CHECK(json::parse(*made)["domain_id"] == "domain-1");
    const auto listed = client.call(list_providers());
    REQUIRE(failure(listed) == "OK");
    CHECK(json::parse(*listed)["results"][0]["color"] == "#024DA1");
    CHECK(json::parse(*listed)["total_count"] == 1);
}

TEST_CASE_METHOD(Fixture, "addresses of other services are learned from identity", "[client]") {
    ServiceClient client(access(cloudforet, token));
    const ServiceCall list{"spaceone.api.dashboard.v1.PublicDashboard", "list", "", ""};
    REQUIRE(failure(client.call(list)) == "OK");
    REQUIRE(failure(client.call(list)) == "OK");
    CHECK(cloudforet.calls("identity.Endpoint.list") == 1);

    cloudforet.hide("repository");
    ServiceClient second(access(cloudforet, token));
    const ServiceCall plugins{"spaceone.api.repository.v1.Plugin", "list", "", ""};
    const auto unknown = second.call(plugins);
    REQUIRE_FALSE(unknown.ok());
    CHECK(unknown.status().reason() == "ERROR_CLOUDFORET_ENDPOINT");
    CHECK(unknown.status().message().find("cloudforet.endpoints.repository") != std::string::npos);

    ServiceAccess named = access(cloudforet, token);
    named.endpoints["repository"] = cloudforet.address("repository");
    CHECK(ServiceClient(std::move(named)).call(plugins).ok());
}

TEST_CASE("without an address of identity nothing is asked", "[client]") {
    const auto answer = ServiceClient({}).call(list_providers());
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.status().reason() == "ERROR_CLOUDFORET_ENDPOINT");
    CHECK(answer.status().message().find("--identity") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "tokens that are not accepted are told apart", "[client]") {
    const auto refusal_for = [this](const std::string& with) {
        const auto answer = ServiceClient(access(cloudforet, with)).call(list_providers());
        REQUIRE_FALSE(answer.ok());
        CHECK(answer.status().reason() == "ERROR_CLOUDFORET_TOKEN");
        CHECK(answer.status().code() == Code::unauthenticated);
        CHECK(answer.status().message().find("; ") != std::string::npos);
        return answer.status().message();
    };
    CHECK(refusal_for("").find("needs a token; give cloudforet.token_file") != std::string::npos);
    CHECK(refusal_for(cloudforet.tokens().issue({.lifetime_s = -60}))
              .find("the token expired on 2") != std::string::npos);
    cloudforet.tokens().revoke(token);
    const std::string revoked = refusal_for(token);
    CHECK(revoked.find("does not accept the token") != std::string::npos);
    CHECK(revoked.find(token) == std::string::npos);
}

TEST_CASE_METHOD(Fixture, "a missing role is told with the role that it takes", "[client]") {
    const std::string weak = cloudforet.tokens().issue(
        {.owner = "USER", .role = "WORKSPACE_MEMBER", .workspace_id = "workspace-7"});
    const auto answer = ServiceClient(access(cloudforet, weak)).call(create_provider());
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.status().reason() == "ERROR_CLOUDFORET_PERMISSION");
    const std::string text = answer.status().message();
    CHECK(text.find("identity.Provider.create") != std::string::npos);
    CHECK(text.find("WORKSPACE_MEMBER (USER), of workspace workspace-7") != std::string::npos);
    CHECK(text.find("; it takes a domain administrator's token") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "a taken name, a bad value, and what is not there", "[client]") {
    ServiceClient client(access(cloudforet, token));
    REQUIRE(client.call(create_provider()).ok());
    CHECK(client.call(create_provider()).status().reason() == "ERROR_CLOUDFORET_NAME_TAKEN");
    const auto bad = client.call(create_provider({{"provider", "other"}, {"color", "blue"}}));
    CHECK(bad.status().reason() == "ERROR_CLOUDFORET_REFUSED");
    CHECK(bad.status().message().find("key = color") != std::string::npos);
    const auto missing =
        client.call({"spaceone.api.identity.v2.Provider", "get", R"({"provider": "x"})", ""});
    CHECK(missing.status().reason() == "ERROR_CLOUDFORET_NOT_FOUND");
    CHECK(missing.status().code() == Code::not_found);
}

TEST_CASE_METHOD(Fixture, "a field or a method that this CloudForet does not have", "[client]") {
    ServiceClient client(access(cloudforet, token));
    const auto field = client.call(create_provider({{"colour", "#024DA1"}}));
    CHECK(field.status().reason() == "ERROR_CLOUDFORET_VERSION");
    CHECK(field.status().message().find("colour") != std::string::npos);
    const auto method = client.call({"spaceone.api.identity.v2.Provider", "paint", "", ""});
    CHECK(method.status().reason() == "ERROR_CLOUDFORET_VERSION");
    CHECK(cloudforet.changes() == 0);
}

TEST_CASE_METHOD(Fixture, "reading is repeated while a service is down, within bounds",
                 "[client]") {
    ServiceClient client(access(cloudforet, token));
    cloudforet.fail("identity.Provider.list", unavailable, "Socket closed", 2);
    CHECK(client.call(list_providers()).ok());
    CHECK(cloudforet.calls("identity.Provider.list") == 3);

    cloudforet.fail("identity.Provider.list", unavailable, "Socket closed", 100);
    const auto down = client.call(list_providers());
    REQUIRE_FALSE(down.ok());
    CHECK(down.status().reason() == "ERROR_CLOUDFORET_UNAVAILABLE");
    CHECK(down.status().message().find("asked 4 times") != std::string::npos);
    CHECK(cloudforet.calls("identity.Provider.list") == 7);
}

TEST_CASE_METHOD(Fixture, "what changes something is sent once", "[client]") {
    ServiceClient client(access(cloudforet, token));
    cloudforet.fail("identity.Provider.create", unavailable, "Socket closed", 1);
    CHECK(client.call(create_provider()).status().reason() == "ERROR_CLOUDFORET_UNAVAILABLE");
    CHECK(cloudforet.calls("identity.Provider.create") == 1);
}

TEST_CASE_METHOD(Fixture, "a server that is gone is named, with what to do", "[client]") {
    ServiceClient client(access(cloudforet, token));
    REQUIRE(client.call(list_providers()).ok());
    const std::string address = cloudforet.address("repository");
    cloudforet.stop("repository");
    const auto gone = client.call({"spaceone.api.repository.v1.Plugin", "list", "", ""});
    REQUIRE_FALSE(gone.ok());
    CHECK(gone.status().reason() == "ERROR_CLOUDFORET_UNAVAILABLE");
    CHECK(gone.status().message().find(address) != std::string::npos);
    CHECK(gone.status().message().find("; see that the service runs") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "a stop ends the waiting between attempts", "[client]") {
    ServiceAccess patient = access(cloudforet, token);
    patient.pause = std::chrono::hours(1);
    ServiceClient client(std::move(patient));
    cloudforet.fail("identity.Provider.list", unavailable, "Socket closed", 100);
    const pf::host::StopSource soon(pf::host::Clock::now() + std::chrono::seconds(1));
    const auto ended = client.call(list_providers(), soon.stop());
    REQUIRE_FALSE(ended.ok());
    CHECK(ended.status().code() == Code::deadline_exceeded);
}

TEST_CASE_METHOD(Fixture, "get_data takes no token, and a user's secrets take a user's",
                 "[client]") {
    ServiceClient client(access(cloudforet, token));
    const auto made =
        client.call({"spaceone.api.secret.v1.Secret", "create",
                     R"({"name": "s", "data": {"a": 1}, "resource_group": "DOMAIN"})", ""});
    REQUIRE(failure(made) == "OK");
    const std::string id = json::parse(*made)["secret_id"];
    const auto data = ServiceClient(access(cloudforet, ""))
                          .call({"spaceone.api.secret.v1.Secret", "get_data",
                                 json{{"secret_id", id}, {"domain_id", "domain-1"}}.dump(), ""});
    REQUIRE(data.ok());
    CHECK(json::parse(*data)["data"]["a"] == 1);
    const auto own = client.call({"spaceone.api.user_secret.v1.UserSecret", "create",
                                  R"({"name": "s", "data": {}})", "a user's own token"});
    CHECK(own.status().reason() == "ERROR_CLOUDFORET_PERMISSION");
}

TEST_CASE("claims are read from tokens and from nothing else", "[client]") {
    pf::cloudforet_sim::Tokens tokens;
    const auto claims =
        read_token(tokens.issue({.role = "WORKSPACE_OWNER", .workspace_id = "w-1"}));
    REQUIRE(claims);
    CHECK(claims->role == "WORKSPACE_OWNER");
    CHECK(claims->workspace_id == "w-1");
    CHECK(claims->domain_id == "domain-1");
    CHECK(claims->expires_at > 1'700'000'000);
    for (const char* text : {"", "a.b", "a.b.c", "..", "e30", "a.W10.c", "a.!!.c"}) {
        CHECK_FALSE(read_token(text));
    }
    const auto empty = read_token("a.e30.c");
    REQUIRE(empty);
    CHECK(empty->description() == "of unknown kind");
}
