#include "extent.hpp"

#include <catch2/catch.hpp>

namespace monitoring {
namespace {

TEST_CASE("the extent of an answer is that of all its entities") {
    Extent answer;
    CHECK_FALSE(answer.reaches(1'000'000));
    CHECK(answer.slots(60) == 0);
    answer.add({});
    answer.add({{600, 1}, {540, 1}});
    answer.add({{600, 1}, {480, 1}, {540, 1}});
    CHECK(answer.samples == 5);
    CHECK(answer.longest == 3);
    CHECK(answer.oldest == 480);
    CHECK(answer.newest == 600);
    CHECK(answer.reaches(480));
    CHECK_FALSE(answer.reaches(479));
    CHECK(answer.slots(60) == 3);
}

TEST_CASE("samples that come twice or are missing make an answer cover no more") {
    Extent twice;
    twice.add({{600, 1}, {600, 1}, {540, 1}, {540, 1}});
    CHECK(twice.slots(60) == 2);
    Extent sparse;
    sparse.add({{6'000, 1}, {600, 1}});
    CHECK(sparse.slots(60) == 2);
}

TEST_CASE("an answer is within another that holds as much in all and of one entity") {
    Extent whole;
    whole.add({{600, 1}, {540, 1}});
    whole.add({{600, 1}, {540, 1}});
    Extent one;
    one.add({{600, 1}, {540, 1}});
    CHECK(one.is_within(whole));
    CHECK(whole.is_within(whole));
    one.add({{600, 1}});
    one.add({{600, 1}});
    one.add({{600, 1}});
    CHECK_FALSE(one.is_within(whole));  // five samples
    Extent longer;
    longer.add({{600, 1}, {540, 1}, {480, 1}});
    CHECK_FALSE(longer.is_within(whole));  // three of one
    CHECK(longer.is_within(larger(whole, longer)));
    CHECK(whole.is_within(larger(whole, longer)));
}

}  // namespace
}  // namespace monitoring
