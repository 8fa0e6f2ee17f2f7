// Titles of alerts as Prism lists them hold names in braces, whose values are the parameters.
#pragma once

#include <string>
#include <string_view>

#include <prismforet/module.hpp>

namespace alert {

// `text` with each {name} replaced by the value of the parameter with that name; one without such a
// parameter stays as it is. Parameters are an array in API v4 and an object of values by name in
// v3.
// Names behind the 64th stay, and so do those behind 64 KiB.
std::string filled(std::string_view text, pf::Value parameters);

}  // namespace alert
