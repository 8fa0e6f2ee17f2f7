// A gRPC client that knows nothing but a port, as CloudForet's own client does.
//
// It learns the API by reflection (grpc.reflection.v1alpha), in the same steps and with the same
// strictness as CloudForet: a listed service that cannot be resolved, or two services with the same
// last name, make the whole endpoint unusable. Requests are JSON; unknown field names are rejected.
//
//     auto client = pf::test::ReflectionClient::connect("127.0.0.1:50051");
//     const auto reply = client->call("Collector", "init", R"({"options": {}})");
//
// Calls may be made from several threads at once. It shares no code with the host.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pf::test {

// Why an endpoint cannot be used, or a call cannot be made at all.
enum class ReflectionFault {
    unreachable,     // no connection within the time to become ready
    no_reflection,   // reflection fails or answers something else than it was asked
    unresolvable,    // a listed service has no descriptor
    name_clash,      // two listed services share their last name
    unknown_method,  // the learned API has no such service or method
    bad_request      // the JSON does not fit the request message
};

class ReflectionError : public std::runtime_error {
  public:
    ReflectionError(ReflectionFault fault, const std::string& what)
        : std::runtime_error(what), fault_(fault) {}
    ReflectionFault fault() const { return fault_; }

  private:
    ReflectionFault fault_;
};

// How a call ended.
struct CallStatus {
    int code = 0;         // gRPC status code
    std::string details;  // as sent by the server

    bool ok() const { return code == 0; }
    std::string code_name() const;   // "OK", "UNAVAILABLE", ...
    std::string error_code() const;  // what CloudForet would show: "ERROR_..."; empty when ok
    std::string describe() const;    // "UNAVAILABLE: details"
};

struct ConnectOptions {
    // CloudForet gives a channel three seconds to become ready.
    std::chrono::milliseconds ready_within{3000};
    std::chrono::milliseconds question_deadline{30000};
    int largest_message_bytes = 256 * 1024 * 1024;
};

struct CallOptions {
    // Unary calls end after 180 s unless told otherwise; streams have no deadline unless given.
    std::optional<std::chrono::milliseconds> deadline;
    // A stream is read no faster than this; 0 reads as fast as it comes. Rows not read stay in the
    // transport, so the server feels it.
    double rows_per_second = 0;
    // Requesting stop cancels the call from any thread.
    std::stop_token stop;
    // gRPC metadata to send. CloudForet sends a token of NO_TOKEN to plugins.
    std::vector<std::pair<std::string, std::string>> metadata{{"token", "NO_TOKEN"}};
};

struct CallReply {
    CallStatus status;
    std::string bytes;  // the reply message as received
    std::string json;   // the same as JSON: proto field names, default values left out
};

// One method of the learned API.
struct MethodShape {
    std::string service;  // full name
    std::string method;
    std::string input;  // full names of the messages
    std::string output;
    bool client_streaming = false;
    bool server_streaming = false;
};

class ReflectionClient {
  public:
    // Connects to "host:port" or "grpc://host:port" and learns the API. Throws ReflectionError.
    static std::unique_ptr<ReflectionClient> connect(const std::string& endpoint,
                                                     const ConnectOptions& options = {});
    ~ReflectionClient();
    ReflectionClient(const ReflectionClient&) = delete;
    ReflectionClient& operator=(const ReflectionClient&) = delete;

    // Listed services by full name, in the server's order.
    const std::vector<std::string>& services() const;
    // Every method of every listed service.
    std::vector<MethodShape> methods() const;
    // True when the service (full or last name) has the method.
    bool has(std::string_view service, std::string_view method) const;

    // Calls a unary method; service is a full or a last name. Throws ReflectionError when the call
    // cannot be made; a failing call is in the reply's status.
    CallReply call(std::string_view service, std::string_view method, const std::string& json,
                   const CallOptions& options = {}) const;

    // Calls a method that streams replies. on_message gets the bytes of each, in order, on the
    // calling thread; returning false cancels the call. Throws as call does.
    CallStatus stream(std::string_view service, std::string_view method, const std::string& json,
                      const std::function<bool(std::string_view)>& on_message,
                      const CallOptions& options = {}) const;

    // A reply message of a method as JSON.
    std::string reply_as_json(std::string_view service, std::string_view method,
                              std::string_view bytes) const;

  private:
    struct Impl;
    explicit ReflectionClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace pf::test
