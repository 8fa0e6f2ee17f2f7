// Rows and a module for tests of watch.
#pragma once

#include <string>

#include "host/services/descriptor.hpp"

namespace pf::test {

// A module of the kind vm.
inline host::services::Descriptor vm_module() {
    host::services::Descriptor module;
    module.name = "vm";
    module.version = "1.2.3";
    host::services::Output output;
    output.kind = "vm";
    output.group = "AHV";
    output.type = "VirtualMachine";
    module.outputs.push_back(output);
    return module;
}

// A row of one, as a collection writes it; `data` is the JSON text of an object.
inline std::string vm_row(const std::string& id, const std::string& data,
                          const std::string& account = "pc1") {
    return R"({"state":"SUCCESS","resource_type":"inventory.CloudService","resource":{"account":")" +
           account + R"(","cloud_service_group":"AHV","cloud_service_type":"VirtualMachine",)" +
           R"("name":"vm )" + id + R"(","region_code":"r1","reference":{"resource_id":")" + id +
           R"("},"data":)" + data + "}}";
}

}  // namespace pf::test
