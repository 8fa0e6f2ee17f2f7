// A descriptor that uses every part of the format, for the tests.
#pragma once

#include <string>

namespace pf::test {

std::string sample_descriptor();

}  // namespace pf::test
