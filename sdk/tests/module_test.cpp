// module.hpp through the fake host: the glue, the barrier, rows and lists.
#include <prismforet/module.hpp>

#include <catch2/catch.hpp>
#include <cstring>
#include <prismforet/testing.hpp>

extern "C" const pf_str pf_module_descriptor;
static const char descriptor_text[] = R"({"name":"sdk",
  "endpoints":[{"name":"things","v4":{"id":"id"},"v3":{"id":"metadata.uuid"}},
               {"name":"places","v4":{"id":"id"},"v3":{"id":"metadata.uuid"}},
               {"name":"news","v4":{"id":"id"}}],
  "lookups":[{"name":"places","endpoint":"places","fields":["name","cidr","kinds"],
              "v3_fields":["status.name","{status.ip}/{status.length}",""]},
             {"name":"news","endpoint":"news","fields":["name"]}],
  "outputs":[{"kind":"thing","data":{"list":[]}}]})";
const pf_str pf_module_descriptor = {descriptor_text, sizeof descriptor_text - 1};

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

enum Endpoint : std::uint32_t { things };

struct NotAnException {};

class Things final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value options,
                 std::string_view) const override {
        const std::string_view how = options["how"].str();
        if (how == "bad_alloc") throw std::bad_alloc();
        if (how == "odd") throw NotAnException();
        if (how == "leave") return leave(call);
        if (how == "names") return names(call, output);
        for (pf::Value thing : call.list(things)) {
            pf::Row row = call.begin(output, thing, thing["id"].str());
            row.name(thing["id"].str());
            if (how == "throw") throw pf::Failure(PF_DATA_LOSS, "in the middle of a row");
            if (how == "abort") {
                row.abort();
                call.filtered(thing);
                continue;
            }
            auto data = row.data();
            auto list = data.array("list");
            for (int i = 0; i < 3; ++i) list.add(i);
            list.add(std::uint64_t{18446744073709551615u});
            list.add(2.5F);
            list.add(std::string("owned"));
            auto inner = list.array();
        }
    }

  private:
    // What a look-up knows of each thing, and in which generation the thing came.
    static void names(pf::Call& call, std::uint32_t output) {
        const pf::Lookup places = call.lookup(0u);
        const pf::Lookup news = call.lookup(1u);
        pf::List list = call.list(things);
        for (pf::Value thing : list) {
            const std::string_view id =
                list.dialect() == 3 ? thing["metadata"]["uuid"].str() : thing["id"].str();
            pf::Row row = call.begin(output, thing, id);
            row.name(places.find(id, 0));
            auto data = row.data();
            auto texts = data.array("list");
            texts.add(list.dialect());
            texts.add(places.find(id, 1));
            texts.add(places.find(id, 2));
            texts.add(news.status());
        }
    }

    static void leave(pf::Call& call) {
        for (pf::Value thing : call.list(things)) {
            call.filtered(thing);
            return;
        }
    }
};

Run run(const std::string& how, const std::function<void(FakeHost&)>& change = {}) {
    FakeHost host(pf_module_entry_v0());
    host.page("things", R"({"data":[{"id":"1"},{"id":"2"}]})");
    host.page("things", R"({"data":[{"id":"3"}]})");
    if (change) change(host);
    return host.collect("thing", {R"({"how":")" + how + "\"}"});
}

}  // namespace

PF_MODULE(Things)

TEST_CASE("the entry answers the same static table") {
    const pf_module* module = pf_module_entry_v0();
    CHECK(module == pf_module_entry_v0());
    CHECK(module->abi_major == PF_ABI_MAJOR);
    CHECK(module->abi_minor == PF_ABI_MINOR);
    CHECK(pf::to_view(module->descriptor) == descriptor_text);
}

TEST_CASE("rows commit at the end of their scope") {
    const Run all = run("");
    CHECK(all.status == PF_OK);
    CHECK(all.problems.empty());
    CHECK(all.lost.empty());
    REQUIRE(all.records.size() == 3);
    CHECK(all.records[0].text() ==
          R"({"data":{"list":[0,1,2,18446744073709551616.0,2.5,"owned",[]]},"id":"1","name":"1"})");
}

TEST_CASE("an exception discards the row and becomes a status with its reason") {
    const Run thrown = run("throw");
    CHECK(thrown.status == PF_DATA_LOSS);
    CHECK(thrown.why == "in the middle of a row");
    CHECK(thrown.records.empty());
    CHECK(run("bad_alloc").status == PF_RESOURCE_EXHAUSTED);
    CHECK(run("odd").status == PF_INTERNAL);
}

