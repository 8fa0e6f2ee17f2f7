#include "host/cloudforet/client/reflection_call.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/channel_arguments.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <utility>

#include "host/cloudforet/client/call_context.hpp"
#include "host/cloudforet/client/channel_address.hpp"
#include "host/cloudforet/client/json_message.hpp"
#include "host/cloudforet/client/remote_schema.hpp"
#include "host/cloudforet/grpc_log.hpp"
#include "host/cloudforet/status_map.hpp"
#include "host/runtime/nearest.hpp"

namespace pf::host::cloudforet {

namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using RowReader = grpc::ClientReader<grpc::ByteBuffer>;
using RowReaderFactory = grpc::internal::ClientReaderFactory<grpc::ByteBuffer>;

constexpr int max_message_bytes = 256 << 20;  // as CloudForet's client

std::string_view last_name(std::string_view full) { return full.substr(full.rfind('.') + 1); }

std::shared_ptr<grpc::Channel> open_channel(const ChannelAddress& address) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(max_message_bytes);
    arguments.SetMaxSendMessageSize(max_message_bytes);
    // Two clients of one process must not share a connection that one of them broke.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(address.target,
                                     address.is_tls
                                         ? grpc::SslCredentials(grpc::SslCredentialsOptions())
                                         : grpc::InsecureChannelCredentials(),
                                     arguments);
}

// Only a call is told why the connection fails.
std::string why_unreachable(grpc::Channel& channel) {
    CallContext context(Stop().until(Clock::now() + std::chrono::seconds(1)));
    const grpc::internal::RpcMethod method("/grpc.health.v1.Health/Check",
                                           grpc::internal::RpcMethod::SERVER_STREAMING);
    // Empty, but present: a ByteBuffer without a slice is none.
    const grpc::Slice nothing;
    const std::unique_ptr<RowReader> reader(
        RowReaderFactory::Create(&channel, method, &context.get(), grpc::ByteBuffer(&nothing, 1)));
    grpc::ByteBuffer ignored;
    while (reader->Read(&ignored)) {
    }
    const std::string text = reader->Finish().error_message();
    for (const char* known : {"Connection refused", "No route to host", "Network is unreachable",
                              "DNS resolution failed", "handshake failed", "Socket closed"}) {
        if (text.find(known) != std::string::npos) {
            return known;
        }
    }
    return "no answer";
}

Status wait_until_ready(grpc::Channel& channel, const std::string& target,
                        std::chrono::milliseconds wait, const Stop& stop) {
    const Clock::time_point end = std::min(Clock::now() + wait, stop.deadline());
    while (true) {
        const grpc_connectivity_state state = channel.GetState(true);
        if (state == GRPC_CHANNEL_READY) {
            return {};
        }
        if (stop.requested()) {
            return stop.why();
        }
        if (state == GRPC_CHANNEL_TRANSIENT_FAILURE || Clock::now() >= end) {
            return {Code::unavailable, "ERROR_CONNECT",
                    "cannot connect to " + target + ": " + why_unreachable(channel) +
                        "; is the server running, and is the port right?"};
        }
        channel.WaitForStateChange(
            state, std::chrono::system_clock::now() + std::chrono::milliseconds(50));
    }
}

MethodDescription describe_method(const MethodDescriptor& method) {
    MethodDescription description;
    description.service = method.service()->full_name();
    description.name = method.name();
    description.request_type = method.input_type()->full_name();
    description.response_type = method.output_type()->full_name();
    description.is_client_streaming = method.client_streaming();
    description.is_server_streaming = method.server_streaming();
    description.definition = method.DebugString() + "\n" + method.input_type()->DebugString();
    if (method.output_type() != method.input_type()) {
        description.definition += "\n" + method.output_type()->DebugString();
    }
    return description;
}

// "a.B/c", "/a.B/c" and "a.B.c" as {"a.B", "c"}.
std::pair<std::string, std::string> split_method(std::string_view text) {
    if (text.starts_with('/')) {
        text.remove_prefix(1);
    }
    std::size_t end = text.rfind('/');
    if (end == std::string_view::npos) {
        end = text.rfind('.');
    }
    if (end == std::string_view::npos) {
        return {std::string(text), ""};
    }
    return {std::string(text.substr(0, end)), std::string(text.substr(end + 1))};
}

