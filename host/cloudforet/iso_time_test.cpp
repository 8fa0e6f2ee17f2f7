#include "host/cloudforet/iso_time.hpp"

#include <catch2/catch.hpp>

using namespace pf::host::cloudforet;

TEST_CASE("times of requests, in every form that callers write") {
    constexpr std::int64_t noon = 1772280000;  // 2026-02-28T12:00:00Z
    for (const char* const text :
         {"2026-02-28T12:00:00Z", "2026-02-28T12:00:00.000Z", "2026-02-28 12:00:00",
          "2026-02-28T12:00", "2026-02-28t21:00:00+09:00", "2026-02-28T21:00:00.999999+0900",
          "2026-02-28T07:30:00-04:30", "2026-02-28T13:00:00+01"}) {
        INFO(text);
        CHECK(parse_iso_time(text) == noon);
    }
    CHECK(parse_iso_time("2026-02-28") == noon - 12 * 3600);
    CHECK(parse_iso_time("1970-01-01T00:00:00Z") == 0);
    CHECK(iso_time(noon) == "2026-02-28T12:00:00Z");
    CHECK(iso_time(0) == "1970-01-01T00:00:00Z");
    CHECK(iso_time(-1) == "1969-12-31T23:59:59Z");
}

TEST_CASE("what is no time is none") {
    for (const char* const text :
         {"", "yesterday", "1772280000", "2026-02-29", "2026-13-01", "2026-02-28T",
          "2026-02-28T24:00", "2026-02-28T12", "2026-02-28T12:60", "2026-02-28T12:00:00.Z",
          "2026-02-28T12:00:00+99:00", "2026-02-28T12:00:00Zz", "2026-02-28T12:00:00 UTC",
          "2026/02/28", "-026-02-28", "2026-02-28T12:00:00+", "0000-01-01"}) {
        INFO(text);
        CHECK_FALSE(parse_iso_time(text).has_value());
    }
}
