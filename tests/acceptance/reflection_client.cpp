#include "tests/acceptance/reflection_client.hpp"

#include <google/protobuf/util/json_util.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <condition_variable>
#include <mutex>

#include "tests/acceptance/api_catalogue.hpp"
#include "tests/acceptance/keep_grpc.hpp"
#include "tests/acceptance/raw_stream.hpp"

namespace pf::test {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr std::chrono::milliseconds unary_deadline{180000};

std::shared_ptr<grpc::Channel> open_channel(const std::string& endpoint,
                                            const ConnectOptions& options) {
    constexpr std::string_view scheme = "grpc://";
    const std::string target =
        endpoint.starts_with(scheme) ? endpoint.substr(scheme.size()) : endpoint;
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(options.largest_message_bytes);
    arguments.SetMaxSendMessageSize(options.largest_message_bytes);
    // Each client has a connection of its own, as separate processes would.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    auto channel = grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
    if (!channel->WaitForConnected(std::chrono::system_clock::now() + options.ready_within)) {
        throw ReflectionError(ReflectionFault::unreachable,
                              "no gRPC connection to " + target + " within " +
                                  std::to_string(options.ready_within.count()) + " ms");
    }
    return channel;
}

std::string to_json(const Message& message) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
    return status.ok() ? json : "";
}

// Lets a reader take one row per interval, on a schedule fixed at the start.
class Pace {
  public:
    Pace(double rows_per_second, std::stop_token stop)
        : interval_(rows_per_second > 0 ? 1.0 / rows_per_second : 0), stop_(std::move(stop)) {}

    void wait_turn() {
        if (interval_.count() <= 0) return;
        const auto turn = start_ + std::chrono::duration_cast<Clock::duration>(
                                       interval_ * static_cast<double>(taken_++));
        std::unique_lock lock(mutex_);
        woken_.wait_until(lock, stop_, turn, [] { return false; });
    }

  private:
    using Clock = std::chrono::steady_clock;
    std::chrono::duration<double> interval_;
    std::stop_token stop_;
    Clock::time_point start_ = Clock::now();
    std::uint64_t taken_ = 0;
    std::mutex mutex_;
    std::condition_variable_any woken_;
};

}  // namespace

struct ReflectionClient::Impl {
    Impl(std::shared_ptr<grpc::Channel> opened, const ConnectOptions& options)
        : channel(std::move(opened)), api(channel, options) {}

    const MethodDescriptor* method(std::string_view service, std::string_view name) const {
        const MethodDescriptor* found = api.find(service, name);
        if (found == nullptr) {
            throw ReflectionError(
                ReflectionFault::unknown_method,
                "the endpoint has no " + std::string(service) + "." + std::string(name));
        }
        return found;
    }

    std::string request(const MethodDescriptor* method, const std::string& json) const {
        const std::unique_ptr<Message> message = api.make(method->input_type());
        google::protobuf::util::JsonParseOptions strict;
        strict.ignore_unknown_fields = false;
        const auto status =
            google::protobuf::util::JsonStringToMessage(json, message.get(), strict);
        if (!status.ok()) {
            throw ReflectionError(ReflectionFault::bad_request,
                                  "the request does not fit " + method->input_type()->full_name() +
                                      ": " + std::string(status.message()));
        }
        return message->SerializeAsString();
    }

    std::string reply_json(const MethodDescriptor* method, std::string_view bytes) const {
        const std::unique_ptr<Message> message = api.make(method->output_type());
        if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return "";
        return to_json(*message);
    }

    static std::string path(const MethodDescriptor* method) {
        return "/" + method->service()->full_name() + "/" + method->name();
    }

    std::shared_ptr<grpc::Channel> channel;
    ApiCatalogue api;
};

ReflectionClient::ReflectionClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReflectionClient::~ReflectionClient() = default;

std::unique_ptr<ReflectionClient> ReflectionClient::connect(const std::string& endpoint,
                                                            const ConnectOptions& options) {
    keep_grpc();
    auto impl = std::make_unique<Impl>(open_channel(endpoint, options), options);
    impl->api.learn();
    return std::unique_ptr<ReflectionClient>(new ReflectionClient(std::move(impl)));
}

const std::vector<std::string>& ReflectionClient::services() const { return impl_->api.services(); }

std::vector<MethodShape> ReflectionClient::methods() const {
    std::vector<MethodShape> shapes;
    for (const std::string& service : services()) {
        const auto* descriptor = impl_->api.find_service(service);
        for (int i = 0; i < descriptor->method_count(); ++i) {
            const MethodDescriptor* method = descriptor->method(i);
            shapes.push_back({service, method->name(), method->input_type()->full_name(),
                              method->output_type()->full_name(), method->client_streaming(),
                              method->server_streaming()});
        }
    }
    return shapes;
}

bool ReflectionClient::has(std::string_view service, std::string_view method) const {
    return impl_->api.find(service, method) != nullptr;
}

CallReply ReflectionClient::call(std::string_view service, std::string_view method,
                                 const std::string& json, const CallOptions& options) const {
    const MethodDescriptor* descriptor = impl_->method(service, method);
    if (descriptor->server_streaming() || descriptor->client_streaming()) {
        throw ReflectionError(ReflectionFault::unknown_method,
                              descriptor->full_name() + " is no unary method");
    }
    CallOptions limited = options;
    if (!limited.deadline) limited.deadline = unary_deadline;
    const std::string request = impl_->request(descriptor, json);
    RawStream stream(impl_->channel, Impl::path(descriptor), limited);
    CallReply reply;
    stream.send(request);
    const bool has_reply = stream.read(reply.bytes);
    std::string further;
    if (has_reply && stream.read(further)) stream.cancel();
    reply.status = stream.finish();
    if (has_reply && reply.status.ok()) reply.json = impl_->reply_json(descriptor, reply.bytes);
    return reply;
}

CallStatus ReflectionClient::stream(std::string_view service, std::string_view method,
                                    const std::string& json,
                                    const std::function<bool(std::string_view)>& on_message,
                                    const CallOptions& options) const {
    const MethodDescriptor* descriptor = impl_->method(service, method);
    const std::string request = impl_->request(descriptor, json);
    RawStream stream(impl_->channel, Impl::path(descriptor), options);
    stream.send(request);
    Pace pace(options.rows_per_second, options.stop);
    std::string bytes;
    while (true) {
        pace.wait_turn();
        if (!stream.read(bytes)) break;
        if (!on_message(bytes)) {
            stream.cancel();
            break;
        }
    }
    return stream.finish();
}

std::string ReflectionClient::reply_as_json(std::string_view service, std::string_view method,
                                            std::string_view bytes) const {
    return impl_->reply_json(impl_->method(service, method), bytes);
}

}  // namespace pf::test
