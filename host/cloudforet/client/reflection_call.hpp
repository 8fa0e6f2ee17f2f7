// ReflectionClient: calls any method of any gRPC server that offers reflection, as CloudForet's own
// client does: it knows nothing but the address.
//
//     auto client = ReflectionClient::connect("localhost:50051");
//     CallEnd end = (*client)->call({.method = "spaceone.core.v1.Plugin/init", .json = "{}"},
//                                   [](const ReceivedMessage& message) { ...; return true; });
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace google::protobuf {
class Message;
}

namespace pf::host::cloudforet {

// Names and values of gRPC metadata.
using Metadata = std::vector<std::pair<std::string, std::string>>;

// A method as the server describes it.
struct MethodDescription {
    std::string service;  // full name
    std::string name;
    std::string request_type;  // full names
    std::string response_type;
    bool is_client_streaming = false;
    bool is_server_streaming = false;
    std::string definition;  // the method and its messages in the language of .proto files
};

// What to call. Text in CloudForet's own form, "Collector.collect", is understood as well.
struct CallRequest {
    std::string method;  // "package.Service/method", "package.Service.method" or "Service/method"
    std::string json;    // the request message; empty = an empty one
    Metadata metadata;   // e.g. {"token", "..."}; keys in lower case
    Stop stop;           // cancels the call; its deadline travels with it
};

// One message of the answer; valid during the callback.
class ReceivedMessage {
  public:
    // For ReflectionClient: the bytes, and an empty message of their type.
    ReceivedMessage(std::string_view bytes, const google::protobuf::Message& prototype)
        : bytes_(bytes), prototype_(prototype) {}
    // As it came over the wire.
    std::string_view bytes() const noexcept { return bytes_; }
    // As JSON text with the names of the .proto file, on one line unless `is_pretty`. DATA_LOSS
    // when the bytes are no such message.
    Result<std::string> json(bool is_pretty = false) const;

  private:
    std::string_view bytes_;
    const google::protobuf::Message& prototype_;
};

// Takes each message of the answer, from the thread that called; false cancels the call.
using MessageHandler = std::function<bool(const ReceivedMessage&)>;

// How a call ended.
struct CallEnd {
    Status status;        // the server's; reason and message are taken from "ERROR_X: text"
    std::string details;  // as the server sent it
    Metadata trailing;    // e.g. x-prismforet-ledger; binary values are left out
    std::uint64_t messages = 0;
    // The value of a trailing key, or empty text.
    std::string_view trailer(std::string_view key) const;
};

// Not safe for several threads; use one per thread.
class ReflectionClient {
  public:
    // Waits until the server takes the connection, at most `wait`. UNAVAILABLE (ERROR_CONNECT) with
    // the reason when it does not, INVALID_ARGUMENT for text that is no address.
    static Result<std::unique_ptr<ReflectionClient>> connect(
        std::string_view address, std::chrono::milliseconds wait = std::chrono::seconds(3),
        const Stop& stop = {});
    ~ReflectionClient();

    // Full names of the services the server lists.
    Result<std::vector<std::string>> services(const Stop& stop = {});
    // The methods of a service, by its full or short name.
    Result<std::vector<MethodDescription>> methods(std::string_view service, const Stop& stop = {});
    // One method, named as in CallRequest.
    Result<MethodDescription> describe(std::string_view method, const Stop& stop = {});
    // Calls and waits for the end. A failure before the call (unknown method, wrong request) is in
    // the status as well: NOT_FOUND or INVALID_ARGUMENT with the nearest names.
    CallEnd call(const CallRequest& request, const MessageHandler& on_message);

  private:
    struct State;
    explicit ReflectionClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::cloudforet
