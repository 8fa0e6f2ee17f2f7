#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/runtime/request.hpp"

using namespace pf::host;
using namespace pf::host::runtime;
using nlohmann::json;

TEST_CASE("options as forms send them") {
    const auto parsed = parse_options(R"({
        "kinds": "vm, cluster,vm", "exclude_kinds": ["subnet", " "], "clusters": null,
        "external_link": "No", "encoding": "Struct", "page_size": "50", "sessions": 4.0,
        "replicas": "2.0", "requests_per_second": 7.5, "account_id": 12345, "log_level": "WARNING",
        "api_version": "auto"})");
    REQUIRE(parsed.ok());
    CHECK(parsed->kinds == std::vector<std::string>{"vm", "cluster"});
    CHECK(parsed->exclude_kinds == std::vector<std::string>{"subnet"});
    CHECK(parsed->clusters.empty());
    CHECK_FALSE(parsed->external_link);
    CHECK(parsed->struct_encoding);
    CHECK(parsed->page_size == 50);
    CHECK(parsed->sessions == 4);
    CHECK(parsed->replicas == 2);
    CHECK(parsed->requests_per_second == 7.5);
    CHECK(parsed->account_id == "12345");
    CHECK(parsed->log_level == "warn");
    CHECK(json::parse(parsed->json)["page_size"] == "50");
}

TEST_CASE("the generation of the API is a choice of three") {
    using prism::ApiWish;
    const auto wish = [](const json& value) {
        const auto parsed = parse_options(json{{"api_version", value}}.dump());
        INFO(parsed.status().text());
        REQUIRE(parsed.ok());
        return parsed->api_version;
    };
    CHECK(wish("auto") == ApiWish::automatic);
    CHECK(wish(" AUTO ") == ApiWish::automatic);
    CHECK(wish("") == ApiWish::automatic);
    CHECK(wish(nullptr) == ApiWish::automatic);
    CHECK(wish("V4") == ApiWish::v4);
    CHECK(wish(4.0) == ApiWish::v4);
    CHECK(wish("v3") == ApiWish::v3);
    CHECK(wish(3) == ApiWish::v3);
}

TEST_CASE("what modules read is in one form whatever a form made of it") {
    const auto given = [](const char* text) {
        const auto parsed = parse_options(text);
        INFO(parsed.status().text());
        REQUIRE(parsed.ok());
        return json::parse(parsed->json);
    };
    const json texts = given(
        R"({"categories": "Env:Prod, App:a:b", "power_state": "running,off", "detail": "no"})");
    CHECK(texts["categories"] == json({"Env:Prod", "App:a:b"}));
    CHECK(texts["power_state"] == json({"ON", "OFF"}));
    CHECK(texts["detail"] == false);
    const json lists =
        given(R"({"categories": ["Env:Prod"], "power_state": ["PAUSED", "suspended"]})");
    CHECK(lists["categories"] == json({"Env:Prod"}));
    CHECK(lists["power_state"] == json({"PAUSED", "SUSPENDED"}));
    CHECK_FALSE(lists.contains("detail"));
    for (const char* text :
         {R"({"categories": ["Env"]})", R"({"categories": [":Prod"]})",
          R"({"categories": ["Env:"]})", R"({"power_state": "up"})", R"({"detail": "perhaps"})"}) {
        INFO(text);
        CHECK(parse_options(text).status().code() == Code::invalid_argument);
    }
}

