#include "tests/acceptance/scripted_server.hpp"

#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/byte_buffer.h>
#include <pf/test/reflection_wire.pb.h>

#include <mutex>

#include "tests/acceptance/keep_grpc.hpp"

namespace pf::test {
namespace {

using reflection::ServerReflectionRequest;
using reflection::ServerReflectionResponse;

constexpr const char* reflection_path =
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

std::string bytes_of(const grpc::ByteBuffer& buffer) {
    std::vector<grpc::Slice> slices;
    std::string bytes;
    if (!buffer.Dump(&slices).ok()) return bytes;
    for (const grpc::Slice& slice : slices) {
        bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    return bytes;
}

// gRPC's own reflection, where a program links it, would answer instead of what is written here.
struct NoPlugins : public grpc::ServerBuilderOption {
    void UpdateArguments(grpc::ChannelArguments*) override {}
    void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
        plugins->clear();
    }
};

// Reads one request, then sends the messages of the answer one after the other.
class AnsweringReactor : public grpc::ServerGenericBidiReactor {
  public:
    AnsweringReactor(ScriptedServer::Handler handler, std::function<void()> on_cancelled)
        : handler_(std::move(handler)), on_cancelled_(std::move(on_cancelled)) {
        StartRead(&incoming_);
    }

    void OnReadDone(bool ok) override {
        if (!ok) return end(grpc::Status::OK);
        answer_ = handler_(bytes_of(incoming_));
        send_next();
    }

    void OnWriteDone(bool ok) override {
        if (ok) return send_next();
        end(grpc::Status::CANCELLED);
    }

    void OnCancel() override {
        on_cancelled_();
        std::unique_lock lock(mutex_);
        is_cancelled_ = true;
        const bool is_waiting = is_holding_;
        lock.unlock();
        if (is_waiting) end(grpc::Status::CANCELLED);
    }

    void OnDone() override { delete this; }

  private:
    void send_next() {
        const std::optional<std::string> message =
            answer_.message ? answer_.message(sent_++) : std::nullopt;
        if (message) {
            const grpc::Slice slice(*message);
            outgoing_ = grpc::ByteBuffer(&slice, 1);
            StartWrite(&outgoing_);
        } else if (answer_.goes_on) {
            sent_ = 0;
            incoming_.Clear();
            StartRead(&incoming_);
        } else if (answer_.hold) {
            hold();
        } else {
            end(answer_.end);
        }
    }

    void hold() {
        std::unique_lock lock(mutex_);
        is_holding_ = true;
        const bool is_over = is_cancelled_;
        lock.unlock();
        if (is_over) end(grpc::Status::CANCELLED);
    }

    void end(const grpc::Status& status) {
        const std::unique_lock lock(mutex_);
        if (std::exchange(is_ended_, true)) return;
        Finish(status);
    }

    ScriptedServer::Handler handler_;
    std::function<void()> on_cancelled_;
    grpc::ByteBuffer incoming_;
    grpc::ByteBuffer outgoing_;
    Answer answer_;
    std::size_t sent_ = 0;
    std::mutex mutex_;
    bool is_holding_ = false;
    bool is_cancelled_ = false;
    bool is_ended_ = false;
};

}  // namespace

Answer answer_with(std::vector<std::string> messages) {
    Answer answer;
    answer.message = [all = std::move(messages)](std::size_t number) -> std::optional<std::string> {
        if (number >= all.size()) return std::nullopt;
        return all[number];
    };
    return answer;
}

Answer answer_with_error(grpc::StatusCode code, const std::string& details,
                         std::vector<std::string> messages) {
    Answer answer = answer_with(std::move(messages));
    answer.end = grpc::Status(code, details);
    return answer;
}

struct ScriptedServer::Impl : public grpc::CallbackGenericService {
    grpc::ServerGenericBidiReactor* CreateReactor(
        grpc::GenericCallbackServerContext* context) override {
        const std::string path = context->method();
        const auto found = handlers.find(path);
        ScriptedServer::Handler handler = [path](const std::string&) {
            return answer_with_error(grpc::StatusCode::UNIMPLEMENTED, path + " is not scripted");
        };
        if (found != handlers.end()) {
            handler = [scripted = found->second, metadata = metadata_of(*context)](
                          const std::string& request) { return scripted(request, metadata); };
        }
        return new AnsweringReactor(std::move(handler), [this, path] {
            const std::scoped_lock lock(mutex);
            ++cancelled[path];
        });
    }

