// Messages that are known only by their descriptors, as JSON and as bytes.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace google::protobuf {
class FileDescriptorProto;
class ServiceDescriptor;
}  // namespace google::protobuf

namespace pf::cloudforet_sim {

class MessageCodec {
  public:
    // Reads a serialized FileDescriptorSet with all imports. Throws std::runtime_error.
    explicit MessageCodec(const std::string& descriptor_file);
    ~MessageCodec();
    MessageCodec(const MessageCodec&) = delete;
    MessageCodec& operator=(const MessageCodec&) = delete;

    const std::vector<google::protobuf::FileDescriptorProto>& files() const;
    // By full name; throws std::runtime_error when there is none.
    const google::protobuf::ServiceDescriptor& service(const std::string& name) const;
    // Bytes of a message of `type` as JSON with the names of the .proto file, defaults left out.
    nlohmann::json decode(const std::string& type, const std::string& bytes) const;
    // The other way; members that the type does not know are dropped.
    std::string encode(const std::string& type, const nlohmann::json& value) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::cloudforet_sim
