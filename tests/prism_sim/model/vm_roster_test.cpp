#include "tests/prism_sim/model/vm_roster.hpp"

#include "tests/prism_sim/model/random.hpp"

#include <algorithm>
#include <set>

#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;

namespace {

std::vector<std::uint32_t> all_in(VmRoster& roster, VmOrder order, std::uint32_t cluster = kNone) {
    std::vector<std::uint32_t> serials;
    roster.select({.cluster = cluster, .order = order, .limit = 1'000'000}, serials);
    return serials;
}

}  // namespace

TEST_CASE("churn deletes and creates in turn and is decided by the seed") {
    const World world = build_world({.seed = 3, .vms = 50}, {});
    VmRoster a(world), b(world);
    std::vector<std::uint64_t> sizes;
    for (int i = 0; i < 6; ++i) {
        a.churn();
        b.churn();
        sizes.push_back(a.size());
    }
    CHECK(sizes == std::vector<std::uint64_t>{49, 50, 49, 50, 49, 50});
    CHECK(a.ids() == b.ids());
    CHECK(a.created() == 3);
    CHECK(a.deleted() == 3);
}

TEST_CASE("every order holds the same VMs after churn, sorted") {
    const World world = build_world({.seed = 5, .vms = 200}, {});
    VmRoster roster(world);
    all_in(roster, VmOrder::ext_id);
    all_in(roster, VmOrder::name, 1);
    for (int i = 0; i < 101; ++i) roster.churn();
    auto by_id = all_in(roster, VmOrder::ext_id);
    CHECK(std::is_sorted(by_id.begin(), by_id.end(), [&](std::uint32_t x, std::uint32_t y) {
        return make_uuid(5, Kind::vm, x) < make_uuid(5, Kind::vm, y);
    }));
    std::sort(by_id.begin(), by_id.end());
    CHECK(by_id == all_in(roster, VmOrder::created));
    auto named = all_in(roster, VmOrder::name, 1);
    std::sort(named.begin(), named.end());
    CHECK(named == all_in(roster, VmOrder::created, 1));
    CHECK(named.size() == roster.count_in_cluster(1));
}

TEST_CASE("a deleted VM is not found, a new one is") {
    const World world = build_world({.seed = 5, .vms = 10}, {});
    VmRoster roster(world);
    const auto before = roster.ids();
    roster.churn();
    roster.churn();
    const auto after = roster.ids();
    const std::set<Uuid> kept(after.begin(), after.end());
    for (const Uuid& id : before) CHECK(roster.find(id).has_value() == kept.contains(id));
    CHECK(roster.find(after.back()) == 10U);
}

TEST_CASE("an empty roster survives churn") {
    const World world = build_world({.seed = 5, .vms = 0}, {});
    VmRoster roster(world);
    roster.churn();
    CHECK(roster.size() == 1);
    roster.churn();
    roster.churn();
    CHECK(roster.size() <= 2);
}

TEST_CASE("the VM list churns after every so many requests") {
    SimFixture sim({.vms = 100, .churn_every = 2});
    const auto total = [&] {
        return sim.json(kVms)["metadata"]["totalAvailableResults"].get<int>();
    };
    CHECK(total() == 100);
    CHECK(total() == 100);
    CHECK(total() == 99);
    CHECK(total() == 99);
    CHECK(total() == 100);
    sim.ask(kClusters);
    CHECK(sim.simulation.stats().vms_deleted == 1);
}

TEST_CASE("an edit gives some VMs a GiB more each, others the next time") {
    const World world = build_world({.seed = 5, .vms = 100}, {});
    VmRoster roster(world);
    const auto memory = [&] {
        std::vector<std::uint64_t> bytes;
        VmFacts vm;
        for (const std::uint32_t serial : all_in(roster, VmOrder::created)) {
            describe_vm(world, serial, vm);
            bytes.push_back(vm.memory_bytes >> 30);
        }
        return bytes;
    };
    const auto ids = roster.ids();
    const auto before = memory();
    const auto first = roster.edit(10);
    const auto second = roster.edit(10);
    const std::set<Uuid> told(first.begin(), first.end());
    CHECK(told.size() == 10);
    CHECK(std::none_of(second.begin(), second.end(),
                       [&](const Uuid& id) { return told.count(id) != 0; }));
    const auto after = memory();
    std::size_t more = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const bool is_edited = told.count(ids[i]) != 0 ||
                               std::find(second.begin(), second.end(), ids[i]) != second.end();
        CHECK(after[i] == before[i] + (is_edited ? 1 : 0));
        more += is_edited ? 1 : 0;
    }
    CHECK(more == 20);
    CHECK(roster.edit(1000).size() == 100);
}
