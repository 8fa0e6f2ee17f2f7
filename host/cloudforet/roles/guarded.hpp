// The exception barrier of the handlers: whatever is thrown becomes a Status.
#pragma once

#include <exception>
#include <new>
#include <string>
#include <typeinfo>
#include <utility>

#include "host/base/status.hpp"

namespace pf::host::cloudforet {

// Runs `work`, which returns a Status. What an exception says is not repeated: the text of a parser
// may quote the request, and with it a secret. Its type is enough to find the place.
template <class Work>
Status guarded(Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (const std::bad_alloc&) {
        return {Code::resource_exhausted, "ERROR_OUT_OF_MEMORY",
                "the plugin ran out of memory; give it more or collect less at once"};
    } catch (const std::exception& error) {
        return {Code::internal, "ERROR_INTERNAL",
                std::string("the plugin failed unexpectedly (") + typeid(error).name() +
                    "); please report this"};
    } catch (...) {
        return {Code::internal, "ERROR_INTERNAL",
                "the plugin failed unexpectedly; please report this"};
    }
}

}  // namespace pf::host::cloudforet
