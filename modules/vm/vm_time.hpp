// Times as both generations of the API can tell them.
#pragma once

#include <string>
#include <string_view>

namespace vm {

// A time in whole seconds, which is all that v3 knows: "2026-03-02T09:15:46Z" of
// "2026-03-02T09:15:46.269181Z". `buffer` may hold the result.
std::string_view whole_seconds(std::string_view time, std::string& buffer);

}  // namespace vm
