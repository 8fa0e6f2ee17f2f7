#include "host/cloudforet/call_identity.hpp"

#include <catch2/catch.hpp>

using pf::host::CallTrace;
using pf::host::cloudforet::CallMetadata;
using pf::host::cloudforet::identify;

namespace {

const char* const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

}  // namespace

TEST_CASE("a call without any metadata gets an id of its own and no trace") {
    const CallTrace one = identify({});
    const CallTrace other = identify({{"token", "NO_TOKEN"}});
    CHECK(one.request_id.size() == 32);
    CHECK(one.request_id != other.request_id);
    CHECK_FALSE(one.parent);
    CHECK(one.child().empty());
}

TEST_CASE("a caller's request id is kept when it is one word") {
    CHECK(identify({{"x-request-id", "req-1:a_B.9"}}).request_id == "req-1:a_B.9");
    CHECK(identify({{"x_request_id", "req-2"}}).request_id == "req-2");
    CHECK(identify({{"x-request-id", "req-1"}, {"x_request_id", "req-2"}}).request_id == "req-1");
    const std::string longest(128, 'a');
    CHECK(identify({{"x-request-id", longest}}).request_id == longest);
    const std::string longer(129, 'a');
    for (const std::string& odd : {std::string(), std::string("two words"), std::string("a\nb"),
                                   std::string("a=1"), std::string("\xc3\xa9"), longer}) {
        INFO(odd);
        const std::string made = identify({{"x-request-id", odd}}).request_id;
        CHECK(made != odd);
        CHECK(made.size() == 32);
    }
    CHECK(identify({{"x-request-id", "a"}, {"x-request-id", "b"}}).request_id.size() == 32);
}

TEST_CASE("the caller's trace goes on with its state") {
    const CallTrace trace =
        identify({{"traceparent", parent}, {"tracestate", "a=1"}, {"tracestate", "b=2"}});
    REQUIRE(trace.parent);
    CHECK(trace.parent->trace_id == "0af7651916cd43dd8448eb211c80319c");
    CHECK(trace.state == "a=1,b=2");
}

TEST_CASE("a trace that cannot be told is ignored, and its state with it") {
    const CallTrace broken = identify({{"traceparent", "00-x"}, {"tracestate", "a=1"}});
    CHECK_FALSE(broken.parent);
    CHECK(broken.state.empty());
    CHECK(broken.request_id.size() == 32);
    CHECK_FALSE(identify({{"traceparent", parent}, {"traceparent", parent}}).parent);
    CHECK_FALSE(identify({{"tracestate", "a=1"}}).parent);
}

TEST_CASE("a state that is too long or could break a header is left behind") {
    const std::string longest(511, 'a');
    CHECK(identify({{"traceparent", parent}, {"tracestate", longest}}).state == longest);
    const std::string longer(512, 'a');
    for (const std::string& odd : {longer, std::string("a=1\r\nX: y"), std::string("a=\x80")}) {
        const CallTrace trace = identify({{"traceparent", parent}, {"tracestate", odd}});
        CHECK(trace.parent);
        CHECK(trace.state.empty());
    }
}
