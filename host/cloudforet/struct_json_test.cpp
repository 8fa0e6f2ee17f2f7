#include "host/cloudforet/struct_json.hpp"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <catch2/catch.hpp>
#include <limits>

#include "host/cloudforet/roles/ledger_trailer.hpp"

using namespace pf::host;
using namespace pf::host::cloudforet;
using google::protobuf::Struct;

TEST_CASE("whole numbers are written whole") {
    Struct object;
    auto& fields = *object.mutable_fields();
    fields["port"].set_number_value(9440.0);
    fields["half"].set_number_value(0.5);
    fields["big"].set_number_value(9007199254740992.0);
    fields["huge"].set_number_value(1e300);
    fields["minus"].set_number_value(-3);
    fields["nan"].set_number_value(std::numeric_limits<double>::quiet_NaN());
    fields["unset"];
    CHECK(
        struct_to_json(object) ==
        R"({"big":9007199254740992,"half":0.5,"huge":1e+300,"minus":-3,"nan":null,"port":9440,"unset":null})");
    CHECK(struct_to_json(Struct()) == "{}");
}

TEST_CASE("JSON becomes the Struct that protobuf makes of it") {
    const char* text = R"({"a":[1,"x",null,true,{"b":{}},[]],"c":2.5,"d":"\u00fc\n","e":{}})";
    Struct ours;
    REQUIRE(json_to_struct(text, ours).ok());
    Struct theirs;
    REQUIRE(google::protobuf::util::JsonStringToMessage(text, &theirs).ok());
    CHECK(struct_to_json(ours) == struct_to_json(theirs));
    CHECK(ours.fields().size() == theirs.fields().size());
    REQUIRE(json_to_struct("{}", ours).ok());
    CHECK(ours.fields().empty());
    CHECK(json_to_struct("[]", ours).code() == Code::internal);
    CHECK(json_to_struct("{", ours).code() == Code::internal);
}

TEST_CASE("a ledger fits into a trailer, counts first") {
    CHECK(shorten_ledger(R"({"unique":3,"lists":[]})", 4096) == R"({"lists":[],"unique":3})");
    CHECK(shorten_ledger("nonsense", 4096) == "{}");
    std::string long_text(500, 'x');
    std::string json = R"({"unique":3,"complete":false,"notes":[],"lists":[")" +
                       std::string(5000, 'l') + R"("],"reasons":[)";
    for (int i = 0; i < 100; ++i) {
        json += (i == 0 ? "\"" : ",\"") + long_text + "\xc3\xbc\"";
    }
    json += "]}";
    for (const std::size_t limit : {std::size_t{100}, std::size_t{600}, std::size_t{4096}}) {
        const std::string line = shorten_ledger(json, limit);
        INFO(line);
        CHECK(line.size() <= limit);
        CHECK(line.find("\"unique\":3") != std::string::npos);
        CHECK(line.find("lll") == std::string::npos);
        CHECK(line.find("\"shortened\":true") != std::string::npos);
    }
    CHECK(shorten_ledger(R"({"reasons":["Pr)"
                         "\xc3\xbc"
                         R"(fung"]})",
                         4096) == R"({"reasons":["Pr\u00fcfung"]})");
    CHECK(shorten_ledger(json, 30) == R"({"shortened":true})");
}
