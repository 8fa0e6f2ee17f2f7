#include "host/cloudforet/status_map.hpp"

#include <grpcpp/support/status.h>

#include <catch2/catch.hpp>

using namespace pf::host;
using namespace pf::host::cloudforet;

TEST_CASE("each failure leaves with the code that CloudForet's client shows best") {
    struct Row {
        Status status;
        Code code;
        const char* details;
    };
    for (const Row& row :
         {Row{{Code::unauthenticated, "ERROR_INVALID_CREDENTIALS", "pc1 rejects the login"},
              Code::unauthenticated,
              "ERROR_INVALID_CREDENTIALS: pc1 rejects the login"},
          {{Code::permission_denied, "ERROR_PRISM_PERMISSION", "x"},
           Code::failed_precondition,
           "ERROR_PRISM_PERMISSION: x"},
          {{Code::unavailable, "ERROR_PRISM_UNREACHABLE", "x"},
           Code::failed_precondition,
           "ERROR_PRISM_UNREACHABLE: x"},
          {{Code::unavailable, "ERROR_TLS", "x"}, Code::failed_precondition, "ERROR_TLS: x"},
          {{Code::deadline_exceeded, "ERROR_RUN_BUDGET", "x"},
           Code::failed_precondition,
           "ERROR_RUN_BUDGET: x"},
          {{Code::invalid_argument, "ERROR_REQUIRED_PARAMETER", "x"},
           Code::invalid_argument,
           "ERROR_REQUIRED_PARAMETER: x"},
          {{Code::failed_precondition, "ERROR_SECRET_ENCRYPTED", "x"},
           Code::failed_precondition,
           "ERROR_SECRET_ENCRYPTED: x"},
          {{Code::aborted, "ERROR_COLLECT_INTERRUPTED", "x"},
           Code::aborted,
           "ERROR_COLLECT_INTERRUPTED: x"},
          {{Code::cancelled, "", "x"}, Code::cancelled, "ERROR_INTERRUPTED: x"},
          {{Code::internal, "", "x"}, Code::internal, "ERROR_INTERNAL: x"},
          {{Code::unknown, "lower", "x"}, Code::unknown, "ERROR_INTERNAL: x"},
          {{Code::data_loss, "ERROR_PRISM_ANSWER", "x"}, Code::data_loss, "ERROR_PRISM_ANSWER: x"},
          {{Code::resource_exhausted, "ERROR_PRISM_RATE_LIMIT", "x"},
           Code::resource_exhausted,
           "ERROR_PRISM_RATE_LIMIT: x"},
          {{Code::not_found, "", "x"}, Code::not_found, "ERROR_NOT_FOUND: x"},
          {{Code::unauthenticated, "", "x"}, Code::unauthenticated, "ERROR_INVALID_CREDENTIALS: x"},
          {{Code::permission_denied, "", "x"},
           Code::failed_precondition,
           "ERROR_PRISM_PERMISSION: x"},
          {{}, Code::ok, ""}}) {
        INFO(row.status.text());
        const WireStatus wire = to_wire(row.status);
        CHECK(wire.code == row.code);
        CHECK(wire.details == row.details);
        CHECK(static_cast<int>(to_grpc(row.status).error_code()) == static_cast<int>(row.code));
    }
}

TEST_CASE("no failure leaves as one that drops its text or is repeated") {
    for (int code = 1; code <= 16; ++code) {
        const Code sent = to_wire({static_cast<Code>(code), "ERROR_X", "x"}).code;
        CHECK(sent != Code::permission_denied);
        CHECK(sent != Code::unavailable);
        CHECK(sent != Code::deadline_exceeded);
        CHECK(sent != Code::ok);
    }
}

TEST_CASE("details are one short line of whole characters") {
    CHECK(to_wire({Code::internal, "ERROR_X", "a\nb\tc"}).details == "ERROR_X: a b c");
    const std::string umlauts = [] {
        std::string text;
        for (int i = 0; i < 5000; ++i) {
            text += "\xc3\xbc";
        }
        return text;
    }();
    const std::string details = to_wire({Code::internal, "ERROR_X", umlauts}).details;
    CHECK(details.size() < 1000);
    CHECK(details.ends_with("\xc3\xbc..."));
    CHECK(to_wire({Code::internal, "ERROR_X", std::string(9000, 'x')}).details.size() <= 2003);
}

TEST_CASE("details are read back") {
    const Status status = from_wire(Code::aborted, "ERROR_COLLECT_INTERRUPTED: cut: by us");
    CHECK(status.code() == Code::aborted);
    CHECK(status.reason() == "ERROR_COLLECT_INTERRUPTED");
    CHECK(status.message() == "cut: by us");
    CHECK(from_wire(Code::unavailable, "Socket closed").reason() == "ERROR_INTERNAL_API");
    CHECK(from_wire(Code::internal, "Error: x").message() == "Error: x");
    CHECK(from_wire(Code::internal, "").message().empty());
    CHECK(from_wire(Code::ok, "x").ok());
}
