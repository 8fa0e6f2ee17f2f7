#include "tests/cloudforet_sim/services/message_codec.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace pf::cloudforet_sim {

namespace protobuf = google::protobuf;

struct MessageCodec::State {
    std::vector<protobuf::FileDescriptorProto> files;
    protobuf::DescriptorPool pool;
    protobuf::DynamicMessageFactory messages;

    std::unique_ptr<protobuf::Message> make(const std::string& type) {
        const protobuf::Descriptor* found = pool.FindMessageTypeByName(type);
        if (found == nullptr) throw std::runtime_error("no message " + type);
        return std::unique_ptr<protobuf::Message>(messages.GetPrototype(found)->New());
    }
};

MessageCodec::MessageCodec(const std::string& descriptor_file) : state_(std::make_unique<State>()) {
    std::ifstream in(descriptor_file, std::ios::binary);
    protobuf::FileDescriptorSet set;
    if (!set.ParseFromIstream(&in)) throw std::runtime_error("cannot read " + descriptor_file);
    for (const protobuf::FileDescriptorProto& file : set.file()) {
        if (state_->pool.BuildFile(file) == nullptr) {
            throw std::runtime_error("cannot use " + file.name());
        }
        state_->files.push_back(file);
    }
}

MessageCodec::~MessageCodec() = default;

const std::vector<protobuf::FileDescriptorProto>& MessageCodec::files() const {
    return state_->files;
}

const protobuf::ServiceDescriptor& MessageCodec::service(const std::string& name) const {
    const protobuf::ServiceDescriptor* found = state_->pool.FindServiceByName(name);
    if (found == nullptr) throw std::runtime_error("no service " + name);
    return *found;
}

nlohmann::json MessageCodec::decode(const std::string& type, const std::string& bytes) const {
    const auto message = state_->make(type);
    if (!message->ParseFromString(bytes)) throw std::runtime_error("these bytes are no " + type);
    protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string text;
    const auto printed = protobuf::util::MessageToJsonString(*message, &text, options);
    if (!printed.ok()) throw std::runtime_error(printed.ToString());
    return nlohmann::json::parse(text);
}

std::string MessageCodec::encode(const std::string& type, const nlohmann::json& value) const {
    const auto message = state_->make(type);
    protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    const auto parsed = protobuf::util::JsonStringToMessage(value.dump(), message.get(), options);
    if (!parsed.ok()) throw std::runtime_error(type + ": " + parsed.ToString());
    return message->SerializeAsString();
}

}  // namespace pf::cloudforet_sim
