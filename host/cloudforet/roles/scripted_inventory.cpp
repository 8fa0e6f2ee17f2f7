#include "host/cloudforet/roles/scripted_inventory.hpp"

#include <stdexcept>

#include "host/encoding/buffer.hpp"
#include "spaceone/api/inventory/plugin/collector.pb.h"

namespace pf::host::cloudforet::testing {

const char* const usable_request =
    R"({"options":{},"secret_data":{"host":"pc1","username":"admin","password":"p4ss"}})";

Scene::Scene(std::shared_ptr<ScriptedInventory> inventory, InventoryLimits limits,
             CallObserver on_call) {
    ServerOptions options;
    options.address = "127.0.0.1:0";
    options.version = "1.2.3";
    options.on_call = std::move(on_call);
    auto started = Server::start(options, inventory_role(std::move(inventory), limits));
    if (!started) {
        throw std::runtime_error(started.status().text());
    }
    server = std::move(*started);
    auto connected = ReflectionClient::connect(server->address(), std::chrono::seconds(60));
    if (!connected) {
        throw std::runtime_error(connected.status().text());
    }
    client = std::move(*connected);
}

CallEnd Scene::call(const std::string& method, const MessageHandler& on_message, const Stop& stop) {
    CallRequest request;
    request.method = method;
    request.json = usable_request;
    request.stop = stop;
    return client->call(
        request, on_message ? on_message : [](const ReceivedMessage&) { return true; });
}

std::string row_bytes(const std::string& name, std::size_t bytes) {
    spaceone::api::inventory::plugin::ResourceInfo row;
    row.set_state(spaceone::api::inventory::plugin::ResourceInfo::SUCCESS);
    row.set_resource_type("inventory.CloudService");
    // One key only: the order of several would differ from row to row.
    (*row.mutable_resource()->mutable_fields())["name"].set_string_value(name);
    row.set_message(std::string(bytes, 'd'));
    return row.SerializeAsString();
}

encoding::RowBatch batch_of(std::size_t first, std::size_t count, std::size_t bytes) {
    encoding::Buffer rows;
    encoding::RowBatch batch;
    for (std::size_t i = first; i < first + count; ++i) {
        rows.append(row_bytes("vm" + std::to_string(i), bytes));
        batch.ends.push_back(rows.size());
    }
    batch.bytes = rows.take(encoding::Block());
    return batch;
}

}  // namespace pf::host::cloudforet::testing
