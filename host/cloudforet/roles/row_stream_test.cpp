#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <future>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "host/cloudforet/roles/scripted_inventory.hpp"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;

namespace {

// Writes batches of rows until all are out or the receiver is gone.
Status write_rows(runtime::RowSink& sink, std::size_t rows, std::size_t per_batch,
                  std::size_t bytes) {
    for (std::size_t first = 0; first < rows; first += per_batch) {
        encoding::RowBatch batch = batch_of(first, std::min(per_batch, rows - first), bytes);
        if (!sink.write(batch)) {
            return {Code::aborted, "ERROR_COLLECT_INTERRUPTED", "the receiver is gone"};
        }
    }
    return {};
}

// Blocks until the run is asked to stop, as a handler that waits for Prism does.
Status wait_for(const Stop& stop) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait(lock, stop.token(), [] { return false; });
    return stop.why();
}

ScriptedInventory::Collect rows_of(std::size_t rows, std::size_t per_batch, std::size_t bytes) {
    return [=](const runtime::Request&, runtime::RowSink& sink, const Stop&, runtime::RunReport&) {
        return write_rows(sink, rows, per_batch, bytes);
    };
}

}  // namespace

TEST_CASE("rows arrive whole, in order, byte for byte, also when the reader is slow") {
    auto inventory = std::make_shared<ScriptedInventory>();
    inventory->on_collect = rows_of(3000, 37, 3300);
    Scene scene(inventory);
    std::size_t next = 0;
    bool is_equal = true;
    const CallEnd end = scene.call("Collector/collect", [&](const ReceivedMessage& message) {
        is_equal = is_equal && message.bytes() == row_bytes("vm" + std::to_string(next), 3300);
        ++next;
        // A reader that lets the sender run into its window, again and again.
        if (next % 100 == 0) {
            std::this_thread::yield();
        }
        return true;
    });
    CHECK(end.status.ok());
    CHECK(next == 3000);
    CHECK(is_equal);
}

TEST_CASE("memory of a batch outlives the run that made it") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::promise<void> ended;
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink& sink, const Stop&,
                                runtime::RunReport&) {
        const Status status = write_rows(sink, 16, 16, 300);
        ended.set_value();
        return status;
    };
    Scene scene(inventory);
    std::size_t count = 0;
    const CallEnd end = scene.call("Collector/collect", [&](const ReceivedMessage& message) {
        if (count == 0) {
            ended.get_future().wait();
        }
        CHECK(message.bytes() == row_bytes("vm" + std::to_string(count++), 300));
        return true;
    });
    CHECK(end.status.ok());
    CHECK(count == 16);
}

TEST_CASE("an empty run, and batches of every size around the flush") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::atomic<std::size_t> size{0};
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink& sink, const Stop&,
                                runtime::RunReport&) {
        encoding::RowBatch empty;
        CHECK(sink.write(empty));
        return write_rows(sink, size, std::max<std::size_t>(size, 1), 10);
    };
    Scene scene(inventory);
    for (const std::size_t rows : {0u, 1u, 2u, 15u, 16u, 17u, 31u, 32u, 33u}) {
        size = rows;
        const CallEnd end = scene.call("Collector/collect");
        CHECK(end.status.ok());
        CHECK(end.messages == rows);
    }
}

TEST_CASE("rows of a mebibyte") {
    auto inventory = std::make_shared<ScriptedInventory>();
    inventory->on_collect = rows_of(24, 5, 1 << 20);
    Scene scene(inventory);
    std::size_t bytes = 0;
    const CallEnd end = scene.call("Collector/collect", [&](const ReceivedMessage& message) {
        bytes += message.bytes().size();
        return true;
    });
    CHECK(end.status.ok());
    CHECK(end.messages == 24);
    CHECK(bytes > 24u << 20);
}

TEST_CASE("thirty-two collects at once, and init still answers") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::atomic<int> begun{0};
    std::promise<void> go;
    const std::shared_future<void> gone = go.get_future().share();
    std::promise<void> all_begun;
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink& sink, const Stop&,
                                runtime::RunReport&) {
        if (++begun == 32) {
            all_begun.set_value();
        }
        gone.wait();
        return write_rows(sink, 500, 50, 1000);
    };
    Scene scene(inventory);
    std::atomic<int> good{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 32; ++i) {
        readers.emplace_back([&] {
            auto client =
                ReflectionClient::connect(scene.server->address(), std::chrono::seconds(60));
            CallRequest request;
            request.method = "Collector/collect";
            request.json = usable_request;
            const CallEnd end =
                (*client)->call(request, [](const ReceivedMessage&) { return true; });
            good += end.status.ok() && end.messages == 500 ? 1 : 0;
        });
    }
    all_begun.get_future().wait();
    CHECK(scene.server->active_calls() == 32);
    CallRequest init;
    init.method = "Collector/init";
    CHECK(scene.client->call(init, [](const ReceivedMessage&) { return true; }).status.ok());
    go.set_value();
    for (std::thread& reader : readers) {
        reader.join();
    }
    CHECK(good == 32);
}

