#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <future>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "host/cloudforet/roles/scripted_cost.hpp"
#include "spaceone/api/cost_analysis/plugin/cost.pb.h"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;
using nlohmann::json;
using spaceone::api::cost_analysis::plugin::CostsInfo;

namespace {

// Adds records until all are out or the sink refuses.
Status add_records(cost::ChargeSink& sink, std::size_t count, std::size_t project_bytes = 0) {
    const std::string project(project_bytes, 'p');
    for (std::size_t i = 0; i < count; ++i) {
        const std::string resource = "vm-" + std::to_string(i);
        cost::Charge charge = february_charge(resource);
        charge.project = project;
        if (Status status = sink.add(charge); !status.ok()) {
            return status;
        }
    }
    return {};
}

ScriptedCost::Charging records_of(std::size_t count, std::size_t project_bytes = 0) {
    return [=](const CostRequest&, const cost::CostTask&, cost::ChargeSink& sink, const Stop&,
               runtime::RunReport&) { return add_records(sink, count, project_bytes); };
}

// Blocks until the call is asked to stop, as one that waits for Prism does.
Status wait_for(const Stop& stop) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait(lock, stop.token(), [] { return false; });
    return stop.why();
}

CostsInfo page_of(const ReceivedMessage& message) {
    CostsInfo page;
    REQUIRE(page.ParseFromArray(message.bytes().data(), static_cast<int>(message.bytes().size())));
    return page;
}

}  // namespace

TEST_CASE("records come in pages of a thousand, all of them, in order, byte for byte again") {
    auto service = std::make_shared<ScriptedCost>();
    service->on_charge = records_of(12345);
    const CostScene scene(service);
    std::string first;
    for (int round = 0; round < 2; ++round) {
        std::string bytes;
        std::vector<int> sizes;
        std::size_t next = 0;
        bool is_equal = true;
        const CallEnd end =
            scene.call("Cost/get_data", february_request(), [&](const ReceivedMessage& message) {
                const CostsInfo page = page_of(message);
                sizes.push_back(page.results_size());
                for (const auto& row : page.results()) {
                    is_equal = is_equal && row.resource() == "vm-" + std::to_string(next++);
                }
                bytes += message.bytes();
                return true;
            });
        CHECK(end.status.ok());
        CHECK(is_equal);
        CHECK(next == 12345);
        CHECK(sizes.size() == 13);
        CHECK(sizes.front() == 1000);
        CHECK(sizes.back() == 345);
        CHECK((round == 0 || bytes == first));
        first = bytes;
        const json ledger = json::parse(end.trailer("x-prismforet-ledger"));
        CHECK(ledger["rows"] == 12345);
        CHECK(ledger["complete"] == true);
    }
}

TEST_CASE("every row has the provider, the task's account and nothing in data") {
    auto service = std::make_shared<ScriptedCost>();
    service->on_charge = records_of(3);
    const CostScene scene(service);
    int rows = 0;
    const CallEnd end =
        scene.call("Cost/get_data", february_request(), [&](const ReceivedMessage& message) {
            const CostsInfo page = page_of(message);
            for (const auto& row : page.results()) {
                ++rows;
                CHECK(row.provider() == "nutanix");
                CHECK(row.additional_info().fields().at("account").string_value() == "uuid-1");
                CHECK(row.billed_date() == "2026-02-27");
                CHECK(row.cost() == 4.8);
                CHECK_FALSE(row.has_data());
            }
            return true;
        });
    CHECK(end.status.ok());
    CHECK(rows == 3);
}

TEST_CASE("a task without records ends well and sends nothing") {
    const CostScene scene(std::make_shared<ScriptedCost>());
    const CallEnd end = scene.call("Cost/get_data", february_request());
    CHECK(end.status.ok());
    CHECK(end.messages == 0);
}

