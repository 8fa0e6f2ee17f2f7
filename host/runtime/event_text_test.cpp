#include "host/runtime/event_text.hpp"

#include <catch2/catch.hpp>

#include "host/runtime/events_source.hpp"

namespace pf::host::runtime {
namespace {

TEST_CASE("times of each form are read as the same instant", "[event_text]") {
    constexpr std::int64_t at = 1'795'335'300'000;  // 2026-11-22T08:15:00Z
    for (const char* text :
         {"2026-11-22T08:15:00Z", "2026-11-22T08:15:00.000000Z", "2026-11-22T09:15:00+01:00",
          "2026-11-22T03:15:00-0500", "2026-11-22 08:15:00", "1795335300", "1795335300000",
          "1795335300000000"}) {
        INFO(text);
        CHECK(read_time(text) == at);
    }
    CHECK(read_time("2026-11-22T08:15:00.25Z") == at + 250);
    CHECK(iso_time(*read_time("253402300799999999")) == "9999-12-31T23:59:59.999Z");
    CHECK(read_time("1970-01-01T00:00:00.001Z") == 1);
    CHECK(iso_time(at + 250) == "2026-11-22T08:15:00.250Z");
    CHECK(iso_time(at) == "2026-11-22T08:15:00Z");
}

TEST_CASE("what is no time is none", "[event_text]") {
    for (const char* text :
         {"", "yesterday", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-22T25:00:00Z",
          "2026-11-22T08:15:00+1", "-5", "0", "99999999999999999999999", "9223372036854775807",
          "253402300800000000", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
          "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-00:01",
          "2026-11-22", "2026-11-22T08:15:00X"}) {
        INFO(text);
        CHECK_FALSE(read_time(text));
    }
}

TEST_CASE("an occurrence as JSON leaves out what is not said", "[event_text]") {
    Occurrence one;
    one.event_key = "k";
    one.title = "\"quoted\"";
    one.additional_info = {{"state", "open"}};
    CHECK(to_json(one) ==
          R"({"event_key":"k","event_type":"ALERT","severity":"NOT_AVAILABLE",)"
          R"("title":"\"quoted\"","provider":"nutanix","additional_info":{"state":"open"}})");
}

}  // namespace
}  // namespace pf::host::runtime
