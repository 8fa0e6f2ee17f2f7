#include "samples.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "prismforet/testing/document.hpp"

namespace monitoring {
namespace {

TEST_CASE("times of Prism are read, with fractions and zones") {
    CHECK(parse_time("1970-01-01T00:00:00Z") == 0);
    CHECK(parse_time("2026-11-23T10:00:30.123456Z") == 1795428030);
    CHECK(parse_time("2026-11-23T19:00:30+09:00") == 1795428030);
    CHECK(parse_time("2026-11-23T05:30:30-04:30") == 1795428030);
    for (const char* wrong :
         {"", "2026-11-23", "2026-11-23T10:00:30", "2026-13-23T10:00:30Z", "2026-02-30T10:00:30Z",
          "2026-11-23T24:00:30Z", "2026-11-23T10:00:30.Z", "2026-11-23T10:00:30+9:00",
          "2026-11-23T10:00:3xZ"}) {
        CHECK_FALSE(parse_time(wrong).has_value());
    }
}

}  // namespace
}  // namespace monitoring
