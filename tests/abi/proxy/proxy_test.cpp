// A module that uses every service, directly and through the proxy: nothing may differ.
#include "tests/abi/proxy/proxy.hpp"

#include <catch2/catch.hpp>
#include <prismforet/module.hpp>
#include <prismforet/testing.hpp>
#include <thread>

extern "C" const pf_str pf_module_descriptor;
static const char descriptor_text[] = R"({"name":"probe",
  "endpoints":[{"name":"things","v4":{"id":"id"}},{"name":"names","v4":{"id":"id"}}],
  "lookups":[{"name":"names","endpoint":"names","fields":["name","size"]}],
  "outputs":[{"kind":"thing","data":{"copy":{},"options":{},"time":null,"gone":"","seen":[]}}]})";
const pf_str pf_module_descriptor = {descriptor_text, sizeof descriptor_text - 1};

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

enum Endpoint : std::uint32_t { things, names };

class Probe final : public pf::Inventory {
  public:
    explicit Probe(const pf::Setup& setup) {
        setup.log(PF_LOG_INFO, setup.config()["greeting"].str("none"));
        if (setup.config()["refuse"].boolean(false)) throw std::runtime_error("refused");
    }

    void collect(pf::Call& call, std::uint32_t output, pf::Value options,
                 std::string_view cluster) const override {
        if (options["throw"].boolean(false)) throw std::runtime_error("told to throw");
        if (options["fail"].boolean(false)) throw pf::Failure(PF_ABORTED, "told to fail");
        const pf::Lookup table = call.lookup(0u);
        call.log(PF_LOG_WARN, "begin");
        call.wait(5);
        for (pf::Value thing : call.list(things, {.cluster = cluster, .page_size = 7})) {
            const std::string_view what = thing["what"].str();
            if (what == "skip") {
                call.skip(thing, "probe.skip", "told to skip");
            } else if (what == "filter") {
                call.filtered(thing);
            } else if (what != "lose") {
                describe(call, output, thing, options, table);
            }
        }
        write_fetched(call, output);
        if (call.is_cancelled()) call.log(PF_LOG_ERROR, "cancelled");
    }

  private:
    static void describe(pf::Call& call, std::uint32_t output, pf::Value thing, pf::Value options,
                         const pf::Lookup& table) {
        const std::string_view id = thing["id"].str();
        const std::string_view what = thing["what"].str();
        {
            pf::Row draft = call.begin(output, thing, id);
            draft.name("never seen");
            draft.abort();
        }
        pf::Row row = call.begin(output, thing, id);
        row.name(table.find(thing["ref"].str()));
        row.instance_size(1.5);
        if (what == "bad") row.unknown("no such key");
        auto data = row.data();
        data.copy("copy", thing);
        data.copy("options", options);
        data.put("time", call.now_ms());
        if (what == "unknown") row.unknown("gone");
        auto seen = data.array("seen");
        seen.add(table.find(thing["ref"].str(), 1));
        seen.add(nullptr);
        seen.add(true);
        call.note("probe.note", id, "a note");
    }

    static void write_fetched(pf::Call& call, std::uint32_t output) {
        const pf::Value fetched = call.fetch(names, "n1");
        pf::Row row = call.begin(output, pf::Value{}, "fetched");
        row.name(fetched["name"].str());
        const bool is_out = row.commit();
        call.log(PF_LOG_INFO, is_out ? "out" : "not out");
        if (call.fetch(names, "none").exists()) call.log(PF_LOG_ERROR, "a ghost");
    }
};

}  // namespace

PF_MODULE(Probe)

