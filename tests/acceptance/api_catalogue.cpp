#include "tests/acceptance/api_catalogue.hpp"

#include <pf/test/reflection_wire.pb.h>

#include "tests/acceptance/raw_stream.hpp"

namespace pf::test {
namespace {

using google::protobuf::FileDescriptorProto;
using reflection::ServerReflectionRequest;
using reflection::ServerReflectionResponse;

// Not to be tied up by a server whose files import each other.
constexpr int deepest_import = 64;

std::string last_name(const std::string& full) { return full.substr(full.rfind('.') + 1); }

// Keeps what the pool has to say about a file it refuses.
class Complaints : public google::protobuf::DescriptorPool::ErrorCollector {
  public:
    void AddError(const std::string& file, const std::string& element,
                  const google::protobuf::Message*, ErrorLocation,
                  const std::string& message) override {
        text_ += " " + file + " " + element + ": " + message + ";";
    }
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

}  // namespace

ServerReflectionResponse ApiCatalogue::ask(const ServerReflectionRequest& question) const {
    CallOptions options;
    options.deadline = options_.question_deadline;
    RawStream stream(channel_, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                     options);
    stream.send(question.SerializeAsString());
    std::string bytes;
    if (!stream.read(bytes)) {
        throw ReflectionError(ReflectionFault::no_reflection,
                              "reflection gave no answer: " + stream.finish().describe());
    }
    ServerReflectionResponse answer;
    if (!answer.ParseFromString(bytes)) {
        throw ReflectionError(ReflectionFault::no_reflection,
                              "the answer is no reflection message");
    }
    return answer;
}

void ApiCatalogue::list_services() {
    ServerReflectionRequest question;
    question.set_list_services("");
    const ServerReflectionResponse answer = ask(question);
    if (!answer.has_list_services_response()) {
        throw ReflectionError(ReflectionFault::no_reflection, "no list of services in the answer");
    }
    for (const auto& service : answer.list_services_response().service()) {
        services_.push_back(service.name());
    }
}

void ApiCatalogue::keep_files(const ServerReflectionResponse& answer, const std::string& what) {
    if (answer.has_error_response()) {
        throw ReflectionError(ReflectionFault::unresolvable,
                              "couldn't find " + what + ": error " +
                                  std::to_string(answer.error_response().error_code()) + " " +
                                  answer.error_response().error_message());
    }
    if (!answer.has_file_descriptor_response()) {
        throw ReflectionError(ReflectionFault::no_reflection, "no file for " + what);
    }
    for (const std::string& bytes : answer.file_descriptor_response().file_descriptor_proto()) {
        FileDescriptorProto file;
        if (!file.ParseFromString(bytes)) {
            throw ReflectionError(ReflectionFault::no_reflection, "a broken file for " + what);
        }
        files_.emplace(file.name(), file);
    }
}

void ApiCatalogue::fetch_service(const std::string& name) {
    ServerReflectionRequest question;
    question.set_file_containing_symbol(name);
    keep_files(ask(question), "service " + name);
}

void ApiCatalogue::fetch_file(const std::string& name, const std::string& needed_by) {
    ServerReflectionRequest question;
    question.set_file_by_filename(name);
    keep_files(ask(question), "file " + name + " imported by " + needed_by);
    if (!files_.contains(name)) {
        throw ReflectionError(ReflectionFault::unresolvable,
                              "the answer for " + name + " does not contain it");
    }
}

void ApiCatalogue::build_file(const std::string& name, int depth) {
    if (pool_.FindFileByName(name) != nullptr) return;
    if (depth > deepest_import) {
        throw ReflectionError(ReflectionFault::unresolvable, "imports of " + name + " never end");
    }
    const FileDescriptorProto file = files_.at(name);
    for (const std::string& import : file.dependency()) {
        if (!files_.contains(import)) fetch_file(import, name);
        build_file(import, depth + 1);
    }
    Complaints complaints;
    if (pool_.BuildFileCollectingErrors(file, &complaints) == nullptr) {
        throw ReflectionError(ReflectionFault::unresolvable,
                              "file " + name + " cannot be used:" + complaints.text());
    }
}

void ApiCatalogue::learn() {
    list_services();
    for (const std::string& service : services_) fetch_service(service);
    std::vector<std::string> names;
    for (const auto& [name, file] : files_) names.push_back(name);
    for (const std::string& name : names) build_file(name, 0);
    for (const std::string& service : services_) {
        if (pool_.FindServiceByName(service) == nullptr) {
            throw ReflectionError(ReflectionFault::unresolvable,
                                  "no file that was sent holds service " + service);
        }
        const auto [place, is_new] = by_last_name_.emplace(last_name(service), service);
        if (!is_new) {
            throw ReflectionError(ReflectionFault::name_clash,
                                  "services " + place->second + " and " + service +
                                      " share their last name; one hides the other");
        }
    }
}

const google::protobuf::ServiceDescriptor* ApiCatalogue::find_service(
    std::string_view service) const {
    const auto by_last = by_last_name_.find(service);
    const std::string full =
        by_last != by_last_name_.end() ? by_last->second : std::string(service);
    for (const std::string& listed : services_) {
        if (listed == full) return pool_.FindServiceByName(full);
    }
    return nullptr;
}

const google::protobuf::MethodDescriptor* ApiCatalogue::find(std::string_view service,
                                                             std::string_view method) const {
    const auto* descriptor = find_service(service);
    return descriptor == nullptr ? nullptr : descriptor->FindMethodByName(std::string(method));
}

std::unique_ptr<google::protobuf::Message> ApiCatalogue::make(
    const google::protobuf::Descriptor* type) const {
    return std::unique_ptr<google::protobuf::Message>(factory_.GetPrototype(type)->New());
}

}  // namespace pf::test
