#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "host/cli/diff/collection_diff.hpp"
#include "host/cli/diff/diff_text.hpp"

namespace cli = pf::host::cli;
using nlohmann::json;

namespace {

constexpr const char* complete = R"({"schema":"prismforet/v1","summary":{"complete":true}})";
constexpr const char* partial =
    R"({"schema":"prismforet/v1","summary":{"complete":false,"outcome":"partial","reasons":["pc1 is down"]}})";

std::string row(const std::string& id, const std::string& data, const std::string& name = "vm") {
    return R"({"name":")" + name + R"(","provider":"nutanix","cloud_service_group":"AHV",)" +
           R"("cloud_service_type":"VM","account":"a","reference":{"resource_id":")" + id +
           R"("},"data":)" + data + "}";
}

cli::CollectionFile file(const std::vector<std::string>& lines, const char* end = complete) {
    std::string text;
    for (const std::string& line : lines) {
        text += line + "\n";
    }
    auto read = cli::parse_collection(text + end);
    REQUIRE(read.ok());
    return std::move(*read);
}

cli::CollectionDiff compared(const std::vector<std::string>& before,
                             const std::vector<std::string>& after,
                             const std::vector<std::string>& ignored = {}) {
    return cli::compare_collections(file(before), file(after), ignored);
}

}  // namespace

TEST_CASE("the order of rows, of keys and the form of data do not count") {
    const std::string as_text =
        R"({"json_data":"{\"y\":2,\"x\":1}","reference":{"resource_id":"1"},"account":"a",)"
        R"("cloud_service_type":"VM","cloud_service_group":"AHV","provider":"nutanix","name":"vm"})";
    const auto diff =
        compared({row("1", R"({"x":1,"y":2})"), row("2", "{}")}, {row("2", "{}"), as_text});
    CHECK(diff.verdict() == cli::Verdict::equal);
    CHECK(diff.equal == 2);
    CHECK(cli::diff_text(diff, 0, false).empty());
    CHECK(cli::diff_summary(diff) == "0 created · 0 removed · 0 changed · 2 equal");
}

TEST_CASE("created, removed and changed resources are told with the keys that changed") {
    const auto diff =
        compared({row("1", "{}", "gone"),
                  row("2", R"({"state":"ON","nics":[{"ip":"a"},{"ip":"b"}],"l":[1]})")},
                 {row("2", R"({"state":"OFF","nics":[{"ip":"a"},{"ip":"c"}],"l":[1,2],"new":7})"),
                  row("3", "{}", "fresh\\u001b[31m")});
    CHECK(diff.verdict() == cli::Verdict::different);
    CHECK(cli::diff_text(diff, 0, false) ==
          "created    AHV/VM  fresh?[31m  3\n"
          "removed    AHV/VM  gone  1\n"
          "changed    AHV/VM  vm  2\n"
          "           data.l: [1] -> [1,2]\n"
          "           data.new: (absent) -> 7\n"
          "           data.nics[1].ip: \"b\" -> \"c\"\n"
          "           data.state: \"ON\" -> \"OFF\"\n");
    CHECK(cli::diff_text(diff, 20, true).find("\x1b[32mcreated    AHV/VM  …\x1b[0m\n") == 0);
    const json document = json::parse(cli::diff_json(diff));
    CHECK(document["verdict"] == "different");
    CHECK(document["changed"][0]["keys"][0] ==
          json({{"key", "data.l"}, {"before", {1}}, {"after", {1, 2}}}));
    CHECK_FALSE(document["changed"][0]["keys"][1].contains("before"));
    CHECK(document["removed"][0]["resource_id"] == "1");
}

TEST_CASE("ignored keys do not count, with all below them") {
    const std::vector<std::string> before = {row("1", R"({"usage":{"b":1},"n":[{"x":1,"y":2}]})")};
    const std::vector<std::string> after = {row("1", R"({"usage":{"b":2},"n":[{"x":9,"y":2}]})")};
    CHECK(compared(before, after, {"data.usage", "data.n.x"}).verdict() == cli::Verdict::equal);
    CHECK(compared(before, after, {"data.usage"}).changed[0].keys.size() == 1);
    CHECK(compared(before, after, {"data.usag"}).changed[0].keys.size() == 2);
}

TEST_CASE("what a collection was not asked for is not called removed or created") {
    const auto some =
        file({row("1", "{}")}, R"({"schema":"prismforet/v1","summary":{"complete":true,)"
                               R"("selection":["vCPU>8","web"]}})");
    CHECK(some.gaps == std::vector<std::string>{"it was collected for these only: vCPU>8, web"});
    const auto diff = cli::compare_collections(file({row("1", "{}"), row("2", "{}")}), some, {});
    CHECK(diff.verdict() == cli::Verdict::unknown);
    CHECK(cli::diff_text(diff, 0, false).find("only in A") == 0);
}