TEST_CASE("sites are places on the map") {
    const auto parsed = parse_options(R"({"sites": {
        "berlin": {"latitude": 52.52, "longitude": "13.405", "continent": "Europe"},
        "prism-central": {"continent": "africa"}, "x": {"latitude": "", "longitude": null}}})");
    INFO(parsed.status().text());
    REQUIRE(parsed.ok());
    CHECK(parsed->sites.at("berlin").latitude == "52.52");
    CHECK(parsed->sites.at("berlin").longitude == "13.405");
    CHECK(parsed->sites.at("berlin").continent == "europe");
    CHECK(parsed->sites.at("prism-central").latitude.empty());
    CHECK(parsed->sites.at("x").continent.empty());
    CHECK(parse_options(R"({"sites": "{\"a\": {\"continent\": \"europe\"}}"})").ok());
    CHECK(parse_options(R"({"sites": {"a": {"latitud": 1}}})")
              .status()
              .message()
              .find("did you mean 'latitude'?") != std::string::npos);
    for (const char* text :
         {R"({"sites": []})", R"({"sites": {"a": 1}})", R"({"sites": {"a": {"latitude": 1}}})",
          R"({"sites": {"a": {"latitude": 91, "longitude": 0}}})", R"({"sites": "nowhere"})",
          R"({"sites": {"a": {"continent": "atlantis"}}})"}) {
        INFO(text);
        CHECK(parse_options(text).status().code() == Code::invalid_argument);
    }
}

TEST_CASE("the form offers the kinds there are, and saves those that are on") {
    const json schema = json::parse(options_schema({{"vm", true}, {"disk", false}}));
    CHECK(schema["properties"]["kinds"]["items"]["enum"] == json({"vm", "disk"}));
    CHECK(schema["properties"]["kinds"]["default"] == json({"vm"}));
    CHECK(schema["properties"]["exclude_kinds"]["items"]["enum"] == json({"vm", "disk"}));
}

TEST_CASE("no options are the defaults") {
    for (const char* text :
         {"", "  ", "{}", R"({"kinds": null, "page_size": "", "encoding": " "})"}) {
        const auto parsed = parse_options(text);
        REQUIRE(parsed.ok());
        CHECK(parsed->kinds.empty());
        CHECK(parsed->external_link);
        CHECK(parsed->requests_per_second == 20.0);
        CHECK(json::parse(parsed->json).is_object());
    }
}

TEST_CASE("a wrong option is one clear error") {
    const auto refusal = [](const char* text) { return parse_options(text).status(); };
    CHECK(
        refusal(R"({"page_sise": 1})").text() ==
        "ERROR_INVALID_PARAMETER: Parameter is invalid. (key = options.page_sise, reason = no such "
        "option; did you mean 'page_size'?)");
    CHECK(refusal(R"({"zzz": 1})").message().find("did you mean") == std::string::npos);
    for (const char* text :
         {R"({"page_size": 101})", R"({"page_size": -1})", R"({"page_size": 1.5})",
          R"({"sessions": 0})", R"({"external_link": "perhaps"})", R"({"kinds": [1]})",
          R"({"kinds": {"vm": 1}})", R"({"encoding": "xml"})", R"({"api_version": "v2"})",
          R"({"api_version": []})", R"({"log_level": "loud"})", R"({"requests_per_second": "nan"})",
          "[1]", "nonsense"}) {
        INFO(text);
        CHECK(refusal(text).code() == Code::invalid_argument);
    }
}

TEST_CASE("the schema of the options offers what the parser takes") {
    const json schema = json::parse(options_schema());
    CHECK(schema["type"] == "object");
    CHECK(schema["order"].size() == schema["properties"].size());
    json defaults = json::object();
    for (const auto& [name, form] : schema["properties"].items()) {
        INFO(name);
        CHECK(form["title"].is_string());
        CHECK(form["description"].is_string());
        if (form.contains("default")) {
            defaults[name] = form["default"];
        }
        for (const json& choice : form.value("enum", json::array())) {
            CHECK(parse_options(json{{name, choice}}.dump()).ok());
        }
    }
    const auto parsed = parse_options(defaults.dump());
    REQUIRE(parsed.ok());
    const Options usual;
    CHECK(parsed->sessions == usual.sessions);
    CHECK(parsed->page_size == usual.page_size);
    CHECK(parsed->replicas == usual.replicas);
    CHECK(parsed->requests_per_second == usual.requests_per_second);
    CHECK(parsed->struct_encoding == usual.struct_encoding);
}
