// Lists in both generations of the API, against a server that plays parts of a Prism Central.
#include "host/services/listing.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "host/prism/testing_target.hpp"
#include "host/services/json_path.hpp"

using namespace pf::host;
using namespace pf::host::services;
using namespace pf::host::prism::testing;
using nlohmann::json;
using prism::ApiWish;

namespace {

const std::string v3_things = "/api/nutanix/v3/things/list";
const std::string not_there = http(404, "{}");

Endpoint things(bool has_v4 = true, bool has_v3 = true) {
    Endpoint endpoint;
    endpoint.name = "things";
    if (has_v4) {
        endpoint.v4 = EndpointV4{"vmm", "ahv/config/vms", {"extId"}, {"cluster"}, "", true, ""};
    }
    if (has_v3) {
        endpoint.v3 =
            EndpointV3{"things/list", "thing", {"metadata", "uuid"}, {"cluster"}, true, ""};
    }
    return endpoint;
}

std::string id_of(int number) { return "id-" + std::to_string(number); }

json entities(int from, int to) {
    json list = json::array();
    for (int i = from; i < to; ++i) {
        list.push_back(
            {{"status", {{"name", "n" + std::to_string(i)}}}, {"metadata", {{"uuid", id_of(i)}}}});
    }
    return list;
}

std::string answer_v3(const json& list, std::int64_t total) {
    return http(200, json{{"metadata", {{"total_matches", total}}}, {"entities", list}}.dump());
}

// How a server of v3 treats offset and length.
struct Habits {
    int count = 45;
    int usual_length = 20;  // when the request names none
    int most = 500;
    bool obeys_offset = true;
    int told = -1;  // the total it tells; negative = the truth
    bool refuses_behind_the_end = false;
};

prism::testing::Script server_v3(const Habits& habits) {
    return [habits](const Seen& seen, Talk& talk) {
        if (seen.method != "POST" || seen.path != v3_things) {
            return talk.send(not_there);
        }
        const json body = json::parse(seen.body);
        const int from = habits.obeys_offset ? body.value("offset", 0) : 0;
        const int length = std::min(body.value("length", habits.usual_length), habits.most);
        const int end = std::min(habits.count, from + length);
        if (from >= habits.count && habits.refuses_behind_the_end) {
            return talk.send(http(422, R"({"state":"ERROR","code":422,"message_list":[]})"));
        }
        talk.send(answer_v3(entities(from, std::max(from, end)),
                            habits.told < 0 ? habits.count : habits.told));
    };
}

// A list read to its end, or to where it was cut.
struct ReadList {
    Status end;
    std::set<std::string> ids;
    std::size_t new_items = 0;
    bool is_complete = false;
    std::string api;
    std::string why;
};

ReadList read_list(Stage& stage, const Endpoint& endpoint, ApiWish wish = ApiWish::automatic,
                   ListingScope scope = {}) {
    ReadList result;
    auto meter = std::make_shared<prism::Meter>();
    auto listing =
        Listing::open(stage.target, endpoint, wish, std::move(scope), Stop(), std::move(meter));
    if (!listing) {
        result.end = listing.status();
        return result;
    }
    while (true) {
        auto page = (*listing)->next();
        if (!page) {
            result.end = page.status();
            break;
        }
        for (const Listing::Item& item : page->entries) {
            result.ids.emplace(text_at(item.value, (*listing)->id_path()));
            result.new_items += item.is_new ? 1 : 0;
        }
    }
    result.is_complete = (*listing)->is_complete();
    result.api = (*listing)->api();
    result.why = (*listing)->why_incomplete();
    return result;
}

std::vector<std::string> bodies(const Stage& stage) {
    std::vector<std::string> bodies;
    for (const Seen& seen : stage.server.seen()) {
        if (seen.path == v3_things) {
            bodies.push_back(seen.body);
        }
    }
    std::sort(bodies.begin(), bodies.end());
    return bodies;
}

const std::string info_v4 = http(200, R"({"data":"v4.3"})");
const std::string page_v4 =
    http(200, R"({"data":[{"extId":"id-0"}],"metadata":{"totalAvailableResults":1}})");
constexpr const char* ask_info = "OPTIONS /api/vmm/unversioned/info";
constexpr const char* list_v4 = "GET /api/vmm/v4.3/ahv/config/vms";

}  // namespace

