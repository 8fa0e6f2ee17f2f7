// {uuid, name} of something an entity refers to, written.
#pragma once

#include <prismforet/module.hpp>
#include <string_view>

#include "vm_names.hpp"

namespace vm {

// Writes data.<key>, nothing for a reference to nothing; declares it unknown when a name exists
// but could not be read.
void write_reference(pf::Row& row, pf::Object& data, std::string_view key,
                     const Reference& reference, const NameTable& names);

}  // namespace vm