namespace {

void script(FakeHost& host) {
    host.page("things", R"({"data":[
        {"id":"1","ref":"n1","what":"","n":[1,1.0,1e300,-0.0,9223372036854775807,18446744073709551615,
         true,null,"\u0000\ud83d\ude00",{"e":{}},[]]},
        {"id":"2","what":"skip"},{"id":"3","what":"filter"},{"id":"4","what":"lose"},
        {"id":"5","ref":"n2","what":"unknown"}],"meta":{"x":1}})");
    host.page("things", R"({"meta":"a page without data"})");
    host.page("things", R"([{"id":"6","ref":"?","what":"bad"},{"id":"5","what":"repeated"},
                            {"id":"7","$type":"x","deep":{"$reserved":1,"k":2}}])");
    host.page("names", R"({"data":[{"id":"n1","name":"One","size":4},{"id":"n2"}]})");
}

std::string logs_of(const Run& run) {
    std::string out;
    for (const auto& line : run.logs) out += std::to_string(line.level) + line.text + "\n";
    return out;
}

// Runs both ways and holds the runs against each other; the direct one.
Run both(const pf::testing::CollectOptions& how,
         const std::function<void(FakeHost&)>& change = {}) {
    FakeHost direct(pf_module_entry_v0());
    const pf::test::Proxy proxy(pf_module_entry_v0());
    FakeHost behind(proxy.module());
    for (FakeHost* host : {&direct, &behind}) {
        script(*host);
        if (change) change(*host);
    }
    Run run = direct.collect("thing", how);
    const Run other = behind.collect("thing", how);
    CHECK(other.text() == run.text());
    CHECK(logs_of(other) == logs_of(run));
    CHECK(other.problems == run.problems);
    return run;
}

}  // namespace

TEST_CASE("every service crosses the proxy unchanged") {
    const Run run = both({R"({"a":[1,2.5,"x"],"nothing":null})", "c-1"});
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.records.size() == 4);
    CHECK(run.lost == std::vector<std::string>{"4"});
    CHECK(run.filtered == 1);
    CHECK(run.dropped == 1);
    CHECK(run.skips.size() == 1);
    CHECK(run.refused.size() == 1);
    CHECK(run.record("1").content["name"].text == "One");
    CHECK(run.record("1").content["data"]["seen"].dump() == R"(["4",null,true])");
    CHECK(run.record("1").content["data"]["copy"]["n"].at(4).text == "9223372036854775807");
    CHECK(run.record("5").unknown == std::vector<std::string>{"gone"});
    CHECK(run.record("7").content["data"]["copy"]["deep"].dump() == R"({"k":2})");
    CHECK(run.record("fetched").content["name"].text == "One");
}

TEST_CASE("failures cross the proxy unchanged") {
    CHECK(both({R"({"throw":true})"}).why == "told to throw");
    CHECK(both({R"({"fail":true})"}).status == PF_ABORTED);
    both({}, [](FakeHost& host) { host.fail_page("things", 1, PF_UNAVAILABLE); });
    both({}, [](FakeHost& host) { host.absent("things"); });
    both({}, [](FakeHost& host) { host.fail_lookup("names", PF_PERMISSION_DENIED); });
    for (std::size_t calls = 1; calls < 14; ++calls) {
        CAPTURE(calls);
        CHECK(both({}, [&](FakeHost& host) { host.cancel_after(calls); }).status == PF_CANCELLED);
    }
}

TEST_CASE("creating crosses the proxy") {
    const pf::test::Proxy proxy(pf_module_entry_v0());
    FakeHost host(proxy.module());
    CHECK(host.create(R"({"refuse":true,"greeting":"hello"})") == PF_INTERNAL);
    REQUIRE(host.logs().size() == 2);
    CHECK(host.logs()[0].text == "hello");
    CHECK(host.logs()[1].text == "refused");
    CHECK(host.create("{}") == PF_OK);
}

TEST_CASE("calls run side by side through the proxy") {
    const pf::test::Proxy proxy(pf_module_entry_v0());
    FakeHost host(proxy.module());
    script(host);
    REQUIRE(host.create() == PF_OK);
    const std::string expected = host.collect("thing").text();
    std::vector<std::string> texts(4);
    std::vector<std::thread> threads;
    for (std::string& text : texts) {
        threads.emplace_back([&] { text = host.collect("thing").text(); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& text : texts) CHECK(text == expected);
}