TEST_CASE("what a partial collection does not have is not called removed or created") {
    const auto whole = file({row("1", "{}"), row("2", "{}")});
    const auto cut = file({row("1", "{}")}, partial);
    CHECK(cut.gaps == std::vector<std::string>{"pc1 is down"});
    const auto removed = cli::compare_collections(whole, cut, {});
    CHECK(removed.verdict() == cli::Verdict::unknown);
    CHECK(cli::diff_text(removed, 0, false) == "only in A  AHV/VM  vm  2\n");
    CHECK(cli::diff_summary(removed) == "0 created · 1 only in A · 0 changed · 1 equal");
    const auto created = cli::compare_collections(cut, whole, {});
    CHECK(created.verdict() == cli::Verdict::unknown);
    CHECK(cli::diff_text(created, 0, false) == "only in B  AHV/VM  vm  2\n");
    CHECK(cli::compare_collections(cut, cut, {}).verdict() == cli::Verdict::unknown);
    // A change is one, whatever is missing elsewhere.
    const auto changed = cli::compare_collections(file({row("1", "{}")}, partial),
                                                  file({row("1", "{\"a\":1}")}), {});
    CHECK(changed.verdict() == cli::Verdict::different);
    CHECK(file({row("1", "{}")}, "").gaps.size() == 1);
}

TEST_CASE("the same name, the same id twice, and no id at all are told apart") {
    const auto same_name = compared({row("1", "{}"), row("2", "{}")}, {row("1", "{}")});
    CHECK(same_name.removed.size() == 1);
    const auto twice = compared({row("1", "{}")}, {row("1", "{}"), row("1", "{}")});
    CHECK(twice.repeated.size() == 1);
    CHECK(twice.created.size() == 1);
    CHECK(cli::diff_text(twice, 0, false).find("repeated   AHV/VM  vm  1  1 in A, 2 in B\n") !=
          std::string::npos);
    const auto twice_in_both =
        compared({row("1", "{\"a\":1}"), row("1", "{}")}, {row("1", "{}"), row("1", "{\"a\":1}")});
    CHECK(twice_in_both.equal == 2);
    CHECK(twice_in_both.verdict() == cli::Verdict::unknown);
    const auto no_id = compared({row("", "{}"), row("", "{\"a\":1}")}, {row("", "{}")});
    CHECK(no_id.equal == 1);
    CHECK(no_id.unmatched.size() == 1);
    CHECK(no_id.verdict() == cli::Verdict::unknown);
    CHECK(compared({row("", "{}")}, {row("", "{}")}).verdict() == cli::Verdict::equal);
    // Another account is another resource.
    std::string moved = row("1", "{}");
    moved.replace(moved.find("\"account\":\"a\""), 13, "\"account\":\"b\"");
    CHECK(compared({row("1", "{}")}, {moved}).created.size() == 1);
}

TEST_CASE("a file that is no collection is refused with the line") {
    const auto refusal = [](const std::string& text) {
        const auto read = cli::parse_collection(text);
        REQUIRE_FALSE(read.ok());
        CHECK(read.status().reason() == "ERROR_COLLECTION_FILE");
        return read.status().message();
    };
    CHECK(refusal(row("1", "{}") + "\n\n{\"name\":").find("line 3 is no JSON object") == 0);
    CHECK(refusal("[]").find("line 1 is no JSON object") == 0);
    CHECK(refusal("{}").find("line 1 is no resource") == 0);
    CHECK(refusal(R"({"schema":"prismforet/v1","items":[],"summary":{}})").find("document") !=
          std::string::npos);
    CHECK(refusal(std::string(300, '[')).find("line 1") == 0);
    CHECK(cli::read_collection("/nowhere/a").status().message() ==
          "cannot read /nowhere/a: No such file or directory");
    CHECK(cli::parse_collection("")->gaps.size() == 1);
}

TEST_CASE("whatever bytes a file has, it is read or refused, and equal to itself") {
    const std::string sample = row("1", R"({"x":1.5,"y":[{"k":"\u00e9\ud83d\ude00"}]})") + "\n" +
                               row("2", "{}") + "\n" + row("", R"({"deep":{"er":[[],{}]}})") +
                               "\n" + complete + "\n";
    const auto original = cli::parse_collection(sample);
    REQUIRE(original.ok());
    std::mt19937_64 engine{20240229};
    const auto below = [&](std::size_t bound) { return bound == 0 ? 0 : engine() % bound; };
    int accepted = 0;
    for (int i = 0; i < 6000; ++i) {
        std::string text = sample;
        for (std::size_t n = 1 + below(3); n > 0 && !text.empty(); --n) {
            const std::size_t at = below(text.size());
            switch (below(4)) {
                case 0:
                    text[at] = static_cast<char>(below(256));
                    break;
                case 1:
                    text.erase(at, 1 + below(12));
                    break;
                case 2:
                    text.insert(at, text.substr(below(text.size()), below(40)));
                    break;
                default:
                    text.resize(at);
                    break;
            }
        }
        const auto read = cli::parse_collection(text);
        if (!read.ok()) {
            REQUIRE(read.status().reason() == "ERROR_COLLECTION_FILE");
            REQUIRE(read.status().message().find("line ") == 0);
            continue;
        }
        ++accepted;
        const auto same = cli::compare_collections(*read, *read, {});
        REQUIRE(same.equal == read->rows.size());
        REQUIRE(same.changed.empty());
        const auto diff = cli::compare_collections(*original, *read, {});
        REQUIRE(json::accept(cli::diff_json(diff)));
        // Each row of the changed file is told of.
        const std::size_t kept = diff.created.size() + diff.changed.size() + diff.equal;
        REQUIRE(kept <= read->rows.size());
        REQUIRE(kept + diff.unmatched.size() >= read->rows.size());
    }
    CHECK(accepted > 100);
}