    static std::map<std::string, std::string> metadata_of(
        const grpc::GenericCallbackServerContext& context) {
        std::map<std::string, std::string> metadata;
        for (const auto& [key, value] : context.client_metadata()) {
            metadata[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
        }
        return metadata;
    }

    void note(const std::string& question) {
        const std::scoped_lock lock(mutex);
        questions.push_back(question);
    }

    Answer reflect(const std::string& bytes) {
        ServerReflectionRequest request;
        ServerReflectionResponse response;
        request.ParseFromString(bytes);
        if (request.has_list_services()) {
            note("list");
            for (const std::string& name : listed) {
                response.mutable_list_services_response()->add_service()->set_name(name);
            }
        } else if (request.has_file_containing_symbol()) {
            note("symbol " + request.file_containing_symbol());
            find(by_symbol, request.file_containing_symbol(), response);
        } else {
            note("file " + request.file_by_filename());
            find(by_name, request.file_by_filename(), response);
        }
        Answer answer = answer_with({response.SerializeAsString()});
        answer.goes_on = true;
        return answer;
    }

    void find(const std::map<std::string, std::string>& files, const std::string& name,
              ServerReflectionResponse& response) const {
        constexpr int not_found = 5;
        const auto file = files.find(name);
        const auto refusal = refused.find(name);
        if (file != files.end() && refusal == refused.end()) {
            response.mutable_file_descriptor_response()->add_file_descriptor_proto(file->second);
            return;
        }
        response.mutable_error_response()->set_error_code(
            refusal == refused.end() ? not_found : refusal->second);
        response.mutable_error_response()->set_error_message("not found: " + name);
    }

    std::vector<std::string> listed;
    std::map<std::string, std::string> by_symbol;
    std::map<std::string, std::string> by_name;
    std::map<std::string, int> refused;
    std::map<std::string, ScriptedServer::CallHandler> handlers;
    mutable std::mutex mutex;
    std::vector<std::string> questions;
    std::map<std::string, std::size_t> cancelled;
    std::unique_ptr<grpc::Server> server;
};

ScriptedServer::ScriptedServer() : impl_(std::make_unique<Impl>()) {
    keep_grpc();
    serve(reflection_path, [this](const std::string& bytes) { return impl_->reflect(bytes); });
}

ScriptedServer::~ScriptedServer() {
    if (impl_->server) impl_->server->Shutdown();
}

void ScriptedServer::list(const std::string& service) { impl_->listed.push_back(service); }

void ScriptedServer::add_file(const google::protobuf::FileDescriptorProto& file) {
    const std::string bytes = file.SerializeAsString();
    impl_->by_name[file.name()] = bytes;
    for (const auto& service : file.service()) {
        impl_->by_symbol[file.package() + "." + service.name()] = bytes;
    }
}

void ScriptedServer::refuse_symbol(const std::string& symbol, int error_code) {
    impl_->refused[symbol] = error_code;
}

void ScriptedServer::serve(const std::string& path, Handler handler) {
    serve_call(path, [scripted = std::move(handler)](const std::string& request, const auto&) {
        return scripted(request);
    });
}

void ScriptedServer::serve_call(const std::string& path, CallHandler handler) {
    impl_->handlers[path] = std::move(handler);
}

std::string ScriptedServer::start() {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.SetOption(std::make_unique<NoPlugins>());
    builder.RegisterCallbackGenericService(impl_.get());
    impl_->server = builder.BuildAndStart();
    return "127.0.0.1:" + std::to_string(port);
}

std::vector<std::string> ScriptedServer::questions() const {
    const std::scoped_lock lock(impl_->mutex);
    return impl_->questions;
}

std::size_t ScriptedServer::cancelled(const std::string& path) const {
    const std::scoped_lock lock(impl_->mutex);
    const auto found = impl_->cancelled.find(path);
    return found == impl_->cancelled.end() ? 0 : found->second;
}

}  // namespace pf::test