TEST_CASE("what is missing fails the task, whatever the service says") {
    auto service = std::make_shared<ScriptedCost>();
    const CostScene scene(service);
    SECTION("an unreadable page") {
        service->on_charge = [](const CostRequest&, const cost::CostTask&, cost::ChargeSink& sink,
                                const Stop&, runtime::RunReport& report) {
            report.missing.push_back(
                {"ERROR_PRISM_ANSWER", "pc1:9440", "vm", "page 3 is no JSON", 1, {}});
            report.missing.push_back({"ERROR_LIST_CHANGED", "pc1:9440", "vm", "it changed", 1, {}});
            return add_records(sink, 2500);
        };
        const CallEnd end = scene.call("Cost/get_data", february_request());
        CHECK(end.status.code() == Code::failed_precondition);
        CHECK(end.status.reason() == "ERROR_COST_INCOMPLETE");
        CHECK(end.status.message().find("2026-02 at pc1:9440") != std::string::npos);
        CHECK(end.status.message().find("page 3 is no JSON (and 1 more)") != std::string::npos);
        CHECK(end.messages == 2);  // these are rolled back by CloudForet
        CHECK(json::parse(end.trailer("x-prismforet-ledger"))["complete"] == false);
    }
    SECTION("a collection that was cut") {
        service->on_charge = [](const CostRequest&, const cost::CostTask&, cost::ChargeSink&,
                                const Stop&, runtime::RunReport& report) {
            report.end = Status(Code::aborted, "ERROR_X", "cut");
            return Status();
        };
        CHECK(scene.call("Cost/get_data", february_request()).status.reason() ==
              "ERROR_COST_INCOMPLETE");
    }
    SECTION("a record that is none of the task's") {
        service->on_charge = [](const CostRequest&, const cost::CostTask&, cost::ChargeSink& sink,
                                const Stop&, runtime::RunReport&) {
            cost::Charge charge = february_charge("vm-1");
            charge.billed_date = "2026-02-28";  // not closed when the sync was planned
            return sink.add(charge);
        };
        const CallEnd end = scene.call("Cost/get_data", february_request());
        CHECK(end.status.reason() == "ERROR_COST_RECORD");
        CHECK(end.messages == 0);
    }
    SECTION("the service's own failure") {
        service->on_charge = [](const CostRequest&, const cost::CostTask& task,
                                cost::ChargeSink& sink, const Stop&, runtime::RunReport&) {
            static_cast<void>(add_records(sink, 1000));
            return cost::may_send(task, "uuid-9");
        };
        const CallEnd end = scene.call("Cost/get_data", february_request());
        CHECK(end.status.reason() == "ERROR_COST_ACCOUNT");
        CHECK(end.messages == 1);
    }
}

TEST_CASE("a slow reader holds the maker back") {
    auto service = std::make_shared<ScriptedCost>();
    std::atomic<std::size_t> made{0};
    std::atomic<bool> is_blocked_seen{false};
    constexpr std::size_t pages = 200;  // of a mebibyte: far more than any buffer between the two
    service->on_charge = [&](const CostRequest&, const cost::CostTask&, cost::ChargeSink& sink,
                             const Stop&, runtime::RunReport&) {
        const std::string project(1 << 20, 'p');
        for (std::size_t i = 0; i < pages; ++i) {
            cost::Charge charge = february_charge("vm-1");
            charge.project = project;
            if (Status status = sink.add(charge); !status.ok()) {
                return status;
            }
            ++made;
        }
        return Status();
    };
    const CostScene scene(service);
    std::size_t taken = 0;
    const CallEnd end =
        scene.call("Cost/get_data", february_request(), [&](const ReceivedMessage&) {
            ++taken;
            is_blocked_seen = is_blocked_seen || made < pages;
            CHECK(made - taken < 64);
            return true;
        });
    CHECK(end.status.ok());
    CHECK(taken == pages);
    CHECK(is_blocked_seen);
}

TEST_CASE("a client that cancels, or goes away while pages flow, ends the work") {
    auto service = std::make_shared<ScriptedCost>();
    std::promise<Status> ended;
    SECTION("while Prism is waited for") {
        service->on_charge = [&](const CostRequest&, const cost::CostTask&, cost::ChargeSink& sink,
                                 const Stop& stop, runtime::RunReport&) {
            static_cast<void>(add_records(sink, 1000));
            ended.set_value(wait_for(stop));
            return stop.why();
        };
        const CostScene scene(service);
        const CallEnd end = scene.call("Cost/get_data", february_request(),
                                       [](const ReceivedMessage&) { return false; });
        CHECK(end.status.code() == Code::cancelled);
        CHECK(ended.get_future().get().code() == Code::cancelled);
    }
    SECTION("while records are made") {
        service->on_charge = [&](const CostRequest&, const cost::CostTask&, cost::ChargeSink& sink,
                                 const Stop&, runtime::RunReport&) {
            Status status;
            while (status.ok()) {
                status = add_records(sink, 1000);
            }
            ended.set_value(status);
            return status;
        };
        const CostScene scene(service);
        std::size_t count = 0;
        static_cast<void>(scene.call("Cost/get_data", february_request(),
                                     [&](const ReceivedMessage&) { return ++count < 5; }));
        CHECK(ended.get_future().get().code() == Code::cancelled);
    }
}

