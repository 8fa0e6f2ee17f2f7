#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "host/base/call_trace.hpp"

using pf::host::CallTrace;
using pf::host::parse_traceparent;
using pf::host::random_hex;

namespace {

const std::string trace_id = "0af7651916cd43dd8448eb211c80319c";
const std::string span_id = "b7ad6b7169203331";

std::string header(const std::string& version, const std::string& flags) {
    return version + "-" + trace_id + "-" + span_id + "-" + flags;
}

}  // namespace

TEST_CASE("a traceparent gives its trace id and whether it is sampled") {
    for (const auto& [flags, is_sampled] :
         {std::pair<std::string, bool>{"01", true}, {"00", false}, {"ff", true}, {"02", false}}) {
        INFO(flags);
        const auto parent = parse_traceparent(header("00", flags));
        REQUIRE(parent);
        CHECK(parent->trace_id == trace_id);
        CHECK(parent->is_sampled == is_sampled);
    }
}

TEST_CASE("a version to come is read as far as it is known") {
    CHECK(parse_traceparent(header("cc", "01")));
    CHECK(parse_traceparent(header("cc", "01") + "-what-the-future-will-be-like"));
    CHECK_FALSE(parse_traceparent(header("cc", "01") + ".what"));
    CHECK_FALSE(parse_traceparent(header("cc", "01") + "0"));
}

TEST_CASE("a traceparent that is none is ignored") {
    const std::string good = header("00", "01");
    REQUIRE(parse_traceparent(good));
    const std::string zeros(32, '0');
    std::string upper = good;
    upper[4] = 'A';
    for (const std::string& text :
         {std::string(), std::string("00"), good.substr(0, good.size() - 1), good + "-",
          good + "-x", " " + good, good + " ", header("ff", "01"), header("0x", "01"),
          header("00", "0g"), upper, "00-" + zeros + "-" + span_id + "-01",
          "00-" + trace_id + "-" + zeros.substr(16) + "-01", "00_" + good.substr(3),
          good.substr(0, 35) + "_" + good.substr(36), good.substr(0, 52) + "_01",
          std::string(good.size(), '-'), std::string(100000, '0')}) {
        INFO(text.substr(0, 80));
        CHECK_FALSE(parse_traceparent(text));
    }
    // Each place of a good one holds: what is no digit there makes it none.
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string broken = good;
        broken[at] = '\xff';
        INFO(at);
        CHECK_FALSE(parse_traceparent(broken));
    }
}

TEST_CASE("each request of a call is a child of its own in the same trace") {
    CallTrace call{"request-1", parse_traceparent(header("00", "01")), ""};
    std::set<std::string> spans{span_id};
    for (int i = 0; i < 100; ++i) {
        const std::string child = call.child();
        CHECK(child.substr(0, 36) == "00-" + trace_id + "-");
        CHECK(parse_traceparent(child)->is_sampled);
        spans.insert(child.substr(36, 16));
    }
    CHECK(spans.size() == 101);
    call.parent->is_sampled = false;
    CHECK_FALSE(parse_traceparent(call.child())->is_sampled);
    call.parent.reset();
    CHECK(call.child().empty());
}

TEST_CASE("random ids have the length that was asked for") {
    for (const std::size_t bytes : {0, 1, 7, 8, 9, 16, 33}) {
        const std::string text = random_hex(bytes);
        CHECK(text.size() == 2 * bytes);
        CHECK(text.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
}

TEST_CASE("a thread works for the call it was told, and for none without") {
    CHECK(CallTrace::here() == nullptr);
    const auto outer = std::make_shared<const CallTrace>(CallTrace{"outer"});
    {
        const CallTrace::Scope scope(outer);
        CHECK(CallTrace::here() == outer);
        {
            const CallTrace::Scope inner(std::make_shared<const CallTrace>(CallTrace{"inner"}));
            CHECK(CallTrace::here()->request_id == "inner");
            const CallTrace::Scope none(nullptr);
            CHECK(CallTrace::here() == nullptr);
        }
        CHECK(CallTrace::here() == outer);
        std::string seen = "nothing";
        bool is_alone = false;
        std::thread([&, trace = CallTrace::here()] {
            is_alone = CallTrace::here() == nullptr;
            const CallTrace::Scope told(trace);
            seen = CallTrace::here()->request_id;
        }).join();
        CHECK(is_alone);
        CHECK(seen == "outer");
    }
    CHECK(CallTrace::here() == nullptr);
}
