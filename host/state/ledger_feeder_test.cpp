#include "host/state/ledger_feeder.hpp"

#include <catch2/catch.hpp>

#include "host/services/descriptor.hpp"
#include "host/state/testing_ledger.hpp"

using namespace pf::test;
namespace services = pf::host::services;

namespace {

// A module of one kind that is charged by its disks alone.
services::Descriptor groups() {
    services::Descriptor module;
    services::Output output;
    output.kind = "volume_group";
    output.group = "Storage";
    output.type = "VolumeGroup";
    output.service_code = "NutanixStorage";
    services::ShapeSource disks;
    disks.field = ShapeField::disks;
    disks.path = {"data", "disks"};
    disks.parts = {{"bytes", {"size"}}};
    output.shape = services::ShapePlan{services::ShapeClass::volume_group, {disks}};
    module.outputs.push_back(output);
    return module;
}

std::string row(const std::string& account, const std::string& id, const std::string& size) {
    return R"({"state":"SUCCESS","resource_type":"inventory.CloudService","resource":{"account":")" +
           account + R"(","cloud_service_group":"Storage","cloud_service_type":"VolumeGroup",)" +
           R"("name":"n","data":{"disks":[{"size":)" + size +
           R"(}]},"reference":{"resource_id":")" + id + R"("}}})";
}

std::vector<std::string> ids_at(const state::LedgerSettings& settings, std::int64_t at) {
    auto shapes = state::read_segments(settings, {at, at + 1}, at + 1);
    REQUIRE(shapes.ok());
    std::vector<std::string> ids;
    for (Shape shape; *(*shapes)->next(shape);) {
        ids.push_back(shape.account + " " + shape.id + " " +
                      std::to_string(shape.disks.at(0).bytes));
    }
    return ids;
}

}  // namespace

TEST_CASE("a collection feeds the ledger account by account") {
    const LedgerFolder folder;
    const services::Descriptor module = groups();
    const auto collect = [&](std::int64_t at, const std::vector<std::string>& rows,
                             const std::vector<state::SeenList>& lists) {
        auto feeder = state::LedgerFeeder::open(folder.settings(), {&module});
        REQUIRE(feeder.status().text() == "OK");
        for (const std::string& line : rows) {
            (*feeder)->take(line);
        }
        const auto fed = (*feeder)->finish(at, lists);
        REQUIRE(fed.status().text() == "OK");
        return std::pair(*fed, (*feeder)->unreadable());
    };
    const std::string kind = "volume_group";
    collect(1000, {row("pc1", "a", "1"), row("pc1", "b", "2"), row("pc2", "c", "3")},
            {{"pc1", kind, true}, {"pc2", kind, true}, {"pc1", "vm", true}});
    CHECK(ids_at(folder.settings(), 1000) ==
          std::vector<std::string>{"pc1 a 1", "pc1 b 2", "pc2 c 3"});

    // One part is not whole, so nothing of pc1 ends; pc2 has no rows and all of them are gone.
    const auto second = collect(2000, {row("pc1", "a", "1")},
                                {{"pc1", kind, true}, {"pc1", kind, false}, {"pc2", kind, true}});
    CHECK(second.first.gone == 1);
    CHECK(ids_at(folder.settings(), 2000) == std::vector<std::string>{"pc1 a 1", "pc1 b 2"});

    // A row that cannot be read is told, and ends nothing.
    const auto third =
        collect(3000, {row("pc1", "a", "-1"), R"({"state":"FAILURE"})"}, {{"pc1", kind, true}});
    CHECK(third.second == 1);
    CHECK(third.first.gone == 0);
    CHECK(ids_at(folder.settings(), 3000) == std::vector<std::string>{"pc1 a 1", "pc1 b 2"});

    // Rows without any list.
    CHECK(collect(4000, {row("pc1", "a", "9")}, {}).first.cut == 1);
    CHECK(ids_at(folder.settings(), 4000) == std::vector<std::string>{"pc1 a 9", "pc1 b 2"});
    CHECK(collect(5000, {}, {{"pc1", kind, true}}).first.gone == 2);
    CHECK(ids_at(folder.settings(), 5000).empty());
}
