// What an endpoint says about itself by reflection, and the messages built from it.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/acceptance/reflection_client.hpp"

namespace pf::test::reflection {
class ServerReflectionRequest;
class ServerReflectionResponse;
}  // namespace pf::test::reflection

namespace pf::test {

class ApiCatalogue {
  public:
    ApiCatalogue(std::shared_ptr<grpc::Channel> channel, const ConnectOptions& options)
        : channel_(std::move(channel)), options_(options) {}

    // Asks for the list, then for the file of each service, then for missing imports; every
    // question has a stream of its own. Throws ReflectionError.
    void learn();

    const std::vector<std::string>& services() const { return services_; }

    // The descriptor of a method by full or last name of its service; null when there is none.
    const google::protobuf::MethodDescriptor* find(std::string_view service,
                                                   std::string_view method) const;
    const google::protobuf::ServiceDescriptor* find_service(std::string_view service) const;

    // An empty message of a type of the learned API.
    std::unique_ptr<google::protobuf::Message> make(const google::protobuf::Descriptor* type) const;

  private:
    reflection::ServerReflectionResponse ask(
        const reflection::ServerReflectionRequest& question) const;
    void list_services();
    void fetch_service(const std::string& name);
    void fetch_file(const std::string& name, const std::string& needed_by);
    void keep_files(const reflection::ServerReflectionResponse& answer, const std::string& what);
    void build_file(const std::string& name, int depth);

    std::shared_ptr<grpc::Channel> channel_;
    ConnectOptions options_;
    std::vector<std::string> services_;
    std::map<std::string, std::string, std::less<>> by_last_name_;
    std::map<std::string, google::protobuf::FileDescriptorProto> files_;
    google::protobuf::DescriptorPool pool_;
    mutable google::protobuf::DynamicMessageFactory factory_{&pool_};
};

}  // namespace pf::test
