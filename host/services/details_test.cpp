// Lists below a parent: what is asked ahead, and what a call makes of details that cannot be had.
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

#include "host/prism/testing_target.hpp"
#include "host/services/call.hpp"
#include "host/services/first_pages.hpp"
#include "host/services/handling.hpp"
#include "host/services/host.hpp"
#include "host/services/json_path.hpp"

using namespace pf::host;
using namespace pf::host::services;
using namespace pf::host::prism::testing;
using nlohmann::json;

namespace {

const std::string not_there = http(404, "{}");
constexpr std::string_view base = "/api/volumes/v4.3/config/volume-groups";

std::string list_answer(const json& items, std::int64_t total) {
    return http(200,
                json{{"data", items}, {"metadata", {{"totalAvailableResults", total}}}}.dump());
}

// The parent in ".../volume-groups/<parent>/disks?..."; empty for other paths.
std::string parent_of(const Seen& seen) {
    const std::string_view path = std::string_view(seen.path).substr(0, seen.path.find('?'));
    if (!path.starts_with(std::string(base) + "/") || !path.ends_with("/disks")) {
        return {};
    }
    return std::string(path.substr(base.size() + 1, path.size() - base.size() - 7));
}

int page_of(const Seen& seen) {
    const std::size_t at = seen.path.find("%24page=");
    return at == std::string::npos ? 0 : std::stoi(seen.path.substr(at + 8));
}

std::vector<std::string> asked_parents(const Stage& stage) {
    std::vector<std::string> parents;
    for (const Seen& seen : stage.server.seen()) {
        if (!parent_of(seen).empty()) {
            parents.push_back(parent_of(seen));
        }
    }
    return parents;
}

prism::Request disks_of(const std::string& parent) {
    prism::Request request;
    request.path = std::string(base) + "/" + parent + "/disks";
    return request;
}

std::vector<std::string> numbered(int count) {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) {
        all.push_back("g" + std::to_string(i));
    }
    return all;
}

std::string text_of(std::optional<Result<prism::Body>> answer) {
    if (!answer) {
        return "not expected";
    }
    return answer->ok() ? std::string((*answer)->text()) : std::string((*answer).status().reason());
}

class Rows final : public RowOutput {
  public:
    Status push(encoding::RowBatch, const Stop&) override { return Status(); }
    encoding::Block spare() override { return {}; }
};

// Groups with disks, and statistics of the groups.
std::shared_ptr<Descriptor> volumes() {
    auto descriptor = std::make_shared<Descriptor>();
    descriptor->name = "storage";
    Endpoint groups;
    groups.name = "volume_groups";
    groups.v4 = EndpointV4{"volumes", "config/volume-groups", {"extId"}, {"cluster"}, "", true, ""};
    Endpoint disks;
    disks.name = "volume_group_disks";
    disks.role = "Prism Viewer";
    disks.v4 =
        EndpointV4{"volumes", "config/volume-groups/{parent}/disks", {"extId"}, {}, "", true, ""};
    Endpoint stats;
    stats.name = "volume_group_stats";
    stats.v4 = EndpointV4{"volumes", "stats/volume-groups/{parent}",
                          {"extId"}, {},
                          "",        true,
                          "",        StatsWindow{60, 300, {"usedBytes", "freeBytes"}}};
    descriptor->endpoints = {groups, disks, stats};
    Output output;
    output.kind = "volume_group";
    output.data_keys = {{"volume_group", EmptyForm::object}};
    descriptor->outputs = {output};
    return descriptor;
}
constexpr std::uint32_t groups_at = 0;
constexpr std::uint32_t disks_at = 1;
constexpr std::uint32_t stats_at = 2;

// A call of that module against a server whose disks are what `answer` says.
struct DetailCall {
    using Answer = std::function<std::string(const std::string& parent, int page)>;
    explicit DetailCall(Answer answer, std::set<std::string> other_clusters = {})
        : stage([answer](const Seen& seen, Talk& talk) {
              if (seen.method == "OPTIONS") {
                  return talk.send(http(200, R"({"data":"v4.3"})"));
              }
              if (const std::string parent = parent_of(seen); !parent.empty()) {
                  return talk.send(answer(parent, page_of(seen)));
              }
              if (seen.path.find("/stats/") != std::string::npos) {
                  return talk.send(http(200, R"({"metadata":{}})"));
              }
              talk.send(list_answer({{{"extId", "g0"}, {"cluster", "mine"}},
                                     {{"extId", "g1"}, {"cluster", "other"}},
                                     {{"extId", "g2"}, {"cluster", "mine"}}},
                                    3));
          }),
          call(setup(std::move(other_clusters))),
          handling(call) {}