TEST_CASE("a list of v3 is read by offset and length") {
    Habits habits;
    habits.count = 1200;
    Stage stage(server_v3(habits));
    const ReadList list = read_list(stage, things(false));
    CHECK(list.end.code() == Code::out_of_range);
    CHECK(list.is_complete);
    CHECK(list.api == "v3");
    CHECK(list.ids.size() == 1200);
    CHECK(bodies(stage) ==
          std::vector<std::string>{R"({"kind":"thing","offset":0,"length":500})",
                                   R"({"kind":"thing","offset":1000,"length":500})",
                                   R"({"kind":"thing","offset":500,"length":500})"});
}

TEST_CASE("a smaller page is asked for when wished, a larger one never") {
    for (const auto& [wish, expected] :
         {std::pair{10u, "\"length\":10}"}, std::pair{900u, "\"length\":500}"}}) {
        Stage stage(server_v3(Habits{}));
        ListingScope scope;
        scope.page_size = wish;
        const ReadList list = read_list(stage, things(false), ApiWish::automatic, scope);
        CHECK(list.ids.size() == 45);
        CHECK(list.is_complete);
        CHECK(bodies(stage).front().ends_with(expected));
    }
}

TEST_CASE("a server that gives less per page than asked for leaves no gaps") {
    const int most = GENERATE(1, 7, 20, 44);
    Habits habits;
    habits.most = most;
    Stage stage(server_v3(habits));
    const ReadList list = read_list(stage, things(false));
    INFO(most << " " << list.why);
    CHECK(list.ids.size() == 45);
    CHECK(list.new_items == 45);
    CHECK(list.is_complete);
    // Full pages only: one more is asked for.
    CHECK(bodies(stage).size() == static_cast<std::size_t>(45 / most + 1));
}

TEST_CASE("behind full pages one more is asked for, and may be refused") {
    Habits habits;
    habits.count = 60;
    habits.refuses_behind_the_end = GENERATE(false, true);
    Stage stage(server_v3(habits));
    const ReadList list = read_list(stage, things(false), ApiWish::automatic, {"", 20});
    CHECK(list.is_complete);
    CHECK(list.ids.size() == 60);
    CHECK(bodies(stage).size() == 4);
}

TEST_CASE("a total that is too small hides nothing, whatever pages it allows for") {
    Habits habits;
    habits.count = 65;
    habits.told = GENERATE(20, 40, 41, 60, 64);
    Stage stage(server_v3(habits));
    const ReadList list = read_list(stage, things(false), ApiWish::automatic, {"", 20});
    INFO(habits.told << " " << list.why);
    CHECK_FALSE(list.is_complete);
    CHECK(list.ids.size() == 65);
}

TEST_CASE("a list that does not page is asked for once, with its kind alone") {
    Habits habits;
    habits.usual_length = 500;
    Stage stage(server_v3(habits));
    Endpoint endpoint = things(false);
    endpoint.v3->is_paged = false;
    const ReadList list = read_list(stage, endpoint);
    CHECK(list.ids.size() == 45);
    CHECK(list.is_complete);
    CHECK(bodies(stage) == std::vector<std::string>{R"({"kind":"thing"})"});
}

TEST_CASE("a list that should come at once and does not is read page by page") {
    Stage stage(server_v3(Habits{}));
    Endpoint endpoint = things(false);
    endpoint.v3->is_paged = false;
    const ReadList list = read_list(stage, endpoint);
    INFO(list.why);
    CHECK(list.ids.size() == 45);
    CHECK(list.new_items == 45);
    CHECK(list.is_complete);
}

TEST_CASE("what a server never shows is told") {
    Habits habits;
    habits.obeys_offset = false;
    Stage stage(server_v3(habits));
    Endpoint endpoint = things(false);
    endpoint.v3->is_paged = GENERATE(true, false);
    ListingScope scope;
    scope.page_size = 20;
    const ReadList list = read_list(stage, endpoint, ApiWish::automatic, scope);
    CHECK(list.end.code() == Code::out_of_range);
    CHECK(list.ids.size() == 20);
    CHECK(list.new_items == 20);
    CHECK_FALSE(list.is_complete);
    CHECK_THAT(list.why, Catch::Contains("Prism says 45, 20 different ones"));
}

