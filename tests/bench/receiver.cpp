#include "tests/bench/receiver.hpp"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/channel_arguments.h>
#include <grpcpp/support/sync_stream.h>

#include <stdexcept>
#include <thread>

#include "host/encoding/struct_wire.hpp"

namespace pf::bench {
namespace {

using host::encoding::Buffer;
using host::encoding::StructWire;
using Clock = std::chrono::steady_clock;

constexpr const char* method = "/spaceone.api.inventory.plugin.Collector/collect";
// Fields of CollectRequest.
constexpr std::uint32_t options_field = 1;
constexpr std::uint32_t secret_field = 2;

grpc::ByteBuffer request_of(const CollectOrder& order) {
    Buffer bytes;
    StructWire out(bytes);
    const auto text = [&](const char* key, std::string_view value) {
        out.key(key);
        out.str(value);
    };
    const auto number = [&](const char* key, std::int64_t value) {
        out.key(key);
        out.i64(value);
    };
    out.open_message(options_field);
    out.key("kinds");
    out.open_array();
    out.str("vm");
    out.close();
    number("requests_per_second", 0);
    number("sessions", order.sessions);
    text("encoding", order.struct_encoding ? "struct" : "json");
    out.close();
    out.open_message(secret_field);
    text("host", "127.0.0.1");
    number("port", order.prism_port);
    text("username", "admin");
    text("password", "nutanix/4u");
    text("ca_cert", order.ca_pem);
    out.close();
    const grpc::Slice slice(bytes.data(), bytes.size());
    return grpc::ByteBuffer(&slice, 1);
}

// Calls `take` with the bytes of a message; copies them only when they came in pieces.
template <class Take>
void with_bytes(const grpc::ByteBuffer& message, std::string& scratch, Take take) {
    grpc::Slice whole;
    if (message.TrySingleSlice(&whole).ok()) {
        take(std::string_view(reinterpret_cast<const char*>(whole.begin()), whole.size()));
        return;
    }
    std::vector<grpc::Slice> slices;
    (void)message.Dump(&slices);
    scratch.clear();
    for (const grpc::Slice& slice : slices) {
        scratch.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    take(scratch);
}

double seconds_since(Clock::time_point from) {
    return std::chrono::duration<double>(Clock::now() - from).count();
}

}  // namespace

struct Receiver::State {
    std::shared_ptr<grpc::Channel> channel;
};

Receiver::Receiver(std::uint16_t plugin_port) : state_(std::make_unique<State>()) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    state_->channel = grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(plugin_port),
                                                grpc::InsecureChannelCredentials(), arguments);
    if (!state_->channel->WaitForConnected(std::chrono::system_clock::now() +
                                           std::chrono::seconds(10))) {
        throw std::runtime_error("no connection to the plugin within 10 s");
    }
}

Receiver::~Receiver() = default;

Received Receiver::collect(const CollectOrder& order) {
    Received received;
    grpc::ClientContext context;
    const grpc::internal::RpcMethod call(method, grpc::internal::RpcMethod::SERVER_STREAMING,
                                         state_->channel);
    const Clock::time_point begun = Clock::now();
    const std::unique_ptr<grpc::ClientReader<grpc::ByteBuffer>> reader(
        grpc::internal::ClientReaderFactory<grpc::ByteBuffer>::Create(state_->channel.get(), call,
                                                                      &context, request_of(order)));
    const std::chrono::duration<double> pause(order.rows_per_second > 0 ? 1 / order.rows_per_second
                                                                        : 0);
    grpc::ByteBuffer message;
    std::string scratch;
    while (reader->Read(&message)) {
        with_bytes(message, scratch, [&](std::string_view row) { received.tally.add(row); });
        if (received.first_machine == 0 && received.tally.machines > 0) {
            received.first_machine = seconds_since(begun);
        }
        if (order.rows_per_second > 0) {
            std::this_thread::sleep_until(begun +
                                          std::chrono::duration_cast<Clock::duration>(
                                              pause * static_cast<double>(received.tally.rows)));
        }
    }
    const grpc::Status status = reader->Finish();
    received.seconds = seconds_since(begun);
    received.status = status.ok() ? "OK"
                                  : "gRPC code " + std::to_string(status.error_code()) + ": " +
                                        status.error_message();
    const auto& trailers = context.GetServerTrailingMetadata();
    if (const auto ledger = trailers.find("x-prismforet-ledger"); ledger != trailers.end()) {
        received.ledger.assign(ledger->second.data(), ledger->second.size());
    }
    return received;
}

}  // namespace pf::bench
