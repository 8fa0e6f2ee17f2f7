#include "host/prism/answer.hpp"

#include <catch2/catch.hpp>

using namespace pf::host;
using namespace pf::host::prism;

namespace {

RawAnswer of(int http) {
    RawAnswer answer;
    answer.http = http;
    return answer;
}

}  // namespace

TEST_CASE("a v4 error gives Prism's message, code and group") {
    const PrismError error = parse_error(
        "application/json",
        R"({"data":{"error":[{"message":"Request rate limit exceeded.","code":"VMM-40000",
            "errorGroup":"RATE_LIMIT_EXCEEDED","severity":"ERROR"}]}})");
    CHECK(error.message == "Request rate limit exceeded.");
    CHECK(error.code == "VMM-40000");
    CHECK(error.group == "RATE_LIMIT_EXCEEDED");
}

TEST_CASE("a v4 validation error names the attribute") {
    const PrismError error =
        parse_error("application/json",
                    R"({"data":{"error":{"error":"Bad Request","validationErrorMessages":[
            {"message":"limit above maximum","attributePath":"$limit"}]}}})");
    CHECK(error.message == "$limit: limit above maximum");
}

TEST_CASE("a v3 error gives its message list") {
    const PrismError error =
        parse_error("application/json",
                    R"({"state":"ERROR","code":403,"message_list":[{"message":"No permission.",
            "reason":"ACCESS_DENIED"}],"api_version":"3.1"})");
    CHECK(error.message == "No permission.");
    CHECK(error.group == "ACCESS_DENIED");
}

TEST_CASE("a rate limit is recognised wherever an error envelope says it") {
    const std::string other = R"({"message":"m","errorGroup":"BAD_REQUEST"},)";
    for (const std::string& body :
         {R"({"data":{"error":[)" + other + other + other + other +
              R"({"message":"slow","errorGroup":"RATE_LIMIT_EXCEEDED"}]}})",
          std::string(R"({"data":{"error":{"message":"slow","errorGroup":"RATE_LIMIT_ERROR"}}})"),
          std::string(R"({"state":"ERROR","message_list":[{"message":"a","reason":"INTERNAL"},
                         {"message":"b","reason":"RATE_LIMIT_EXCEEDED"}]})"),
          std::string(R"({"status":{"state":"ERROR","message_list":[
                         {"message":"b","reason":"RATE_LIMIT_EXCEEDED"}]}})"),
          std::string(R"({"entities":[{"status":{"message_list":[
                         {"reason":"OBJECTS_RATE_LIMIT_ERROR"}]}}]})"),
          std::string(R"({"code":"RATE_LIMIT_EXCEEDED"})")}) {
        INFO(body);
        const PrismError error = parse_error("application/json", body);
        CHECK_THAT(error.group, Catch::Contains("RATE_LIMIT"));
        CHECK(failure_of(of(400), error, "/x").reason() == "ERROR_PRISM_RATE_LIMIT");
    }
    // What people write is not what Prism says.
    const PrismError named = parse_error(
        "application/json", R"({"data":{"error":[{"message":"RATE_LIMIT_EXCEEDED is no name"}]}})");
    CHECK(failure_of(of(400), named, "/x").reason() == "ERROR_PRISM_REQUEST");
}