    CallSetup setup(std::set<std::string> other_clusters) {
        CallSetup setup;
        setup.descriptor = volumes();
        setup.target = stage.target;
        setup.stop = source.stop();
        setup.meter = std::make_shared<prism::Meter>();
        setup.output = std::make_shared<Rows>();
        setup.other_clusters = std::move(other_clusters);
        return setup;
    }

    std::size_t open(std::uint32_t endpoint, std::string_view parent, pf_status expected = PF_OK) {
        std::size_t place = 0;
        const pf_list_request request{
            sizeof(pf_list_request), endpoint, {nullptr, 0}, 0, 0, to_pf(parent)};
        CHECK(call.open_list(request, parent, place) == expected);
        return place;
    }
    void expect(std::uint32_t endpoint, const std::vector<std::string>& parents) {
        std::vector<pf_str> texts;
        for (const std::string& parent : parents) {
            texts.push_back(to_pf(parent));
        }
        CHECK(call.expect(endpoint, texts.data(), texts.size()) == PF_OK);
    }
    // Reads a list to its end: how it ended, and the ids that came.
    std::pair<pf_status, std::vector<std::string>> read(std::size_t place) {
        std::vector<std::string> ids;
        while (true) {
            pf_page page{sizeof(pf_page), 0, {0, 0}, {0, 0}};
            const pf_status status = call.next_page(place, page);
            if (status != PF_OK) {
                return {status, ids};
            }
            for (pf_val at = reader().first(page.items); at.doc != 0;
                 at = reader().next(page.items, at)) {
                ids.emplace_back(text_at(at, {"extId"}));
                call.filtered(at);
            }
        }
    }
    std::pair<pf_status, std::vector<std::string>> disks(const std::string& parent) {
        return read(open(disks_at, parent));
    }

    Stage stage;
    StopSource source;
    Call call;
    Handling handling;
};

const Finding* finding(const std::vector<Finding>& all, const std::string& code) {
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const Finding& each) { return each.code == code; });
    return at == all.end() ? nullptr : &*at;
}

const DetailCall::Answer one_disk = [](const std::string& parent, int) {
    return list_answer({{{"extId", parent + "-disk"}}}, 1);
};

}  // namespace

TEST_CASE("first pages come for the parent asked for, however they arrive") {
    Stage stage([](const Seen& seen, Talk& talk) {
        talk.send(http(200, json::array({parent_of(seen)}).dump()));
    });
    auto meter = std::make_shared<prism::Meter>();
    FirstPages pages(stage.target, disks_of, numbered(40), Stop(), meter);
    for (int i = 0; i < 40; i += i == 10 ? 5 : 1) {
        CHECK(text_of(pages.take("g" + std::to_string(i))) == "[\"g" + std::to_string(i) + "\"]");
    }
    CHECK(text_of(pages.take("g3")) == "not expected");
    CHECK(text_of(pages.take("nobody")) == "not expected");
    CHECK(meter->requests >= 36);
    CHECK(meter->requests <= 40);
}

TEST_CASE("what is fetched ahead is bounded, whatever the reader leaves") {
    // g1 is not answered before all that may be asked for meanwhile was: whoever would ask for
    // more has the time to.
    std::mutex mutex;
    std::condition_variable arrived;
    int asked = 0;  // g0 to g5 are six
    Stage stage(
        [&](const Seen& seen, Talk& talk) {
            std::unique_lock lock(mutex);
            ++asked;
            arrived.notify_all();
            arrived.wait(lock, [&] { return asked >= 6 || parent_of(seen) != "g1"; });
            lock.unlock();
            talk.send(http(200, "[]"));
        },
        [](prism::TargetSpec& spec) { spec.limits.sessions = 3; });
    {
        FirstPages pages(stage.target, disks_of, numbered(100), Stop(),
                         std::make_shared<prism::Meter>());
        CHECK(text_of(pages.take("g0")) == "[]");
        CHECK(text_of(pages.take("g1")) == "[]");
    }
    CHECK(asked_parents(stage).size() >= 6);
    CHECK(asked_parents(stage).size() <= 2 + 3 + 2);
    {
        FirstPages nothing(stage.target, disks_of, {}, Stop(), std::make_shared<prism::Meter>());
        CHECK(text_of(nothing.take("g0")) == "not expected");
    }
}

