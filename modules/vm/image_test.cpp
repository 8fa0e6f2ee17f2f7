// Kind image: golden rows, v4 and v3 side by side, odd images, no credentials.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "image.hpp"
#include "tests/modules/pages.hpp"
#include "tests/modules/side_by_side.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

void script_v4(FakeHost& host) {
    host.page("images", pf::test::page("image/images"));
    pf::test::answer(host, "", {"clusters", "categories", "projects"});
    pf::test::answer(host, "esxi_vm/", {"clusters"});
}

// The clusters that only v3's references name are looked up by v4.
void script_v3(FakeHost& host) {
    host.dialect("images", 3).page("images", pf::test::page("image/images_v3"));
    pf::test::answer(host, "", {"clusters", "projects"});
    pf::test::answer(host, "esxi_vm/", {"clusters"});
}

constexpr const char* ubuntu = "d502e182-2f64-42ec-b8e6-0bbc53ad6a94";

const pf::test::Allowed allowed[] = {
    {"$.data.categories[*].uuid", "v3 names categories by key and value; UUIDs are v4's"},
};

std::string safe(std::string_view url) {
    std::string buffer = "old";
    return std::string(vm::without_credentials(url, buffer));
}

}  // namespace

TEST_CASE("image rows are the golden rows") {
    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    const Run run = host.collect("image");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.refused.empty());
    CHECK(run.lost.empty());
    CHECK(run.notes.empty());
    CHECK(run.rows().dump().find("never-emitted") == std::string::npos);
    CHECK(pf::testing::golden_difference(pf::test::testdata + "image/rows.json", run.rows()) == "");
    CHECK(run.record(ubuntu).content["region"].text == "prism-central");
}

TEST_CASE("side by side: an image by v3 equals the image by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    script_v4(v4);
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    const Run by_v4 = v4.collect("image");
    const Run by_v3 = v3.collect("image");
    CHECK(by_v3.status == PF_OK);
    CHECK(by_v3.problems.empty());
    CHECK(by_v3.notes.empty());
    REQUIRE(by_v4.records.size() == 3);
    pf::test::check_side_by_side(by_v4, by_v3, allowed);
}

TEST_CASE("odd images go out with what is known") {
    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    host.page("images", pf::test::page("image/images_odd"));
    const Run run = host.collect("image");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    REQUIRE(run.skips.size() == 1);
    CHECK(run.skips[0].code == "image.no_id");
    CHECK(run.notes_of("vm.category_unknown") == 1);
    const auto& beside =
        run.record("00000000-0000-4000-8000-000000000f10").content["data"]["image"];
    CHECK(beside["type"].text == "$UNKNOWN");
    CHECK(beside["checksum"]["algorithm"].text == "SHA_256");
    CHECK(beside["source"].dump() == R"({"type":"OBJECTS","id":"bucket/image"})");
    CHECK(beside["state"].text == "AVAILABLE");
    const auto& unsafe =
        run.record("00000000-0000-4000-8000-000000000f11").content["data"]["image"];
    CHECK(unsafe["source"].dump() == R"({"type":"URL"})");  // not the URL
    CHECK(unsafe["state"].text == "NO_COPY");
}

TEST_CASE("an image that v3 calls broken is shown so") {
    FakeHost host(pf_module_entry_v0());
    host.dialect(3).page("images", R"({"entities":[{"status":{"name":"x","state":"ERROR"},
        "metadata":{"uuid":"1"}}]})");
    const Run run = host.collect("image");
    CHECK(run.record("1").content["data"]["image"]["state"].text == "ERROR");
}

TEST_CASE("URLs go out without what may be a credential") {
    CHECK(safe("https://images.example.test/a.iso") == "https://images.example.test/a.iso");
    CHECK(safe("https://u:p@images.example.test/a.iso") == "https://images.example.test/a.iso");
    CHECK(safe("https://u:p@h/a.iso?sig=x#y") == "https://h/a.iso");
    CHECK(safe("nfs://h/share/a.iso") == "nfs://h/share/a.iso");
    CHECK(safe("https://u:p/q@h/a.iso") == "");
    CHECK(safe("https://u:p?q@h/a.iso") == "");
    CHECK(safe("https://u:p#q@h/a.iso") == "");
    CHECK(safe("u:p@h/a.iso") == "h/a.iso");
    CHECK(safe("") == "");
}

TEST_CASE("a failed look-up of an image makes its own key unknown") {
    const std::pair<const char*, std::vector<std::string>> cases[] = {
        {"clusters", {"clusters"}}, {"projects", {"project"}}, {"categories", {"categories"}}};
    for (const auto& [lookup, unknown] : cases) {
        CAPTURE(lookup);
        FakeHost host(pf_module_entry_v0());
        script_v4(host);
        host.fail_lookup(lookup, PF_UNAVAILABLE);
        CHECK(host.collect("image").record(ubuntu).unknown == unknown);
    }
}

TEST_CASE("images are the same everywhere and end when cancelled") {
    CHECK(pf::test::is_same_everywhere("image", script_v4));
    CHECK(pf::test::is_same_everywhere("image", script_v3));
    CHECK(pf::test::ends_wherever_cancelled("image", script_v4, 8));
}
