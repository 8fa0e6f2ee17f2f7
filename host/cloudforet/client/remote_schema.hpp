// RemoteSchema: what a server serves, learned from its reflection (grpc.reflection.v1alpha).
//
// Descriptors go into a pool of their own: nothing of them meets the generated code of this
// process.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>
#include <grpcpp/channel.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::cloudforet {

// Not safe for several threads.
class RemoteSchema {
  public:
    explicit RemoteSchema(std::shared_ptr<grpc::Channel> channel);
    ~RemoteSchema();

    // Full names of the services, in the server's order.
    Result<std::vector<std::string>> services(const Stop& stop);
    // A service by its full name, with everything it needs. Valid as long as this object. NOT_FOUND
    // when the server cannot resolve it, DATA_LOSS when its description contradicts itself.
    Result<const google::protobuf::ServiceDescriptor*> service(const std::string& name,
                                                               const Stop& stop);

  private:
    class Conversation;
    Status add(Conversation& conversation, std::vector<std::string> serialized);

    std::shared_ptr<grpc::Channel> channel_;
    std::set<std::string> files_;
    google::protobuf::SimpleDescriptorDatabase database_;
    google::protobuf::DescriptorPool pool_;
};

}  // namespace pf::host::cloudforet
