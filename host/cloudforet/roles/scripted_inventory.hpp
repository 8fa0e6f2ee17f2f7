// For tests: an inventory that does what the test says, and a server around it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/cloudforet/client/reflection_call.hpp"
#include "host/cloudforet/roles/inventory.hpp"
#include "host/cloudforet/server.hpp"

namespace pf::host::cloudforet::testing {

// Each function may be replaced before the server starts.
struct ScriptedInventory final : InventoryService {
    using Collect = std::function<Status(const runtime::Request&, runtime::RowSink&, const Stop&,
                                         runtime::RunReport&)>;

    std::string metadata_text = R"({"supported_schedules":["hours"]})";
    std::function<Status(const runtime::Request&, const Stop&)> on_verify;
    std::function<std::vector<runtime::Task>(const runtime::Request&, const Stop&)> on_plan;
    Collect on_collect;

    std::string metadata() const override { return metadata_text; }
    Status verify(const runtime::Request& request, const Stop& stop) override {
        return on_verify ? on_verify(request, stop) : Status();
    }
    std::vector<runtime::Task> plan(const runtime::Request& request, const Stop& stop) override {
        return on_plan ? on_plan(request, stop) : std::vector<runtime::Task>();
    }
    Status collect(const runtime::Request& request, runtime::RowSink& sink, const Stop& stop,
                   runtime::RunReport& report) override {
        return on_collect ? on_collect(request, sink, stop, report) : Status();
    }
};

// A server on a port of the system's choice, with one client.
struct Scene {
    explicit Scene(std::shared_ptr<ScriptedInventory> inventory, InventoryLimits limits = {},
                   CallObserver on_call = {});
    // Calls with usable_request; without a handler the messages are only counted.
    CallEnd call(const std::string& method, const MessageHandler& on_message = {},
                 const Stop& stop = {});

    std::unique_ptr<Server> server;
    std::unique_ptr<ReflectionClient> client;
};

// A request every method understands.
extern const char* const usable_request;

// The bytes of a row: a ResourceInfo with this name and a message of `bytes`.
std::string row_bytes(const std::string& name, std::size_t bytes);
// A batch of `count` such rows, named by `first` and the following numbers.
encoding::RowBatch batch_of(std::size_t first, std::size_t count, std::size_t bytes);

}  // namespace pf::host::cloudforet::testing