std::string_view view_of(const grpc::Slice& slice) {
    return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
}

}  // namespace

struct ReflectionClient::State {
    explicit State(std::shared_ptr<grpc::Channel> opened)
        : channel(std::move(opened)), schema(channel) {}

    Result<const ServiceDescriptor*> find_service(std::string_view name, const Stop& stop);
    Result<const MethodDescriptor*> find_method(std::string_view name, const Stop& stop);
    void exchange(const MethodDescriptor& method, const std::string& request_bytes,
                  const CallRequest& request, const MessageHandler& on_message, CallEnd& end);

    std::shared_ptr<grpc::Channel> channel;
    RemoteSchema schema;
    std::vector<std::string> listed;  // what the server serves, once it was asked
    // After the schema, whose descriptors its messages refer to: it dies first.
    google::protobuf::DynamicMessageFactory messages;
};

Result<const ServiceDescriptor*> ReflectionClient::State::find_service(std::string_view name,
                                                                       const Stop& stop) {
    if (listed.empty()) {
        Result<std::vector<std::string>> answer = schema.services(stop);
        if (!answer) {
            return answer.status();
        }
        listed = std::move(*answer);
    }
    for (const std::string& service : listed) {
        if (service == name) {
            return schema.service(service, stop);
        }
    }
    std::vector<std::string> names = listed;
    std::string list;
    for (const std::string& service : listed) {
        if (last_name(service) == name) {
            return schema.service(service, stop);
        }
        names.emplace_back(last_name(service));
        list += (list.empty() ? "" : ", ") + service;
    }
    return Status(Code::not_found, "ERROR_UNKNOWN_SERVICE",
                  "the server has no service '" + std::string(name) + "'" +
                      runtime::suggestion(name, names) + " (it has: " + list + ")");
}

Result<const MethodDescriptor*> ReflectionClient::State::find_method(std::string_view name,
                                                                     const Stop& stop) {
    const auto [service_name, method_name] = split_method(name);
    if (method_name.empty()) {
        return Status(
            Code::invalid_argument, "ERROR_METHOD_NAME",
            std::string("the name '").append(name) + "' names no method; write Service/method");
    }
    const Result<const ServiceDescriptor*> service = find_service(service_name, stop);
    if (!service) {
        return service.status();
    }
    const ServiceDescriptor& found = **service;
    if (const MethodDescriptor* method = found.FindMethodByName(method_name)) {
        return method;
    }
    std::vector<std::string> known;
    std::string list;
    for (int i = 0; i < found.method_count(); ++i) {
        known.push_back(found.method(i)->name());
        list += (i == 0 ? "" : ", ") + known.back();
    }
    return Status(Code::not_found, "ERROR_UNKNOWN_METHOD",
                  found.full_name() + " has no method '" + method_name + "'" +
                      runtime::suggestion(method_name, known) + " (it has: " + list + ")");
}

// The request goes out and messages come in as bytes; a unary answer is a stream of one.
void ReflectionClient::State::exchange(const MethodDescriptor& method,
                                       const std::string& request_bytes, const CallRequest& request,
                                       const MessageHandler& on_message, CallEnd& end) {
    CallContext context(request.stop);
    for (const auto& [key, value] : request.metadata) {
        context.get().AddMetadata(key, value);
    }
    const std::string path = "/" + method.service()->full_name() + "/" + method.name();
    const grpc::internal::RpcMethod rpc(path.c_str(), grpc::internal::RpcMethod::SERVER_STREAMING);
    const grpc::Slice slice(request_bytes);
    const std::unique_ptr<RowReader> reader(
        RowReaderFactory::Create(channel.get(), rpc, &context.get(), grpc::ByteBuffer(&slice, 1)));
    const google::protobuf::Message& prototype = *messages.GetPrototype(method.output_type());
    grpc::ByteBuffer buffer;
    bool is_wanted = true;
    // Read to the end also after a cancel: gRPC wants it before Finish.
    while (reader->Read(&buffer)) {
        if (!is_wanted) {
            continue;
        }
        ++end.messages;
        grpc::Slice whole;
        is_wanted = buffer.DumpToSingleSlice(&whole).ok() &&
                    on_message(ReceivedMessage(view_of(whole), prototype));
        if (!is_wanted) {
            context.get().TryCancel();
        }
    }
    const grpc::Status status = reader->Finish();
    end.details = status.error_message();
    end.status = from_wire(static_cast<Code>(status.error_code()), end.details);
    for (const auto& [key, value] : context.get().GetServerTrailingMetadata()) {
        const std::string name(key.data(), key.size());
        if (!name.ends_with("-bin")) {
            end.trailing.emplace_back(name, std::string(value.data(), value.size()));
        }
    }
}

