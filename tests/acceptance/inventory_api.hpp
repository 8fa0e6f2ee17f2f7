// The inventory role's API as descriptors, for servers that tests script by hand. They are built
// here and never registered, so they do not meet the host's generated code.
#pragma once

#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

namespace pf::test {

inline constexpr const char* collector_service = "spaceone.api.inventory.plugin.Collector";
inline constexpr const char* job_service = "spaceone.api.inventory.plugin.Job";

// A path such as /spaceone.api.inventory.plugin.Collector/collect.
std::string method_path(const std::string& service, const std::string& method);

// collector.proto, job.proto, and the google files they import, in this order.
std::vector<google::protobuf::FileDescriptorProto> inventory_files();

// A file with one empty message M and, if a service is named, that service with a method `ask`.
google::protobuf::FileDescriptorProto plain_file(const std::string& package,
                                                 const std::string& service,
                                                 const std::vector<std::string>& imports = {});

}  // namespace pf::test
