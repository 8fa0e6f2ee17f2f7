// F30: Prism Centrals without v4, with a beta of it, or with a part of it. The list is read by one
// generation from its first page to its last, and the report says by which.
#include <catch2/catch.hpp>

#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

FaultCase read_by(const std::string& title, std::function<void(sim::Config&)> set,
                  const std::string& api) {
    return {title,
            [set = std::move(set)](Scene& s) { set(s.prism); },
            complete(),
            [api](Scene&, const Outcome& outcome) {
                REQUIRE(outcome.report.lists.size() == 1);
                CHECK(outcome.report.lists.front().api == api);
                // Whatever is not a general release of v4 is told.
                const bool is_release = api.starts_with("v4") && api.find(".b") == api.npos;
                CHECK((outcome.notes().find("prism.api") == std::string::npos) == is_release);
            },
            {},
            false,
            {Generation::v4}};
}

}  // namespace

TEST_CASE("F30 one generation for a list, negotiated and told", "[F30]") {
    play(
        "F30",
        {read_by(
             "v4 absent", [](auto& c) { c.pc_version = "2022.6"; }, "v3"),
         read_by(
             "v4.0.b1 only, and v3", [](auto& c) { c.pc_version = "2024.1"; }, "v3"),
         read_by(
             "v4.0", [](auto& c) { c.pc_version = "2024.3"; }, "v4.0"),
         read_by(
             "v4.1 of vmm", [](auto& c) { c.pc_version = "7.3"; }, "v4.1"),
         read_by(
             "vmm missing, the rest v4", [](auto& c) { c.v4.absent_namespaces = {"vmm"}; }, "v3"),
         read_by(
             "vmm a beta, the rest v4", [](auto& c) { c.v4.beta_namespaces = {"vmm"}; }, "v3"),
         read_by(
             "clustermgmt missing, the rest v4",
             [](auto& c) { c.v4.absent_namespaces = {"clustermgmt"}; }, "v4.3"),
         read_by(
             "OPTIONS blocked", [](auto& c) { c.v4.info = sim::InfoAnswer::status_403; }, "v4.0")});
}

}  // namespace pf::test
