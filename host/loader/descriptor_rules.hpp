// The rules of a descriptor that relate two places of it, which a JSON Schema cannot say.
#pragma once

#include <vector>

#include "host/loader/strict_json.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::loader {

// Every broken rule of a descriptor whose parts are each well-formed; empty when there is none.
// `endpoint` indexes that point nowhere are the reader's findings and are not looked at here.
std::vector<Problem> broken_rules(const services::Descriptor& descriptor);

}  // namespace pf::host::loader
