// FakeHost: runs a module in a unit test, with scripted answers and no network.
//
//   pf::testing::FakeHost host(pf_module_entry_v0());
//   host.page("vms", R"({"data":[{"extId":"1","name":"a"}]})");
//   const pf::testing::Run run = host.collect("vm");
//   CHECK(run.problems.empty());
//   CHECK(run.record("1").content["name"].text == "a");
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "prismforet/abi.h"
#include "prismforet/testing/fake_call.hpp"
#include "prismforet/testing/fake_tables.hpp"
#include "prismforet/testing/run.hpp"
#include "prismforet/testing/script.hpp"

namespace pf::testing {

// What collect() passes to the handler.
struct CollectOptions {
    std::string options = "{}";  // the collector's options, a JSON object
    std::string cluster = {};    // UUID to restrict to; empty = all
};

class FakeHost {
  public:
    // Takes a module: pf_module_entry_v0() of one linked to the test, or ModuleLibrary::module().
    // Throws std::runtime_error when the table is not one this ABI can use.
    explicit FakeHost(const pf_module* module)
        : module_(checked(module)), script_(to_view(module->descriptor)), table_() {}

    // Ends the instance.
    ~FakeHost() {
        if (registrar_.is_created) module_->destroy(self_);
    }
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;

    // Adds a page to an endpoint: a whole answer of Prism, or just the array of entities. Throws
    // std::invalid_argument when it is no JSON.
    FakeHost& page(std::string_view endpoint, std::string_view answer) {
        (void)Json::parse(answer);
        script_.endpoints[script_.index("endpoints", endpoint)].pages.emplace_back(answer);
        return *this;
    }

    // Lists of the endpoint answer `status` at page number `page` (from 0).
    FakeHost& fail_page(std::string_view endpoint, std::size_t page, pf_status status) {
        script_.endpoints[script_.index("endpoints", endpoint)].failures[page] = status;
        return *this;
    }

    // Adds a page to the list of an endpoint below `parent`. A parent without a page has an empty
    // list.
    FakeHost& detail(std::string_view endpoint, std::string_view parent, std::string_view answer) {
        (void)Json::parse(answer);
        auto& details = script_.endpoints[script_.index("endpoints", endpoint)].details;
        details[std::string(parent)].emplace_back(answer);
        return *this;
    }

    // The list below `parent` ends with `status` behind its pages.
    FakeHost& fail_detail(std::string_view endpoint, std::string_view parent, pf_status status) {
        auto& failures = script_.endpoints[script_.index("endpoints", endpoint)].detail_failures;
        failures[std::string(parent)] = status;
        return *this;
    }

    // The endpoint is answered by this generation of Prism's API: 4, which is the rule, or 3.
    FakeHost& dialect(std::string_view endpoint, std::int32_t dialect) {
        script_.endpoints[script_.index("endpoints", endpoint)].dialect = dialect;
        return *this;
    }

    // Everything is answered by this generation.
    FakeHost& dialect(std::int32_t dialect) {
        script_.dialect = dialect;
        return *this;
    }

    // This Prism does not have the endpoint's API: lists and look-ups answer PF_NOT_FOUND.
    FakeHost& absent(std::string_view endpoint) {
        script_.endpoints[script_.index("endpoints", endpoint)].open_failure = PF_NOT_FOUND;
        return *this;
    }

    // The look-up cannot be filled.
    FakeHost& fail_lookup(std::string_view lookup, pf_status status) {
        script_.lookup_failures[script_.index("lookups", lookup)] = status;
        return *this;
    }

    // Each call is cancelled with its `calls`th blocking service call, which answers `status`.
    FakeHost& cancel_after(std::size_t calls, pf_status status = PF_CANCELLED) {
        script_.blocking_calls_left = calls;
        script_.cancel_status = status;
        return *this;
    }

    // The script, for what has no shorter way, such as the time.
    Script& script() noexcept { return script_; }

    // The module's descriptor.
    const Json& descriptor() const noexcept { return script_.descriptor(); }

    // Creates the instance with a configuration. Answers what the module answered. Once.
    pf_status create(std::string_view config = "{}") {
        if (registrar_.is_created) return PF_ALREADY_EXISTS;
        const Document document(config);
        registrar_ = {};
        const pf_status status =
            module_->create(&table_.abi, document.root(), &detail::FakeRegistrar::add,
                            reinterpret_cast<pf_registrar*>(&registrar_), &self_);
        registrar_.is_created = status == PF_OK;
        return status;
    }

    // Runs the collect handler for an output by its kind; creates the instance when needed. Calls
    // may run at the same time on several threads once the instance is created.
    Run collect(std::string_view kind, const CollectOptions& how = {}) {
        if (!registrar_.is_created) {
            if (const pf_status status = create(); status != PF_OK) {
                throw std::runtime_error("create answered " + std::to_string(status));
            }
        }
        if (registrar_.inventory == nullptr) throw std::runtime_error("no pf.inventory/1");
        const std::uint32_t output = script_.index("outputs", kind);
        const Document options(how.options);
        const std::uint64_t stale_before = stale_reads();
        const std::uint64_t odd_before = odd_reads();
        detail::FakeCall call(script_);
        const pf_status status = registrar_.inventory->collect(
            registrar_.self, call.handle(), output, options.root(), to_str(how.cluster));
        if (stale_reads() != stale_before) call.problem("a value was used after its page was gone");
        call.finish(status);
        call.run.odd_reads = odd_reads() - odd_before;
        return std::move(call.run);
    }

    // What the module logged outside of a call.
    const std::vector<LogLine>& logs() const noexcept { return table_.logs; }

    // The host's table, to call a module by hand.
    const pf_host* abi() const noexcept { return &table_.abi; }

  private:
    static const pf_module* checked(const pf_module* module) {
        if (module == nullptr || !PF_HAS(module, destroy) || module->create == nullptr) {
            throw std::runtime_error("the module's table is null or too short");
        }
        if (module->abi_major != PF_ABI_MAJOR) {
            throw std::runtime_error("the module is built for another major of the ABI");
        }
        return module;
    }

    const pf_module* module_;
    Script script_;
    detail::HostTable table_;
    detail::FakeRegistrar registrar_;
    void* self_ = nullptr;
};

}  // namespace pf::testing