TEST_CASE("a client that cancels ends the run") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::promise<Status> why;
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink& sink, const Stop& stop,
                                runtime::RunReport&) {
        static_cast<void>(write_rows(sink, 1, 1, 10));
        const Status status = wait_for(stop);
        CHECK(sink.is_gone());
        why.set_value(status);
        return status;
    };
    Scene scene(inventory);
    const CallEnd end =
        scene.call("Collector/collect", [](const ReceivedMessage&) { return false; });
    CHECK(end.status.code() == Code::cancelled);
    CHECK(why.get_future().get().code() == Code::cancelled);
}

TEST_CASE("a client that goes away while rows flow ends the run") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::promise<Status> ended;
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink& sink, const Stop&,
                                runtime::RunReport&) {
        Status status;
        while (status.ok()) {
            status = write_rows(sink, 100, 100, 1000);
        }
        ended.set_value(status);
        return status;
    };
    Scene scene(inventory);
    std::size_t count = 0;
    static_cast<void>(
        scene.call("Collector/collect", [&](const ReceivedMessage&) { return ++count < 50; }));
    CHECK(ended.get_future().get().code() == Code::aborted);
}

TEST_CASE("deadlines and budgets stop the work") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::promise<Status> first;
    std::atomic<bool> is_first{true};
    inventory->on_verify = [&](const runtime::Request&, const Stop& stop) {
        const Status why = wait_for(stop);
        if (is_first.exchange(false)) {
            first.set_value(why);
        }
        return why;
    };
    inventory->on_collect = [](const runtime::Request&, runtime::RowSink&, const Stop& stop,
                               runtime::RunReport&) { return wait_for(stop); };
    InventoryLimits limits;
    SECTION("the client's") {
        Scene scene(inventory, limits);
        const CallEnd end = scene.call("Collector/verify", {},
                                       Stop().until(Clock::now() + std::chrono::milliseconds(500)));
        CHECK(end.status.code() == Code::deadline_exceeded);
        const Code code = first.get_future().get().code();
        CHECK((code == Code::cancelled || code == Code::deadline_exceeded));
    }
    SECTION("the client's cancel") {
        StopSource cancel;
        std::thread later;
        auto called = std::make_shared<std::promise<void>>();
        inventory->on_verify = [&, called](const runtime::Request&, const Stop& stop) {
            called->set_value();
            const Status why = wait_for(stop);
            first.set_value(why);
            return why;
        };
        Scene scene(inventory, limits);
        later = std::thread([&] {
            called->get_future().wait();
            cancel.request({Code::cancelled, "ERROR_X", "x"});
        });
        CHECK(scene.call("Collector/verify", {}, cancel.stop()).status.code() == Code::cancelled);
        later.join();
        CHECK(first.get_future().get().code() == Code::cancelled);
    }
    SECTION("our own") {
        limits.verify = limits.collect = std::chrono::milliseconds(100);
        Scene scene(inventory, limits);
        CHECK(scene.call("Collector/verify").status.code() == Code::failed_precondition);
        const CallEnd end = scene.call("Collector/collect");
        CHECK(end.status.code() == Code::aborted);
        CHECK(end.status.reason() == "ERROR_COLLECT_INTERRUPTED");
    }
}

TEST_CASE("a server that stops cuts its collects, and they do not look finished") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::promise<void> begun;
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink& sink, const Stop& stop,
                                runtime::RunReport&) {
        static_cast<void>(write_rows(sink, 10, 10, 10));
        begun.set_value();
        return wait_for(stop);
    };
    Scene scene(inventory);
    std::thread stopper([&] {
        begun.get_future().wait();
        scene.server->shutdown(std::chrono::milliseconds(0));
    });
    const CallEnd end = scene.call("Collector/collect");
    stopper.join();
    CHECK(end.messages == 10);
    CHECK(end.status.code() == Code::aborted);
    CHECK(end.status.reason() == "ERROR_COLLECT_INTERRUPTED");
    CHECK(end.status.message().find("stopping") != std::string::npos);
    CHECK(end.trailer("x-prismforet-ledger").starts_with("{"));
}

TEST_CASE("a run that says OK although rows were refused does not end OK") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::promise<void> begun;
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink& sink, const Stop& stop,
                                runtime::RunReport&) {
        begun.set_value();
        static_cast<void>(wait_for(stop));
        static_cast<void>(write_rows(sink, 10, 10, 10));
        return Status();
    };
    Scene scene(inventory);
    std::thread stopper([&] {
        begun.get_future().wait();
        scene.server->shutdown(std::chrono::milliseconds(0));
    });
    CHECK(scene.call("Collector/collect").status.code() == Code::aborted);
    stopper.join();
}

TEST_CASE("more collects than allowed are refused in words") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::promise<void> begun;
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink&, const Stop& stop,
                                runtime::RunReport&) {
        begun.set_value();
        return wait_for(stop);
    };
    InventoryLimits limits;
    limits.collects = 1;
    Scene scene(inventory, limits);
    StopSource cancel;
    std::thread first([&] {
        auto client = ReflectionClient::connect(scene.server->address(), std::chrono::seconds(60));
        CallRequest request;
        request.method = "Collector/collect";
        request.json = usable_request;
        request.stop = cancel.stop();
        static_cast<void>((*client)->call(request, [](const ReceivedMessage&) { return true; }));
    });
    begun.get_future().wait();
    CHECK(scene.call("Collector/collect").status.reason() == "ERROR_TOO_MANY_COLLECTS");
    cancel.request({Code::cancelled, "ERROR_X", "x"});
    first.join();
}
