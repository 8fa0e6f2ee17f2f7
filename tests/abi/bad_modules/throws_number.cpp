// What leaves the handler is no std::exception.
#include "tests/abi/bad_modules/skeleton.h"

pf_status bad_collect(const bad*) { throw 42; }
