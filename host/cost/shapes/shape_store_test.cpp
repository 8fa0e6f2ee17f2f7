#include "host/cost/shapes/shape_store.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <tuple>

namespace {

using namespace pf::host;
using cost::Shape;
using cost::ShapeField;
using cost::ShapeStore;

using Random = std::mt19937_64;

std::string uuid(Random& random) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text = "00000000-0000-0000-0000-000000000000";
    for (char& byte : text) {
        byte = byte == '-' ? '-' : digits[random() % 16];
    }
    return text;
}

// A machine as they are: two disks, three categories, a name of its own.
Shape machine(Random& random, int number) {
    Shape shape;
    shape.id = uuid(random);
    shape.account = "9d7f2f2e-4a33-4a9a-8d5c-0b9a4c1e7a11";
    shape.kind = "vm";
    shape.product = "AHV";
    shape.name = "machine-" + std::to_string(number);
    shape.region = "00061f7f-44f7-19dc-0000-000000000a0" + std::to_string(number % 8);
    shape.text(ShapeField::cluster) = shape.region;
    shape.text(ShapeField::cluster_name) = "cluster-" + std::to_string(number % 8);
    shape.text(ShapeField::project) = "project-" + std::to_string(number % 50);
    shape.text(ShapeField::owner) = "owner-" + std::to_string(number % 200);
    shape.text(ShapeField::os) = "Ubuntu 22.04.5 LTS";
    shape.text(ShapeField::host) = "host-" + std::to_string(number % 100);
    shape.from = 1761955200;
    shape.to = 1764547200;
    shape.number(ShapeField::created) = 1700000000 + number;
    shape.number(ShapeField::on) = number % 2;
    shape.number(ShapeField::vcpus) = 1 + number % 32;
    shape.number(ShapeField::memory_bytes) = std::int64_t{1 + number % 64} << 30;
    shape.disks = {{53687091200, "39aa2a82-6af6-427f-844c-6ce7bf495587", "default-container-1"},
                   {std::int64_t{number} << 30, "e560fdb2-3dc4-4e36-bf48-df28f0c06dc7", "data"}};
    shape.categories = {{"AppTier", "Web"},
                        {"CostCenter", std::to_string(number % 300)},
                        {"Environment", "Production"}};
    return shape;
}

}  // namespace

TEST_CASE("a store gives back what it was given, in order, as often as wanted") {
    Random random(20260301);
    std::vector<Shape> all;
    ShapeStore store;
    for (int i = 0; i < 3000; ++i) {
        Shape shape = machine(random, i);
        if (i % 7 == 0) {
            shape.id = "not-a-uuid-" + std::to_string(random() % 1000);
        }
        if (i % 11 == 0) {
            shape.gpus = {{"A16", "VIRTUAL", 8589934592, -1}, {"", "", -1, 0}};
            shape.number(ShapeField::used_bytes) = 0;
            shape.unknown = services::bit_of(ShapeField::project);
            shape.basis = cost::Basis::measured;
        }
        if (i % 13 == 0) {
            shape.id[0] = 'A';  // upper case: not the same id
            shape.disks.clear();
            shape.categories.clear();
        }
        all.push_back(shape);
        store.add(shape);
        if (i % 5 == 0) {
            shape.from += 3600;
            all.push_back(shape);
            store.add(shape);
        }
    }
    std::shuffle(all.begin(), all.end(), random);
    std::sort(all.begin(), all.end(), [](const Shape& a, const Shape& b) {
        return std::tie(a.id, a.account, a.from, a.name) <
               std::tie(b.id, b.account, b.from, b.name);
    });
    REQUIRE(store.size() == all.size());
    for (int pass = 0; pass < 2; ++pass) {
        REQUIRE(store.rewind().ok());
        Shape shape;
        std::vector<Shape> got;
        for (auto next = store.next(shape); *next; next = store.next(shape)) {
            got.push_back(shape);
        }
        std::stable_sort(got.begin(), got.end(), [](const Shape& a, const Shape& b) {
            return std::tie(a.id, a.account, a.from, a.name) <
                   std::tie(b.id, b.account, b.from, b.name);
        });
        CHECK(got == all);
    }
}

TEST_CASE("segments of one resource follow each other by time") {
    Random random(1);
    ShapeStore store;
    Shape first = machine(random, 1);
    Shape second = machine(random, 2);
    for (const std::int64_t from : {300, 100, 200}) {
        first.from = second.from = from;
        store.add(second);
        store.add(first);
    }
    Shape shape;
    std::vector<std::pair<std::string, std::int64_t>> order;
    while (*store.next(shape)) {
        order.emplace_back(shape.id, shape.from);
    }
    CHECK(order.size() == 6);
    CHECK(std::is_sorted(order.begin(), order.end()));
    store.add(first);
    REQUIRE(store.rewind().ok());
    std::size_t count = 0;
    while (*store.next(shape)) {
        ++count;
    }
    CHECK(count == 7);
}

TEST_CASE("a machine takes no more than 200 bytes") {
    Random random(7);
    ShapeStore store;
    for (int i = 0; i < 20000; ++i) {
        store.add(machine(random, i));
    }
    const std::uint64_t each = store.memory_bytes() / store.size();
    CAPTURE(each);
    CHECK(each <= 200);
    CHECK(each >= 40);  // less cannot be true
}

TEST_CASE("a shape that is larger than a block of memory") {
    Random random(3);
    ShapeStore store;
    Shape large = machine(random, 1);
    large.name.assign(600000, 'x');
    store.add(machine(random, 2));
    store.add(large);
    store.add(machine(random, 3));
    Shape shape;
    bool is_found = false;
    while (*store.next(shape)) {
        is_found = is_found || shape == large;
    }
    CHECK(is_found);
}
