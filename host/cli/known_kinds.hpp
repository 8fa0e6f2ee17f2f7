// What this installation knows of the kinds it can collect, for commands that draw resources.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "host/cli/console/layout.hpp"
#include "host/runtime/modules.hpp"

namespace pf::host::cli {

struct KnownKind {
    std::string kind;   // "vm"
    std::string title;  // "AHV virtual machine"
    View view;
};

// By cloud service group and type.
using KnownKinds = std::map<std::pair<std::string, std::string>, KnownKind>;

// The kinds in service.
KnownKinds kinds_of(const runtime::Modules& modules);

// The kind of a resource; one that only has the type's name as its title when nobody described it.
KnownKind kind_of(const KnownKinds& kinds, const std::string& group, const std::string& type);

}  // namespace pf::host::cli