TEST_CASE("deadlines, budgets and the end of the server do not look finished") {
    auto service = std::make_shared<ScriptedCost>();
    service->on_charge = [](const CostRequest&, const cost::CostTask&, cost::ChargeSink& sink,
                            const Stop& stop, runtime::RunReport&) {
        static_cast<void>(add_records(sink, 1000));
        return wait_for(stop);
    };
    service->on_verify = [](const CostRequest&, const Stop& stop) { return wait_for(stop); };
    CostLimits limits;
    SECTION("our own") {
        limits.answer = limits.charge = std::chrono::milliseconds(100);
        const CostScene scene(service, limits);
        CHECK(scene.call("DataSource/verify").status.code() == Code::failed_precondition);
        const CallEnd end = scene.call("Cost/get_data", february_request());
        CHECK(end.status.code() == Code::aborted);
        CHECK(end.status.reason() == "ERROR_COLLECT_INTERRUPTED");
        CHECK(end.status.message().starts_with("the costs of 2026-02 did not finish"));
    }
    SECTION("the client's") {
        const CostScene scene(service, limits);
        const CallEnd end = scene.call("Cost/get_data", february_request(), {},
                                       Stop().until(Clock::now() + std::chrono::milliseconds(500)));
        CHECK(end.status.code() == Code::deadline_exceeded);
    }
    SECTION("the server's") {
        // The receiver has the page before the server ends: what still waits is dropped then.
        std::promise<void> received;
        const CostScene scene(service, limits);
        std::thread stopper([&] {
            received.get_future().wait();
            scene.server->shutdown(std::chrono::milliseconds(0));
        });
        const CallEnd end =
            scene.call("Cost/get_data", february_request(), [&](const ReceivedMessage&) {
                received.set_value();
                return true;
            });
        stopper.join();
        CHECK(end.messages == 1);
        CHECK(end.status.reason() == "ERROR_COLLECT_INTERRUPTED");
        CHECK(end.status.message().find("stopping") != std::string::npos);
    }
    SECTION("one that says OK although its pages were refused") {
        std::promise<void> begun;
        service->on_charge = [&](const CostRequest&, const cost::CostTask&, cost::ChargeSink& sink,
                                 const Stop& stop, runtime::RunReport&) {
            begun.set_value();
            static_cast<void>(wait_for(stop));
            static_cast<void>(add_records(sink, 1000));
            return Status();
        };
        const CostScene scene(service, limits);
        std::thread stopper([&] {
            begun.get_future().wait();
            scene.server->shutdown(std::chrono::milliseconds(0));
        });
        CHECK(scene.call("Cost/get_data", february_request()).status.code() == Code::aborted);
        stopper.join();
    }
}

TEST_CASE("more at once than allowed are refused in words") {
    auto service = std::make_shared<ScriptedCost>();
    std::promise<void> begun;
    service->on_charge = [&](const CostRequest&, const cost::CostTask&, cost::ChargeSink&,
                             const Stop& stop, runtime::RunReport&) {
        begun.set_value();
        return wait_for(stop);
    };
    CostLimits limits;
    limits.charges = 1;
    const CostScene scene(service, limits);
    StopSource cancel;
    std::thread first([&] {
        auto client = ReflectionClient::connect(scene.server->address(), std::chrono::seconds(60));
        CallRequest request;
        request.method = "Cost/get_data";
        request.json = february_request();
        request.stop = cancel.stop();
        static_cast<void>((*client)->call(request, [](const ReceivedMessage&) { return true; }));
    });
    begun.get_future().wait();
    CHECK(scene.call("Cost/get_data", february_request()).status.reason() ==
          "ERROR_TOO_MANY_COLLECTS");
    cancel.request({Code::cancelled, "ERROR_X", "x"});
    first.join();
}
