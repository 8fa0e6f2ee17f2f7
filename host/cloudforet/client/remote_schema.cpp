#include "host/cloudforet/client/remote_schema.hpp"

#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/support/sync_stream.h>

#include <utility>

#include "host/cloudforet/client/call_context.hpp"
#include "host/cloudforet/status_map.hpp"
#include "prismforet/reflection_wire.pb.h"

namespace pf::host::cloudforet {

namespace {

using google::protobuf::FileDescriptorProto;
using google::protobuf::ServiceDescriptor;
using prismforet::reflection::ReflectionRequest;
using prismforet::reflection::ReflectionResponse;
using Stream = grpc::ClientReaderWriter<ReflectionRequest, ReflectionResponse>;
using StreamFactory =
    grpc::internal::ClientReaderWriterFactory<ReflectionRequest, ReflectionResponse>;

constexpr const char* reflection_method =
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
constexpr std::chrono::seconds patience{10};
// More than any server has; ends a server that answers with ever new imports.
constexpr std::size_t max_files = 10000;

}  // namespace

// One stream of questions and answers.
class RemoteSchema::Conversation {
  public:
    Conversation(grpc::Channel& channel, const Stop& stop)
        : context_(stop.until(Clock::now() + patience)),
          method_(reflection_method, grpc::internal::RpcMethod::BIDI_STREAMING),
          stream_(StreamFactory::Create(&channel, method_, &context_.get())) {}
    ~Conversation() {
        if (!is_over_) {
            context_.get().TryCancel();
            static_cast<void>(finish());
        }
    }
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    Result<ReflectionResponse> ask(const ReflectionRequest& question) {
        ReflectionResponse answer;
        if (!is_over_ && stream_->Write(question) && stream_->Read(&answer)) {
            return answer;
        }
        return failure();
    }

  private:
    Status failure() {
        if (is_over_) {
            return {Code::unavailable, "ERROR_REFLECTION",
                    "the server ended its reflection stream"};
        }
        is_over_ = true;
        const grpc::Status end = finish();
        if (end.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
            return {Code::unimplemented, "ERROR_REFLECTION",
                    "the server offers no reflection (grpc.reflection.v1alpha), so its methods "
                    "cannot be learned"};
        }
        if (end.ok()) {
            return {Code::unavailable, "ERROR_REFLECTION",
                    "the server ended its reflection stream"};
        }
        return from_wire(static_cast<Code>(end.error_code()), end.error_message())
            .within("asking the server for its methods");
    }

    // gRPC wants a stream read to its end first.
    grpc::Status finish() {
        ReflectionResponse ignored;
        while (stream_->Read(&ignored)) {
        }
        return stream_->Finish();
    }

    CallContext context_;
    grpc::internal::RpcMethod method_;
    std::unique_ptr<Stream> stream_;
    bool is_over_ = false;
};

RemoteSchema::RemoteSchema(std::shared_ptr<grpc::Channel> channel)
    : channel_(std::move(channel)), pool_(&database_) {}

RemoteSchema::~RemoteSchema() = default;

Result<std::vector<std::string>> RemoteSchema::services(const Stop& stop) {
    Conversation conversation(*channel_, stop);
    ReflectionRequest question;
    question.set_list_services("");
    const Result<ReflectionResponse> answer = conversation.ask(question);
    if (!answer) {
        return answer.status();
    }
    if (!answer->has_services()) {
        return Status(Code::data_loss, "ERROR_REFLECTION",
                      "the server did not list its services: " + answer->error().error_message());
    }
    std::vector<std::string> names;
    for (const auto& service : answer->services().service()) {
        names.push_back(service.name());
    }
    return names;
}

Result<const ServiceDescriptor*> RemoteSchema::service(const std::string& name, const Stop& stop) {
    if (const ServiceDescriptor* known = pool_.FindServiceByName(name)) {
        return known;
    }
    Conversation conversation(*channel_, stop);
    ReflectionRequest question;
    question.set_file_containing_symbol(name);
    const Result<ReflectionResponse> answer = conversation.ask(question);
    if (!answer) {
        return answer.status();
    }
    if (!answer->has_file_descriptors()) {
        return Status(Code::not_found, "ERROR_UNKNOWN_SERVICE",
                      "the server cannot describe the service " + name);
    }
    const auto& files = answer->file_descriptors().file_descriptor_proto();
    if (const Status added = add(conversation, {files.begin(), files.end()}); !added.ok()) {
        return added;
    }
    if (const ServiceDescriptor* found = pool_.FindServiceByName(name)) {
        return found;
    }
    return Status(Code::data_loss, "ERROR_REFLECTION",
                  "the server's description of the service " + name + " cannot be used");
}

// Adds the files, and asks for what they import, until nothing is missing.
Status RemoteSchema::add(Conversation& conversation, std::vector<std::string> serialized) {
    std::set<std::string> wanted;
    while (true) {
        for (const std::string& bytes : serialized) {
            FileDescriptorProto file;
            if (!file.ParseFromString(bytes) || files_.size() >= max_files) {
                return {Code::data_loss, "ERROR_REFLECTION",
                        "the server sent a file description that cannot be read"};
            }
            if (files_.insert(file.name()).second) {
                database_.Add(file);
                wanted.insert(file.dependency().begin(), file.dependency().end());
            }
        }
        serialized.clear();
        std::erase_if(wanted, [this](const std::string& name) { return files_.contains(name); });
        if (wanted.empty()) {
            return {};
        }
        ReflectionRequest question;
        question.set_file_by_filename(*wanted.begin());
        const Result<ReflectionResponse> answer = conversation.ask(question);
        if (!answer) {
            return answer.status();
        }
        const auto& files = answer->file_descriptors().file_descriptor_proto();
        serialized.assign(files.begin(), files.end());
        if (serialized.empty()) {
            return {
                Code::data_loss, "ERROR_REFLECTION",
                "the server does not have the file " + *wanted.begin() + " its services import"};
        }
        wanted.erase(wanted.begin());
    }
}

}  // namespace pf::host::cloudforet