TEST_CASE("odd error bodies are shown briefly and never trusted") {
    CHECK(parse_error("", "").message.empty());
    CHECK(parse_error("text/html", "<html>\n\x1b[2JBad   Gateway").message ==
          "text/html: <html> [2JBad Gateway");
    CHECK(parse_error("application/json", "{\"data\":").message == "application/json: {\"data\":");
    CHECK(parse_error("application/json", R"({"data":{"error":[1,null,{"message":5}]}})").message ==
          "5");
    CHECK(parse_error("application/json", "[]").message.empty());
    const std::string deep(60'000, '[');
    CHECK(parse_error("application/json", deep).message.size() < 200);
    const std::string lots =
        R"({"message_list":[{"message":")" + std::string(50'000, 'x') + "\"}]}";
    CHECK(parse_error("application/json", lots).message.size() < 400);
}

TEST_CASE("only what can be JSON is taken as an answer") {
    CHECK(check_json("application/json", " \n{\"data\":[]}").ok());
    CHECK(check_json("", "[1]").ok());
    const Status html = check_json("text/html; charset=utf-8", "<html><title>Login</title>");
    CHECK(html.code() == Code::data_loss);
    CHECK(html.reason() == "ERROR_PRISM_ANSWER");
    CHECK_THAT(html.message(), Catch::Contains("<html><title>Login</title>"));
    CHECK_THAT(html.message(), Catch::Contains("Prism Central?"));
    CHECK_FALSE(check_json("Text/HTML", "{}").ok());
    CHECK_FALSE(check_json("application/json", "").ok());
    CHECK_FALSE(check_json("application/json", "\xef\xbb\xbf{}").ok());
    CHECK_FALSE(check_json("application/json", "hello").ok());
}

TEST_CASE("each HTTP status has its code, and the message has no query") {
    const PrismError none;
    const auto status = [&](int http) {
        return failure_of(of(http), none, "/api/vmm/v4.2/ahv/config/vms?$page=0");
    };
    CHECK(status(403).code() == Code::permission_denied);
    CHECK(status(403).reason() == "ERROR_PRISM_PERMISSION");
    CHECK_THAT(status(403).message(), Catch::Contains("Prism Viewer"));
    CHECK_THAT(status(403).message(), Catch::Contains("/api/vmm/v4.2/ahv/config/vms:"));
    CHECK(status(404).reason() == "ERROR_PRISM_NOT_FOUND");
    CHECK(status(400).reason() == "ERROR_PRISM_REQUEST");
    CHECK(status(429).reason() == "ERROR_PRISM_RATE_LIMIT");
    CHECK(status(503).reason() == "ERROR_PRISM_UNAVAILABLE");
    CHECK(status(408).code() == Code::unavailable);
    PrismError limited;
    limited.group = "RATE_LIMIT_EXCEEDED";
    CHECK(failure_of(of(400), limited, "/x").code() == Code::resource_exhausted);
    RawAnswer moved = of(302);
    moved.location = "https://elsewhere/login";
    CHECK_THAT(failure_of(moved, none, "/x").message(),
               Catch::Contains("redirects to https://elsewhere/login"));
}

TEST_CASE("a version that is not supported counts as not found, other versions in a text do not") {
    PrismError error;
    error.group = "UNSUPPORTED_VERSION";
    CHECK(failure_of(of(400), error, "/x").code() == Code::not_found);
    CHECK(failure_of(of(503), error, "/x").code() == Code::unavailable);
    error.group = "";
    error.message = "API version v4.2 is not supported.";
    CHECK(failure_of(of(406), error, "/x").code() == Code::not_found);
    error.message = "The hypervisor version is not supported.";
    CHECK(failure_of(of(400), error, "/x").code() == Code::invalid_argument);
}

TEST_CASE("an error of v3 may hide in an answer with HTTP 200") {
    const auto within = [](const char* body) {
        return status_within("/api/nutanix/v3/vms/list", body);
    };
    CHECK(within(R"({"state":"ERROR","code":403,"message_list":[]})") == 403);
    CHECK(within(R"({"state":"ERROR"})") == 500);
    CHECK(within(R"({"state":"ERROR","code":"x"})") == 500);
    CHECK(within(R"({"status":{"state":"ERROR","code":422}})") == 422);
    CHECK(within(R"({"status":{"state":"ERROR"},"metadata":{"uuid":"a"}})") == 0);
    CHECK(within(R"({"entities":[{"status":{"state":"ERROR"}}],"metadata":{}})") == 0);
    CHECK(within(R"({"state":"ERROR")") == 0);
    CHECK(within("[]") == 0);
    CHECK(status_within("/api/vmm/v4.3/ahv/config/vms", R"({"state":"ERROR"})") == 0);
}
