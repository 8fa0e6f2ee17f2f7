// For tests of a module: pages of its testdata, and a host that answers with them.
#pragma once

#include <initializer_list>
#include <prismforet/testing.hpp>
#include <string>

#include "tests/abi/proxy/proxy.hpp"

namespace pf::test {

inline const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";

// One page: testdata/<name>.json.
inline std::string page(const std::string& name) {
    return testing::read_file(testdata + name + ".json");
}

// Gives each of these endpoints the page of its name below testdata/<folder>.
inline void answer(testing::FakeHost& host, const std::string& folder,
                   std::initializer_list<const char*> endpoints) {
    for (const char* endpoint : endpoints) host.page(endpoint, page(folder + endpoint));
}

// What a kind's run must be, directly, from the library and through the proxy: the same.
template <class Fill>
bool is_same_everywhere(const char* kind, const Fill& fill) {
    testing::FakeHost direct(pf_module_entry_v0());
    fill(direct);
    testing::FakeHost loaded(testing::ModuleLibrary(PF_MODULE_LIBRARY).module());
    fill(loaded);
    const Proxy proxy(pf_module_entry_v0());
    testing::FakeHost behind(proxy.module());
    fill(behind);
    const std::string text = direct.collect(kind).text();
    return !text.empty() && loaded.collect(kind).text() == text &&
           behind.collect(kind).text() == text && proxy.frames() > 10;
}

// A call that is cancelled at any of its first `calls` steps ends with its status.
template <class Fill>
bool ends_wherever_cancelled(const char* kind, const Fill& fill, std::size_t calls) {
    for (std::size_t after = 1; after <= calls; ++after) {
        testing::FakeHost host(pf_module_entry_v0());
        fill(host);
        host.cancel_after(after, PF_DEADLINE_EXCEEDED);
        const testing::Run run = host.collect(kind);
        if (run.status != PF_DEADLINE_EXCEEDED || !run.problems.empty()) return false;
    }
    return true;
}

}  // namespace pf::test
