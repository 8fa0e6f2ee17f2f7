// odd_data.hpp and odd_changes.hpp: which changes there are, and that each flaw of a module is
// found.
#include <prismforet/module.hpp>

#include <catch2/catch.hpp>
#include <prismforet/testing/odd_data.hpp>

namespace {

using pf::testing::FakeHost;
using pf::testing::Json;
using pf::testing::OddChange;
using pf::testing::OddDataResult;

enum class Flaw : std::uint8_t { none, fails, skips, filters, swallows, copies, region, word };

// Things with a name, a state, a place and parts.
template <Flaw flaw>
class Things final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value, std::string_view) const override {
        for (pf::Value thing : call.list(0u)) {
            const std::string_view id = thing["id"].str();
            const std::string_view place = thing["place"]["id"].str();
            if (id.empty()) {
                call.skip(thing, "thing.no_id", "a thing without an id");
                continue;
            }
            if (flaw == Flaw::fails && thing["size"].i64(0) < 0) throw pf::Failure(PF_INTERNAL);
            if (flaw == Flaw::filters && thing["name"].str().empty()) {
                call.filtered(thing);
                continue;
            }
            if (flaw == Flaw::skips && place.empty()) continue;
            if (flaw != Flaw::region && place.empty()) {
                call.note("thing.no_place", id, "it has no region");
            }
            const std::string_view state = thing["state"].str();
            const bool is_known = state.empty() || state == "ON" || state == "OFF";
            if (flaw != Flaw::word && !is_known) call.note("thing.state", id, "unknown state");
            pf::Row row = call.begin(output, thing, id);
            row.name(thing["name"].str());
            row.region(place);
            pf::Object data = row.data();
            data.text("state", is_known ? state : std::string_view());
            data.put("size", thing["size"].i64());
            write_parts(data, thing["parts"]);
        }
    }

  private:
    static void write_parts(pf::Object& data, pf::Value parts) {
        if (flaw == Flaw::copies) return data.copy("parts", parts);
        pf::Array list = data.array("parts");
        if (flaw == Flaw::swallows && parts.kind() != pf::Kind::array) return;
        for (pf::Value part : parts) list.add(part.str());
    }
};

template <Flaw flaw>
OddDataResult result_of(std::vector<pf::testing::SilentLoss> silent = {}) {
    static constexpr std::string_view descriptor = R"({"name":"things",
        "endpoints":[{"name":"things","v4":{"id":"id"}}],"lookups":[],
        "outputs":[{"kind":"thing","endpoint":"things",
                    "data":{"state":"","size":0,"parts":[]}}]})";
    using Glue = pf::detail::Glue<Things<flaw>>;
    static const pf_module module{sizeof(pf_module),      PF_ABI_MAJOR,  PF_ABI_MINOR,
                                  pf::to_str(descriptor), &Glue::create, &Glue::destroy};
    const auto script = [](FakeHost& host) {
        host.page("things", R"([{"id":"1","name":"a","state":"ON","size":7,"place":{"id":"p"},
                                 "parts":["x"]}, {"id":"2","state":"OFF"}])");
    };
    return pf::testing::try_odd_data({&module, "thing", script, {}, {}, std::move(silent)});
}

}  // namespace

TEST_CASE("every member and element changes in every way, one at a time") {
    const Json entity = Json::parse(R"({"$type":"a.B","mode":"ON","name":"x 1",
        "n":1,"list":[{"on":true}],"$reserved":{"fv":1}})");
    std::vector<std::string> texts;
    pf::testing::each_odd_change(entity, [&](const OddChange& change, const Json& changed) {
        texts.push_back(pf::testing::text_of(change) + " " + changed.dump());
    });
    const auto has = [&](const std::string& text) {
        return std::find(texts.begin(), texts.end(), text) != texts.end();
    };
    CHECK(has(R"(mode removed {"$type":"a.B","name":"x 1","n":1,"list":[{"on":true}],)"
              R"("$reserved":{"fv":1}})"));
    CHECK(has(R"(list[0].on null {"$type":"a.B","mode":"ON","name":"x 1","n":1,)"
              R"("list":[{"on":null}],"$reserved":{"fv":1}})"));
    CHECK(has(R"(mode an unknown word {"$type":"a.B","mode":"ODD_WORD","name":"x 1","n":1,)"
              R"("list":[{"on":true}],"$reserved":{"fv":1}})"));
    CHECK(has(R"(n an absurd number {"$type":"a.B","mode":"ON","name":"x 1","n":-1,)"
              R"("list":[{"on":true}],"$reserved":{"fv":1}})"));
    // 6 values removed and null; 2 wrong types of each text, list and object, 1 of n and on; 2
    // unknown words; 4 absurd numbers.
    CHECK(texts.size() == 7 * 2 + 5 * 2 + 2 + 2 + 4);
}

TEST_CASE("a module without flaws has no complaints") {
    const OddDataResult result = result_of<Flaw::none>();
    CHECK(result.complaints == "");
    CHECK(result.entities == 2);
    CHECK(result.changes > 40);
    CHECK(result.told > 5);
}

TEST_CASE("each flaw is found") {
    CHECK(result_of<Flaw::fails>().complaints.find("size an absurd number: ends the call") !=
          std::string::npos);
    CHECK(result_of<Flaw::skips>().complaints.find("place removed: leaves an entity unsettled") !=
          std::string::npos);
    CHECK(result_of<Flaw::filters>().complaints.find("1: name null: takes the resource away") !=
          std::string::npos);
    CHECK(result_of<Flaw::swallows>().complaints.find(
              "parts of a wrong type: is lost without a word: $.data.parts[0]") !=
          std::string::npos);
    CHECK(result_of<Flaw::copies>().complaints.find("data.parts is of another kind") !=
          std::string::npos);
    CHECK(result_of<Flaw::region>().complaints.find("place null: takes the region away") !=
          std::string::npos);
    CHECK(result_of<Flaw::word>().complaints.find("state an unknown word: is lost") !=
          std::string::npos);
}

TEST_CASE("a loss may be declared, and one that never happens is told") {
    CHECK(result_of<Flaw::word>({{"state", "it is of no use"}}).complaints == "");
    CHECK(result_of<Flaw::none>({{"state", "it is of no use"}}).complaints ==
          "the silent loss of state never happens\n");
}