TEST_CASE("one parent's failure is its own; many in a row are the end of asking") {
    Stage one([](const Seen& seen, Talk& talk) {
        talk.send(parent_of(seen) == "g1" ? http(403, "{}") : http(200, "[]"));
    });
    FirstPages pages(one.target, disks_of, numbered(4), Stop(), std::make_shared<prism::Meter>());
    CHECK(text_of(pages.take("g0")) == "[]");
    CHECK(text_of(pages.take("g1")) == "ERROR_PRISM_PERMISSION");
    CHECK(text_of(pages.take("g2")) == "[]");

    Stage all([](const Seen&, Talk& talk) { talk.send(http(503, "{}")); },
              [](prism::TargetSpec& spec) {
                  spec.limits.tries = 1;
                  spec.limits.sessions = 2;
              });
    FirstPages none(all.target, disks_of, numbered(200), Stop(), std::make_shared<prism::Meter>());
    for (const std::string& parent : numbered(200)) {
        CHECK(text_of(none.take(parent)) == "ERROR_PRISM_UNAVAILABLE");
    }
    CHECK(asked_parents(all).size() < 8 + 8);
}

TEST_CASE("parents that are gone are no reason to ask for no more") {
    Stage stage([](const Seen&, Talk& talk) { talk.send(not_there); });
    FirstPages pages(stage.target, disks_of, numbered(30), Stop(),
                     std::make_shared<prism::Meter>());
    for (const std::string& parent : numbered(30)) {
        CHECK(text_of(pages.take(parent)) == "ERROR_PRISM_NOT_FOUND");
    }
    CHECK(asked_parents(stage).size() == 30);
}

TEST_CASE("a stop wakes who waits for a first page") {
    StopSource source;
    Stage stage([&source](const Seen&, Talk& talk) {
        source.request(Status(Code::cancelled, "ERROR_CANCELLED", "enough"));
        talk.wait_until_client_leaves();
    });
    FirstPages pages(stage.target, disks_of, numbered(20), source.stop(),
                     std::make_shared<prism::Meter>());
    CHECK(text_of(pages.take("g0")) == "ERROR_CANCELLED");
    CHECK(text_of(pages.take("g1")) == "ERROR_CANCELLED");
}

TEST_CASE("details are read below their parents and counted nowhere") {
    DetailCall detail([](const std::string& parent, int page) {
        if (parent == "g0") {  // more than a page holds
            json items = json::array();
            for (int i = page * 100; i < std::min(150, page * 100 + 100); ++i) {
                items.push_back({{"extId", "d" + std::to_string(i)}});
            }
            return list_answer(items, 150);
        }
        return one_disk(parent, page);
    });
    const std::size_t groups = detail.open(groups_at, "");
    pf_page page{sizeof(pf_page), 0, {0, 0}, {0, 0}};
    REQUIRE(detail.call.next_page(groups, page) == PF_OK);
    for (pf_val at = reader().first(page.items); at.doc != 0; at = reader().next(page.items, at)) {
        detail.call.filtered(at);
    }
    detail.expect(disks_at, {"g0", "g1", "g2"});
    const auto [first_end, first] = detail.disks("g0");
    CHECK(first_end == PF_OUT_OF_RANGE);
    CHECK(first.size() == 150);
    CHECK(detail.disks("g2").second == std::vector<std::string>{"g2-disk"});
    CHECK(detail.disks("unexpected").second == std::vector<std::string>{"unexpected-disk"});
    CHECK(detail.read(groups).first == PF_OUT_OF_RANGE);
    detail.call.finish(PF_OK);
    CHECK(detail.call.findings().all_missing().empty());
    REQUIRE(detail.call.lists().size() == 1);
    CHECK(detail.call.lists()[0].ledger.counts().filtered == 3);
    CHECK(detail.call.lists()[0].is_complete);
}

TEST_CASE("a detail that is not whole fails, once per cause with its number") {
    DetailCall detail([](const std::string& parent, int) {
        return list_answer({{{"extId", parent + "-disk"}}}, 2);  // one of two
    });
    detail.expect(disks_at, {"g0", "g1"});
    CHECK(detail.disks("g0").first == PF_ABORTED);
    CHECK(detail.disks("g1").first == PF_ABORTED);
    detail.call.finish(PF_OK);
    const Finding* changed = finding(detail.call.findings().all_missing(), "ERROR_LIST_CHANGED");
    REQUIRE(changed != nullptr);
    CHECK(changed->count == 2);
    CHECK(changed->first_ids == std::vector<std::string>{"g0", "g1"});
    CHECK(changed->text.find("volume_group_disks") != std::string::npos);
}

TEST_CASE("a detail that is refused names the role and the option") {
    DetailCall detail([](const std::string&, int) { return http(403, "{}"); });
    detail.expect(disks_at, {"g0", "g1", "g2"});
    for (const char* parent : {"g0", "g1", "g2"}) {
        CHECK(detail.disks(parent).first == PF_PERMISSION_DENIED);
    }
    detail.call.finish(PF_OK);
    REQUIRE(finding(detail.call.findings().all_missing(), "ERROR_MODULE_LIST_LEFT") != nullptr);
    const Finding* refused =
        finding(detail.call.findings().all_missing(), "ERROR_PRISM_PERMISSION");
    REQUIRE(refused != nullptr);
    CHECK(refused->count == 3);
    CHECK(refused->text.find("Prism Viewer") != std::string::npos);
    CHECK(refused->text.find("detail: false") != std::string::npos);
}