TEST_CASE("entities that move between pages are found in a second pass") {
    // The first pass loses one: it moves to a page that was read before.
    std::atomic<int> pages{0};
    Stage stage([&](const Seen& seen, Talk& talk) {
        const int from = json::parse(seen.body).value("offset", 0);
        const bool is_first_pass = ++pages <= 4;  // three full ones, and whether there is more
        json list = entities(from, std::min(30, from + 10));
        if (is_first_pass && from == 10) {
            list.erase(list.begin());
            list.push_back(entities(20, 21)[0]);
        }
        talk.send(answer_v3(list, 30));
    });
    const ReadList list = read_list(stage, things(false), ApiWish::automatic, {"", 10});
    INFO(list.why);
    CHECK(list.ids.size() == 30);
    CHECK(list.new_items == 30);
    CHECK(list.is_complete);
    CHECK(pages == 8);
}

TEST_CASE("a total that moves, or is wrong, makes a list incomplete") {
    const int wrong = GENERATE(29, 31);
    Stage stage([wrong](const Seen& seen, Talk& talk) {
        const int from = json::parse(seen.body).value("offset", 0);
        talk.send(answer_v3(entities(from, std::max(from, std::min(30, from + 10))),
                            from == 20 ? wrong : 30));
    });
    ListingScope scope;
    scope.page_size = 10;
    const ReadList list = read_list(stage, things(false), ApiWish::automatic, scope);
    CHECK_FALSE(list.is_complete);
    CHECK_THAT(list.why, Catch::Contains("the total changed") && Catch::Contains("2 times"));
}

TEST_CASE("without a total a list is read until nothing more comes") {
    Stage stage([](const Seen& seen, Talk& talk) {
        const int from = json::parse(seen.body).value("offset", 0);
        json body{{"metadata", json::object()},
                  {"entities", entities(from, std::max(from, std::min(25, from + 10)))}};
        talk.send(http(200, body.dump()));
    });
    ListingScope scope;
    scope.page_size = 10;
    const ReadList list = read_list(stage, things(false), ApiWish::automatic, scope);
    CHECK(list.ids.size() == 25);
    CHECK(list.is_complete);
}

TEST_CASE("v4 is taken where it is served, v3 where it is not") {
    Stage both(answer_table({{ask_info, info_v4}, {list_v4, page_v4}}));
    CHECK(read_list(both, things()).api == "v4.3");
    CHECK(both.target->uses().at(0).reason.empty());

    Stage old(server_v3(Habits{}));
    const ReadList list = read_list(old, things());
    CHECK(list.api == "v3");
    CHECK(list.ids.size() == 45);
    const auto uses = old.target->uses();
    REQUIRE(uses.size() == 1);
    CHECK(uses[0].api_namespace == "vmm");
    CHECK(uses[0].version == "v3");
    CHECK(uses[0].reason == "there is no general release of v4");

    // The second list asks for no version.
    const std::size_t asked = old.server.seen().size();
    read_list(old, things());
    CHECK(old.server.seen().size() == asked + 1);
}

TEST_CASE("trouble with v4 is an error, never a reason for v3") {
    const std::string trouble =
        GENERATE(http(503, ""), http(401, ""), http(429, ""), http(403, "{}"), http(200, "<html>"));
    const bool is_negotiated = GENERATE(true, false);
    std::map<std::string, std::string> answers{{"POST " + v3_things, answer_v3(entities(0, 1), 1)}};
    if (is_negotiated) {
        answers[ask_info] = info_v4;
        answers[list_v4] = trouble;
    } else {
        answers[ask_info] = http(405, "");
        answers["GET /api/vmm/v4.0/ahv/config/vms"] = trouble;
    }
    Stage stage(answer_table(answers));
    const ReadList list = read_list(stage, things());
    CHECK(list.end.code() != Code::out_of_range);
    CHECK(list.end.code() != Code::not_found);
    CHECK(bodies(stage).empty());
}

