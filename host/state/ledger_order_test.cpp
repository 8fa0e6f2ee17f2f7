// The order in which collections are fed does not matter: histories of random worlds, fed in order
// and in any other, against segments counted by hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <random>

#include "host/state/testing_ledger.hpp"

using namespace pf::test;

namespace {

using Random = std::mt19937_64;

constexpr std::int64_t step = 600;

// What one collection showed.
struct Collection {
    std::int64_t at = 0;
    bool is_complete = true;
    std::map<std::string, std::int64_t> vcpus;  // of the resources it showed
};

std::vector<Shape> shapes_of(const Collection& collection) {
    std::vector<Shape> shapes;
    for (const auto& [id, vcpus] : collection.vcpus) {
        shapes.push_back(machine(id, vcpus));
    }
    return shapes;
}

std::vector<Collection> random_world(Random& random, bool with_partial) {
    std::vector<Collection> world;
    std::map<std::string, std::int64_t> now;
    const int count = 2 + static_cast<int>(random() % 14);
    for (int i = 1; i <= count; ++i) {
        for (int resource = 0; resource < 5; ++resource) {
            const std::string id = "vm-" + std::to_string(resource);
            const auto chance = random() % 10;
            if (chance < 2) {
                now.erase(id);
            } else if (chance < 5) {
                now[id] = 1 + static_cast<std::int64_t>(random() % 3);
            }
        }
        Collection collection{i * step + static_cast<std::int64_t>(random() % step), true, now};
        if (with_partial && random() % 3 == 0) {
            collection.is_complete = false;
            for (int resource = 0; resource < 5; ++resource) {
                if (random() % 2 == 0) {
                    collection.vcpus.erase("vm-" + std::to_string(resource));
                }
            }
        }
        world.push_back(collection);
    }
    return world;
}

// The segments of one resource, from what each collection showed of it in order.
void count_segments(const std::vector<Collection>& world, const std::string& id, std::int64_t now,
                    Segments& out) {
    std::optional<std::int64_t> from;
    std::int64_t vcpus = 0;
    std::int64_t last = 0;
    const auto end = [&](std::int64_t at) {
        if (from && *from < at) {
            out.push_back(text_of(id, vcpus, *from, at, true));
        }
        from.reset();
    };
    for (const Collection& collection : world) {
        const auto shown = collection.vcpus.find(id);
        if (shown == collection.vcpus.end()) {
            if (collection.is_complete) {
                end(collection.at);
            }
            continue;
        }
        if (from && shown->second != vcpus) {
            end(collection.at);
        }
        if (!from) {
            from = collection.at;
            vcpus = shown->second;
        }
        last = collection.at;
    }
    if (from) {
        end(last);
        if (last < now) {
            out.push_back(text_of(id, vcpus, last, now, false));
        }
    }
}

Segments counted(const std::vector<Collection>& world, std::int64_t now) {
    Segments all;
    for (int resource = 0; resource < 5; ++resource) {
        count_segments(world, "vm-" + std::to_string(resource), now, all);
    }
    return all;
}

Segments fed(const std::vector<Collection>& world, std::int64_t now) {
    const LedgerFolder folder;
    {
        auto ledger = opened(folder.settings());
        for (const Collection& collection : world) {
            const auto done =
                feed(ledger, collection.at, shapes_of(collection), collection.is_complete);
            REQUIRE(done.status().text() == "OK");
        }
    }
    const auto segments = read(folder.settings(), 0, 1 << 30, now);
    REQUIRE(segments.status().text() == "OK");
    return *segments;
}

}  // namespace

TEST_CASE("collections in order give the segments counted by hand") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto world = random_world(random, true);
        const std::int64_t now = world.back().at + static_cast<std::int64_t>(random() % 100);
        CHECK(fed(world, now) == counted(world, now));
    }
}

TEST_CASE("complete collections in any order give the same segments") {
    for (std::uint64_t seed = 101; seed <= 140; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto world = random_world(random, false);
        const std::int64_t now = world.back().at + 50;
        auto shuffled = world;
        std::shuffle(shuffled.begin(), shuffled.end(), random);
        // Some of them come twice.
        for (std::size_t i = 0; i < world.size(); i += 3) {
            shuffled.push_back(world[i]);
        }
        CHECK(fed(shuffled, now) == counted(world, now));
    }
}

TEST_CASE("partial collections in any order invent and lose no time") {
    for (std::uint64_t seed = 201; seed <= 220; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto world = random_world(random, true);
        auto shuffled = world;
        std::shuffle(shuffled.begin(), shuffled.end(), random);
        const LedgerFolder folder;
        auto ledger = opened(folder.settings());
        for (const Collection& collection : shuffled) {
            REQUIRE(
                feed(ledger, collection.at, shapes_of(collection), collection.is_complete).ok());
        }
        auto shapes = state::read_segments(folder.settings(), {0, 1 << 30}, world.back().at);
        REQUIRE(shapes.ok());
        // Of each resource the segments follow each other, and an instant at which it was shown
        // begins or lies in a segment that is as it was shown.
        std::map<std::string, std::vector<Shape>> found;
        for (Shape shape; *(*shapes)->next(shape);) {
            auto& mine = found[shape.id];
            CHECK((mine.empty() || mine.back().to <= shape.from));
            CHECK(shape.from < shape.to);
            mine.push_back(shape);
        }
        for (const Collection& collection : world) {
            for (const auto& [id, vcpus] : collection.vcpus) {
                if (collection.at == world.back().at) {
                    continue;  // no time behind it
                }
                const std::int64_t at = collection.at;
                const auto holds = std::count_if(
                    found[id].begin(), found[id].end(), [&, wanted = vcpus](const Shape& shape) {
                        return shape.from <= at && at < shape.to &&
                               shape.number(ShapeField::vcpus) == wanted;
                    });
                CAPTURE(id, at, vcpus);
                CHECK(holds == 1);
            }
        }
    }
}
