#include "times.hpp"

#include <catch2/catch.hpp>

using management::time_of_count;
using management::whole_seconds;

TEST_CASE("a count since 1970 is a time, whatever its unit") {
    CHECK(time_of_count(1'759'276'800) == "2025-10-01T00:00:00Z");
    CHECK(time_of_count(1'759'276'800'123) == "2025-10-01T00:00:00Z");
    CHECK(time_of_count(1'759'276'800'123'456) == "2025-10-01T00:00:00Z");
    CHECK(time_of_count(1'772'442'946'269'181) == "2026-03-02T09:15:46Z");
}

TEST_CASE("what cannot be a time is none") {
    CHECK(time_of_count(0).empty());
    CHECK(time_of_count(-1'759'276'800).empty());
    CHECK(time_of_count(999'999'999).empty());
}

TEST_CASE("times are told in whole seconds") {
    CHECK(whole_seconds("2026-03-02T09:15:46.269181Z") == "2026-03-02T09:15:46Z");
    CHECK(whole_seconds("2026-03-02T09:15:46Z") == "2026-03-02T09:15:46Z");
    CHECK(whole_seconds("") == "");
}