TEST_CASE("an endpoint that a served namespace lacks is read by v3, after asking once more") {
    Stage stage(
        answer_table({{ask_info, info_v4}, {"POST " + v3_things, answer_v3(entities(0, 3), 3)}}));
    const ReadList list = read_list(stage, things());
    CHECK(list.api == "v3");
    CHECK(list.ids.size() == 3);
    CHECK(stage.target->uses().at(0).reason == "v4.3 does not have it");
    const auto seen = stage.server.seen();
    CHECK(std::count_if(seen.begin(), seen.end(),
                        [](const Seen& one) { return one.method == "OPTIONS"; }) == 2);
}

TEST_CASE("a version that was remembered for too long is found out and replaced") {
    std::atomic<bool> is_older{false};
    Stage stage([&](const Seen& seen, Talk& talk) {
        if (seen.method == "OPTIONS") {
            return talk.send(is_older ? http(200, R"({"data":"v4.1"})") : info_v4);
        }
        const std::string version = is_older ? "/v4.1/" : "/v4.3/";
        talk.send(seen.path.find(version) == std::string::npos ? not_there : page_v4);
    });
    CHECK(read_list(stage, things()).api == "v4.3");
    is_older = true;
    const ReadList list = read_list(stage, things());
    CHECK(list.api == "v4.1");
    CHECK(list.is_complete);
}

TEST_CASE("a beta is the last resort") {
    const std::string beta = http(200, R"({"data":"v4.0.b1"})");
    constexpr const char* list_beta = "GET /api/vmm/v4.0.b1/ahv/config/vms";
    Stage alone(answer_table({{ask_info, beta}, {list_beta, page_v4}}));
    const ReadList list = read_list(alone, things());
    CHECK(list.api == "v4.0.b1");
    CHECK(list.is_complete);
    CHECK(alone.target->uses().at(0).version == "v4.0.b1");

    Stage beside(answer_table({{ask_info, beta},
                               {list_beta, page_v4},
                               {"POST " + v3_things, answer_v3(entities(0, 2), 2)}}));
    CHECK(read_list(beside, things()).api == "v3");
}

TEST_CASE("what no generation has is not found") {
    Stage stage(answer_table({}));
    const Status status = read_list(stage, things()).end;
    CHECK(status.code() == Code::not_found);
    CHECK(status.code() == Code::not_found);
    CHECK(status.reason() == "ERROR_PRISM_NOT_FOUND");
    CHECK_THAT(status.message(), Catch::Contains("nothing may be taken as deleted"));
}

TEST_CASE("a wish for one generation is obeyed") {
    Stage stage(answer_table({{ask_info, info_v4},
                              {list_v4, page_v4},
                              {"POST " + v3_things, answer_v3(entities(0, 2), 2)}}));
    CHECK(read_list(stage, things(), ApiWish::v3).api == "v3");
    CHECK(stage.server.seen().size() == 1);
    CHECK(read_list(stage, things(), ApiWish::v4).api == "v4.3");

    Stage old(server_v3(Habits{}));
    const Status refused = read_list(old, things(), ApiWish::v4).end;
    CHECK(refused.code() == Code::not_found);
    CHECK_THAT(refused.message(), Catch::Contains("in v4, which the option api_version asks for"));
    CHECK(bodies(old).empty());
}

TEST_CASE("a page in the middle that is not found cuts the list, it does not make it absent") {
    Stage stage([](const Seen& seen, Talk& talk) {
        const int from = json::parse(seen.body).value("offset", 0);
        talk.send(from == 20 ? not_there : answer_v3(entities(from, from + 10), 40));
    });
    ListingScope scope;
    scope.page_size = 10;
    const ReadList list = read_list(stage, things(false), ApiWish::automatic, scope);
    CHECK(list.end.code() == Code::data_loss);
    CHECK_THAT(list.end.message(), Catch::Contains("page 2 of a list was not found"));
}