TEST_CASE("a parent that went away meanwhile is a note") {
    DetailCall detail([](const std::string& parent, int page) {
        return parent == "g1" ? not_there : one_disk(parent, page);
    });
    detail.expect(disks_at, {"g0", "g1"});
    CHECK(detail.disks("g0").first == PF_OUT_OF_RANGE);
    CHECK(detail.disks("g1").first == PF_NOT_FOUND);
    const Finding* gone = finding(detail.call.findings().all_notes(), "detail.not_found");
    REQUIRE(gone != nullptr);
    CHECK(gone->first_ids == std::vector<std::string>{"g1"});
    CHECK(detail.call.findings().all_missing().empty());
}

TEST_CASE("nothing is asked about an entity that does not go out") {
    DetailCall detail(one_disk, {"other"});
    const std::size_t groups = detail.open(groups_at, "");
    pf_page page{sizeof(pf_page), 0, {0, 0}, {0, 0}};
    REQUIRE(detail.call.next_page(groups, page) == PF_OK);
    detail.expect(disks_at, {"g0", "g1", "g2"});
    CHECK(detail.disks("g0").first == PF_OUT_OF_RANGE);
    (void)detail.open(disks_at, "g1", PF_NOT_FOUND);
    CHECK(detail.disks("g2").first == PF_OUT_OF_RANGE);
    std::vector<std::string> asked = asked_parents(detail.stage);
    std::sort(asked.begin(), asked.end());
    CHECK(asked == std::vector<std::string>{"g0", "g2"});
    CHECK(detail.call.findings().all_notes().empty());
}

TEST_CASE("a detail left before its end has shown a part that looks like the whole") {
    DetailCall detail(one_disk);
    (void)detail.open(disks_at, "g0");
    CHECK(detail.disks("g1").first == PF_OUT_OF_RANGE);
    const Finding* left = finding(detail.call.findings().all_missing(), "ERROR_MODULE_LIST_LEFT");
    REQUIRE(left != nullptr);
    CHECK(left->first_ids == std::vector<std::string>{"g0"});
}

TEST_CASE("lists with and without a parent are not mixed up") {
    DetailCall detail(one_disk);
    (void)detail.open(disks_at, "", PF_INVALID_ARGUMENT);
    (void)detail.open(groups_at, "g0", PF_INVALID_ARGUMENT);
    const pf_str parent = to_pf("g0");
    CHECK(detail.call.expect(groups_at, &parent, 1) == PF_INVALID_ARGUMENT);
    CHECK(detail.call.expect(9, &parent, 1) == PF_INVALID_ARGUMENT);
}

TEST_CASE("a parent's id is a part of the path, whatever it holds") {
    DetailCall detail(one_disk);
    (void)detail.disks("a/b c?d");
    const std::vector<Seen> seen = detail.stage.server.seen();
    CHECK(seen.back().path.starts_with(std::string(base) + "/a%2Fb%20c%3Fd/disks?"));
}

TEST_CASE("statistics are asked over a span of time, and may not be there") {
    DetailCall detail(one_disk);
    const std::size_t place = detail.open(stats_at, "g0");
    pf_page page{sizeof(pf_page), 0, {0, 0}, {0, 0}};
    REQUIRE(detail.call.next_page(place, page) == PF_OK);
    CHECK(page.items.doc == 0);
    CHECK(detail.call.next_page(place, page) == PF_OUT_OF_RANGE);
    const std::string path = detail.stage.server.seen().back().path;
    CHECK(path.starts_with("/api/volumes/v4.3/stats/volume-groups/g0?%24startTime=20"));
    for (const char* part : {"%3A00Z&%24endTime=20", "&%24samplingInterval=300&%24statType=LAST",
                             "&%24select=usedBytes%2CfreeBytes"}) {
        CHECK(path.find(part) != std::string::npos);
    }
}

TEST_CASE("a module built before there were parents still opens its lists") {
    DetailCall detail(one_disk);
    const pf_host* host = host_for_module("storage");
    pf_list_request request{
        offsetof(pf_list_request, parent),           groups_at, {nullptr, 0}, 0, 0,
        pf_str{reinterpret_cast<const char*>(8), 99}};  // never looked at
    pf_list* list = nullptr;
    CHECK(host->lists->open(detail.handling.handle(), &request, &list) == PF_OK);
    CHECK(list != nullptr);
    request.struct_size = offsetof(pf_list_request, flags);
    CHECK(host->lists->open(detail.handling.handle(), &request, &list) == PF_INVALID_ARGUMENT);
}
