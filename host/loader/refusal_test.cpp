#include "host/loader/refusal.hpp"

#include <catch2/catch.hpp>
#include <string>

using pf::host::loader::is_name;

TEST_CASE("names of modules") {
    CHECK(is_name("vm_2"));
    CHECK_FALSE(is_name(""));
    CHECK_FALSE(is_name("2vm"));
    CHECK_FALSE(is_name("Vm"));
    CHECK_FALSE(is_name("../vm"));
    CHECK_FALSE(is_name(std::string(65, 'a')));
}