Result<std::string> ReceivedMessage::json(bool is_pretty) const {
    const std::unique_ptr<google::protobuf::Message> message(prototype_.New());
    if (!message->ParseFromArray(bytes_.data(), static_cast<int>(bytes_.size()))) {
        return Status(Code::data_loss, "ERROR_ANSWER",
                      "the server sent bytes that are no " + message->GetDescriptor()->full_name());
    }
    return message_to_json(*message, is_pretty);
}

std::string_view CallEnd::trailer(std::string_view key) const {
    for (const auto& [name, value] : trailing) {
        if (name == key) {
            return value;
        }
    }
    return {};
}

Result<std::unique_ptr<ReflectionClient>> ReflectionClient::connect(std::string_view address,
                                                                    std::chrono::milliseconds wait,
                                                                    const Stop& stop) {
    quiet_grpc();
    const Result<ChannelAddress> parsed = parse_channel_address(address);
    if (!parsed) {
        return parsed.status();
    }
    std::shared_ptr<grpc::Channel> channel = open_channel(*parsed);
    if (const Status ready = wait_until_ready(*channel, parsed->target, wait, stop); !ready.ok()) {
        return ready;
    }
    return std::unique_ptr<ReflectionClient>(
        new ReflectionClient(std::make_unique<State>(std::move(channel))));
}

ReflectionClient::ReflectionClient(std::unique_ptr<State> state) : state_(std::move(state)) {}

ReflectionClient::~ReflectionClient() = default;

Result<std::vector<std::string>> ReflectionClient::services(const Stop& stop) {
    return state_->schema.services(stop);
}

Result<std::vector<MethodDescription>> ReflectionClient::methods(std::string_view service,
                                                                 const Stop& stop) {
    const Result<const ServiceDescriptor*> found = state_->find_service(service, stop);
    if (!found) {
        return found.status();
    }
    std::vector<MethodDescription> methods;
    for (int i = 0; i < (*found)->method_count(); ++i) {
        methods.push_back(describe_method(*(*found)->method(i)));
    }
    return methods;
}

Result<MethodDescription> ReflectionClient::describe(std::string_view method, const Stop& stop) {
    const Result<const MethodDescriptor*> found = state_->find_method(method, stop);
    if (!found) {
        return found.status();
    }
    return describe_method(**found);
}

CallEnd ReflectionClient::call(const CallRequest& request, const MessageHandler& on_message) {
    CallEnd end;
    const Result<const MethodDescriptor*> method =
        state_->find_method(request.method, request.stop);
    if (!method) {
        end.status = method.status();
        return end;
    }
    if ((*method)->client_streaming()) {
        end.status = {Code::unimplemented, "ERROR_CLIENT_STREAM",
                      (*method)->full_name() + " takes a stream of requests; only one can be sent"};
        return end;
    }
    const std::unique_ptr<google::protobuf::Message> message(
        state_->messages.GetPrototype((*method)->input_type())->New());
    end.status = json_to_message(request.json, *message);
    if (end.status.ok()) {
        state_->exchange(**method, message->SerializeAsString(), request, on_message, end);
    }
    return end;
}

}  // namespace pf::host::cloudforet