TEST_CASE("where the server does not sort as asked, it is asked without") {
    Endpoint endpoint = things(false);
    endpoint.v3->order_by = "name";
    Stage sorts(server_v3(Habits{}));
    CHECK(read_list(sorts, endpoint).is_complete);
    CHECK(
        bodies(sorts).at(0) ==
        R"({"kind":"thing","sort_attribute":"name","sort_order":"ASCENDING","offset":0,"length":500})");

    Stage refuses([](const Seen& seen, Talk& talk) {
        if (seen.body.find("sort") != std::string::npos) {
            return talk.send(http(422, R"({"state":"ERROR","code":422})"));
        }
        server_v3(Habits{})(seen, talk);
    });
    const ReadList list = read_list(refuses, endpoint);
    CHECK(list.ids.size() == 45);
    CHECK(list.is_complete);
}

TEST_CASE("errors of v3 inside an answer with HTTP 200 are errors on every page") {
    const int bad_page = GENERATE(0, 1, 3);
    struct Row {
        std::string body;
        const char* reason;
    };
    const Row row =
        GENERATE(Row{R"({"state":"ERROR","code":403,"message_list":[{"message":"no"}]})",
                     "ERROR_PRISM_PERMISSION"},
                 Row{R"({"status":{"state":"ERROR","message_list":[{"message":"no"}]}})",
                     "ERROR_PRISM_UNAVAILABLE"},
                 Row{"{\"state\":\"ERROR\",\"message_list\":\"" + std::string(20'000, 'x') + "\"}",
                     "ERROR_PRISM_ANSWER"},
                 Row{"{}", "ERROR_PRISM_ANSWER"}, Row{R"({"entities":{}})", "ERROR_PRISM_ANSWER"},
                 Row{"[]", "ERROR_PRISM_ANSWER"});
    Stage stage([&](const Seen& seen, Talk& talk) {
        const int from = json::parse(seen.body).value("offset", 0);
        talk.send(from == bad_page * 10 ? http(200, row.body)
                                        : answer_v3(entities(from, from + 10), 40));
    });
    ListingScope scope;
    scope.page_size = 10;
    const ReadList list = read_list(stage, things(false), ApiWish::automatic, scope);
    INFO(bad_page << " " << row.body.substr(0, 40));
    CHECK(list.end.reason() == row.reason);
    CHECK_FALSE(list.is_complete);
}

TEST_CASE("an entity in state ERROR is an entity") {
    json list = entities(0, 3);
    list[1]["status"] = {{"state", "ERROR"}, {"message_list", {{{"message", "no"}}}}};
    Stage stage(answer_table({{"POST " + v3_things, answer_v3(list, 3)}}));
    const ReadList read = read_list(stage, things(false));
    CHECK(read.ids.size() == 3);
    CHECK(read.is_complete);
}

TEST_CASE("an API key goes with every request of v3, and nothing else does") {
    Habits habits;
    habits.most = 10;
    Stage stage(server_v3(habits), [](prism::TargetSpec& spec) {
        spec.credential = {};
        spec.credential.api_key = Secret("k3y");
    });
    CHECK(read_list(stage, things(false)).is_complete);
    for (const Seen& seen : stage.server.seen()) {
        CHECK(seen.header("x-ntnx-api-key") == "k3y");
        CHECK_FALSE(seen.has("authorization"));
        CHECK_FALSE(seen.has("cookie"));
    }
}

TEST_CASE("v4: a server with smaller pages, and an order it refuses") {
    Stage stage([](const Seen& seen, Talk& talk) {
        if (seen.method == "OPTIONS") {
            return talk.send(info_v4);
        }
        if (seen.path.find("orderby") != std::string::npos) {
            return talk.send(http(400, "{}"));
        }
        const auto at = seen.path.find("page=") + 5;
        const int page = std::stoi(seen.path.substr(at));
        json data = json::array();
        for (int i = page * 7; i < std::min(30, page * 7 + 7); ++i) {
            data.push_back({{"extId", id_of(i)}});
        }
        talk.send(
            http(200, json{{"data", data}, {"metadata", {{"totalAvailableResults", 30}}}}.dump()));
    });
    Endpoint endpoint = things(true, false);
    endpoint.v4->order_by = "extId";
    const ReadList list = read_list(stage, endpoint);
    INFO(list.why);
    CHECK(list.ids.size() == 30);
    CHECK(list.is_complete);
}
