#include "usage.hpp"

#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

using namespace storage;

namespace {

Usage usage_of(const std::string& text) {
    const pf::testing::Document document(text);
    return newest_usage(pf::Value(pf::testing::document_reader(), document.root()));
}

}  // namespace

TEST_CASE("the newest value counts, in whatever order they come") {
    const Usage usage = usage_of(R"({"storageUsageBytes":[
        {"timestamp":"2026-11-23T10:00:00Z","value":1},{"timestamp":"2026-11-23T10:10:00Z","value":3},
        {"timestamp":"2026-11-23T10:05:00Z","value":2}]})");
    CHECK(usage.used == 3);
    CHECK_FALSE(usage.free);
    CHECK_FALSE(usage.capacity);
}

TEST_CASE("what was not measured is not there") {
    CHECK_FALSE(usage_of("{}").is_known());
    CHECK_FALSE(usage_of(R"({"storageUsageBytes":[]})").is_known());
    CHECK_FALSE(usage_of(R"({"storageUsageBytes":7})").is_known());
    CHECK_FALSE(usage_of(R"({"storageUsageBytes":[{"timestamp":"t","value":-1}]})").is_known());
    CHECK_FALSE(usage_of(R"({"storageUsageBytes":[{"timestamp":"t","value":null}]})").is_known());
    CHECK(usage_of(R"({"storageUsageBytes":[{"value":5}]})").used == 5);
}

TEST_CASE("used and free follow from each other") {
    Usage usage{1000, std::nullopt, 300};
    complete(usage);
    CHECK(usage.used == 700);
    usage = {1000, 400, std::nullopt};
    complete(usage);
    CHECK(usage.free == 600);
    usage = {1000, std::nullopt, 1001};  // more free than there is: nothing follows
    complete(usage);
    CHECK_FALSE(usage.used);
    usage = {std::nullopt, 1, std::nullopt};
    complete(usage);
    CHECK_FALSE(usage.free);
}

TEST_CASE("bytes go out in steps of 1 % of the capacity") {
    CHECK(in_steps(0, 1000) == 0);
    CHECK(in_steps(9, 1000) == 0);
    CHECK(in_steps(10, 1000) == 10);
    CHECK(in_steps(559, 1000) == 550);
    CHECK(in_steps(559, 50) == 559);
    CHECK(in_steps(3'221'225'473, 0) == 3'221'225'472);
}
