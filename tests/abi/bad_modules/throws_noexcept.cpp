// An exception out of a function that promised noexcept: std::terminate, which nobody can catch.
#include <stdexcept>

#include "tests/abi/bad_modules/skeleton.h"

[[gnu::noinline]] static void break_promise() { throw std::runtime_error("a broken promise"); }

static pf_status promised() noexcept {
    break_promise();
    return PF_OK;
}

pf_status bad_collect(const bad*) { return promised(); }
