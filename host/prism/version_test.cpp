#include "host/prism/version.hpp"

#include <catch2/catch.hpp>

using namespace pf::host::prism;

TEST_CASE("a served version is used up to the newest this program knows") {
    CHECK(usable_version("vmm", "v4.0") == "v4.0");
    CHECK(usable_version("vmm", "v4.2") == "v4.2");
    CHECK(usable_version("vmm", "v4.3") == "v4.3");
    CHECK(usable_version("vmm", "v4.9") == "v4.3");
    CHECK(usable_version("vmm", "v5.0") == "v4.3");
    CHECK(usable_version("networking", "v4.9") == "v4.4");
    CHECK(usable_version("prism", "v4.4") == "v4.4");
    CHECK(usable_version("vmm", "v4.0.b1") == "v4.0.b1");
    CHECK(usable_version("iam", "v4.1.b3") == "v4.1.b3");
    CHECK(usable_version("something", "v4.12") == "v4.12");
    CHECK(usable_version("vmm", "v4.9.b1") == "v4.9.b1");
}

TEST_CASE("general releases, betas and what came before") {
    CHECK(is_general_release("v4.2"));
    CHECK_FALSE(is_general_release("v4.2.b1"));
    CHECK_FALSE(is_general_release(""));
    CHECK(is_beta("v4.0.b2"));
    CHECK_FALSE(is_beta("v4.0.a1"));
    CHECK_FALSE(is_beta("v4.0"));
    CHECK_FALSE(is_beta(""));
}

TEST_CASE("what is no version is not used") {
    for (const char* served : {"", "v", "4.2", "v4", "v4.", "v4.x", "v3.1", "v4.2 ", "v4.2/../x",
                               "v4.2x", "v-4.2", "v4.99999999999"}) {
        INFO(served);
        CHECK_FALSE(usable_version("vmm", served).has_value());
    }
}

TEST_CASE("a namespace is a word") {
    CHECK(proper_namespace("vmm"));
    CHECK_FALSE(proper_namespace(""));
    CHECK_FALSE(proper_namespace("vmm/../x"));
    CHECK(known_list("vmm") == "/ahv/config/vms");
    CHECK(known_list("other").empty());
}
