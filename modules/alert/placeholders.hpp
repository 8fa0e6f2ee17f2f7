// Titles of alerts as Prism lists them hold names in braces, whose values are the parameters.
#pragma once

#include <string>
#include <string_view>

#include <prismforet/module.hpp>

namespace alert {

// `text` with each {name} replaced by the value of the parameter of API v4 with that name; one
// without such a parameter stays as it is.
std::string filled(std::string_view text, pf::Value parameters);

}  // namespace alert
