// What stands between an author's code and the border of the ABI: no exception crosses.
#pragma once

#include <exception>
#include <new>
#include <string_view>

#include "prismforet/abi/types.h"
#include "prismforet/cpp/failure.hpp"

namespace pf::detail {

// Runs `body` and turns what it throws into a status; `tell(status, text)` gets the reason.
template <class Body, class Tell>
pf_status guarded(const Body& body, const Tell& tell) noexcept {
    try {
        return body();
    } catch (const Failure& failure) {
        return failure.why().empty() ? failure.status() : tell(failure.status(), failure.why());
    } catch (const std::bad_alloc&) {
        return tell(PF_RESOURCE_EXHAUSTED, "the module ran out of memory");
    } catch (const std::exception& error) {
        return tell(PF_INTERNAL, error.what());
    } catch (...) {
        return tell(PF_INTERNAL, "the module threw something that is no std::exception");
    }
}

}  // namespace pf::detail