TEST_CASE("a row can be given up") {
    const Run given_up = run("abort");
    CHECK(given_up.filtered == 3);
    CHECK(given_up.records.empty());
    CHECK(given_up.problems.empty());
}

TEST_CASE("a receiver that is gone ends the loop, not only the row") {
    // open, first page, end of the first row
    const Run gone = run("", [](FakeHost& host) { host.cancel_after(3, PF_UNAVAILABLE); });
    CHECK(gone.status == PF_UNAVAILABLE);
    CHECK(gone.why.empty());
    CHECK(gone.records.empty());
    CHECK(gone.lost.size() == 2);
}

TEST_CASE("a list left before its end is a problem a test sees") {
    CHECK(run("leave").problems.size() == 1);
    CHECK(run("leave").lost.size() == 1);
}

TEST_CASE("no API is a status of its own") {
    const Run absent = run("", [](FakeHost& host) { host.absent("things"); });
    CHECK(absent.status == PF_NOT_FOUND);
}

TEST_CASE("endpoints are answered by the generation a test says, look-ups likewise") {
    const std::string v3_places =
        R"({"entities":[{"metadata":{"uuid":"1"},"status":{"name":"one","ip":"10.0.0.0","length":8}},
            {"metadata":{"uuid":"2"},"status":{"ip":"10.0.0.0"}}]})";
    const std::string v4_places =
        R"({"data":[{"id":"1","name":"one","cidr":"10.0.0.0/8","kinds":["a","b"]}]})";
    const auto first = [](const std::function<void(FakeHost&)>& change) {
        FakeHost host(pf_module_entry_v0());
        change(host);
        const Run run = host.collect("thing", {R"({"how":"names"})"});
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        return run.records.at(0).text() + (run.records.size() > 1 ? run.records[1].text() : "");
    };
    CHECK(first([&](FakeHost& host) {
              host.dialect(3);
              host.page("things", R"({"entities":[{"metadata":{"uuid":"1"}},
                                                  {"metadata":{"uuid":"2"}}]})");
              host.page("places", v3_places);
          }) == R"({"data":{"list":[3,"10.0.0.0/8","",5]},"id":"1","name":"one"})"
                R"({"data":{"list":[3,"","",5]},"id":"2"})");
    CHECK(first([&](FakeHost& host) {
              host.dialect("places", 3);
              host.page("things", R"({"data":[{"id":"1"}]})").page("places", v3_places);
          }) == R"({"data":{"list":[4,"10.0.0.0/8","",0]},"id":"1","name":"one"})");
    CHECK(first([&](FakeHost& host) {
              host.page("things", R"({"data":[{"id":"1"}]})").page("places", v4_places);
          }) == R"({"data":{"list":[4,"10.0.0.0/8","a,b",0]},"id":"1","name":"one"})");
}

TEST_CASE("a host that lacks something is refused by create") {
    FakeHost good(pf_module_entry_v0());
    const auto create = [&](const pf_host& host) {
        void* self = nullptr;
        const pf::testing::Document config("{}");
        return pf_module_entry_v0()->create(
            &host, config.root(), [](auto, auto, auto, auto) noexcept { return PF_INTERNAL; },
            nullptr, &self);
    };
    struct {
        pf_host abi;
        char rest[256] = {};
    } copy{*good.abi()};
    copy.abi.log = [](const pf_host*, pf_call*, std::int32_t, pf_str) noexcept {};
    CHECK(create(copy.abi) == PF_INTERNAL);  // add's answer
    copy.abi.writer = nullptr;
    CHECK(create(copy.abi) == PF_FAILED_PRECONDITION);
    copy.abi.struct_size = sizeof(std::uint32_t);
    CHECK(create(copy.abi) == PF_FAILED_PRECONDITION);
    copy.abi = *good.abi();
    pf_writer old = *copy.abi.writer;
    old.struct_size -= static_cast<std::uint32_t>(sizeof old.abort);
    copy.abi.writer = &old;
    copy.abi.log = [](const pf_host*, pf_call*, std::int32_t, pf_str) noexcept {};
    CHECK(create(copy.abi) == PF_FAILED_PRECONDITION);
}

TEST_CASE("the fake host refuses tables it cannot use") {
    CHECK_THROWS_AS(FakeHost(nullptr), std::runtime_error);
    pf_module other = *pf_module_entry_v0();
    other.abi_major = 7;
    CHECK_THROWS_AS(FakeHost(&other), std::runtime_error);
    other = *pf_module_entry_v0();
    other.struct_size = 8;
    CHECK_THROWS_AS(FakeHost(&other), std::runtime_error);
    CHECK_THROWS_AS(pf::testing::ModuleLibrary("/nowhere/x.so"), std::runtime_error);
}
