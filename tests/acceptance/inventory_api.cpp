#include "tests/acceptance/inventory_api.hpp"

#include <google/protobuf/empty.pb.h>
#include <google/protobuf/struct.pb.h>

namespace pf::test {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::ServiceDescriptorProto;

constexpr const char* package = "spaceone.api.inventory.plugin";
constexpr const char* struct_type = ".google.protobuf.Struct";

std::string own_type(const std::string& name) { return std::string(".") + package + "." + name; }

FieldDescriptorProto* add_field(DescriptorProto* message, const std::string& name, int number,
                                FieldDescriptorProto::Type type) {
    FieldDescriptorProto* field = message->add_field();
    field->set_name(name);
    field->set_number(number);
    field->set_label(FieldDescriptorProto::LABEL_OPTIONAL);
    field->set_type(type);
    return field;
}

FieldDescriptorProto* add_message_field(DescriptorProto* message, const std::string& name,
                                        int number, const std::string& type) {
    FieldDescriptorProto* field =
        add_field(message, name, number, FieldDescriptorProto::TYPE_MESSAGE);
    field->set_type_name(type);
    return field;
}

// A message of Structs numbered from 1.
void add_request(FileDescriptorProto& file, const std::string& name,
                 const std::vector<std::string>& fields) {
    DescriptorProto* message = file.add_message_type();
    message->set_name(name);
    for (int i = 0; const std::string& field : fields) {
        add_message_field(message, field, ++i, struct_type);
    }
}

void add_method(ServiceDescriptorProto* service, const std::string& name, const std::string& input,
                const std::string& output, bool is_stream = false) {
    auto* method = service->add_method();
    method->set_name(name);
    method->set_input_type(input);
    method->set_output_type(output);
    method->set_server_streaming(is_stream);
}

void add_resource_info(FileDescriptorProto& file) {
    DescriptorProto* row = file.add_message_type();
    row->set_name("ResourceInfo");
    auto* state = row->add_enum_type();
    state->set_name("State");
    for (const char* name : {"NONE", "CREATED", "PENDING", "INPROGRESS", "SUCCESS", "FAILURE",
                             "TIMEOUT", "IDLE", "SKIP"}) {
        const int number = state->value_size();
        auto* value = state->add_value();
        value->set_name(name);
        value->set_number(number);
    }
    add_field(row, "state", 1, FieldDescriptorProto::TYPE_ENUM)
        ->set_type_name(own_type("ResourceInfo.State"));
    add_field(row, "message", 2, FieldDescriptorProto::TYPE_STRING);
    add_field(row, "resource_type", 3, FieldDescriptorProto::TYPE_STRING);
    add_message_field(row, "match_rules", 4, struct_type);
    add_message_field(row, "resource", 6, struct_type);
    add_message_field(row, "options", 7, struct_type);
}

FileDescriptorProto new_file(const std::string& name, const std::string& in_package,
                             const std::vector<std::string>& imports) {
    FileDescriptorProto file;
    file.set_name(name);
    file.set_package(in_package);
    file.set_syntax("proto3");
    for (const std::string& import : imports) file.add_dependency(import);
    return file;
}

FileDescriptorProto collector_file() {
    FileDescriptorProto file =
        new_file("spaceone/api/inventory/plugin/collector.proto", package,
                 {"google/protobuf/empty.proto", "google/protobuf/struct.proto"});
    add_request(file, "InitRequest", {"options"});
    add_request(file, "PluginInfo", {"metadata"});
    add_request(file, "VerifyRequest", {"options", "secret_data"});
    add_request(file, "CollectRequest", {"options", "secret_data", "filter", "task_options"});
    add_resource_info(file);
    ServiceDescriptorProto* service = file.add_service();
    service->set_name("Collector");
    add_method(service, "init", own_type("InitRequest"), own_type("PluginInfo"));
    add_method(service, "verify", own_type("VerifyRequest"), ".google.protobuf.Empty");
    add_method(service, "collect", own_type("CollectRequest"), own_type("ResourceInfo"), true);
    return file;
}

FileDescriptorProto job_file() {
    FileDescriptorProto file = new_file("spaceone/api/inventory/plugin/job.proto", package,
                                        {"google/protobuf/struct.proto"});
    add_request(file, "GetTaskRequest", {"secret_data", "options"});
    add_request(file, "TaskInfo", {"task_options"});
    DescriptorProto* tasks = file.add_message_type();
    tasks->set_name("TasksInfo");
    add_message_field(tasks, "tasks", 1, own_type("TaskInfo"))
        ->set_label(FieldDescriptorProto::LABEL_REPEATED);
    ServiceDescriptorProto* service = file.add_service();
    service->set_name("Job");
    add_method(service, "get_tasks", own_type("GetTaskRequest"), own_type("TasksInfo"));
    return file;
}

FileDescriptorProto copy_of(const google::protobuf::FileDescriptor* file) {
    FileDescriptorProto copy;
    file->CopyTo(&copy);
    return copy;
}

}  // namespace

std::string method_path(const std::string& service, const std::string& method) {
    return "/" + service + "/" + method;
}

std::vector<FileDescriptorProto> inventory_files() {
    return {collector_file(), job_file(), copy_of(google::protobuf::Struct::descriptor()->file()),
            copy_of(google::protobuf::Empty::descriptor()->file())};
}

FileDescriptorProto plain_file(const std::string& in_package, const std::string& service,
                               const std::vector<std::string>& imports) {
    FileDescriptorProto file = new_file(in_package + ".proto", in_package, imports);
    file.add_message_type()->set_name("M");
    if (!service.empty()) {
        ServiceDescriptorProto* added = file.add_service();
        added->set_name(service);
        const std::string type = "." + in_package + ".M";
        add_method(added, "ask", type, type);
    }
    return file;
}

}  // namespace pf::test
