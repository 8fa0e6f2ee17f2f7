// The ledger of a run, closed: what Prism had, what went out, what is missing and why.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::runtime {

struct Reason {
    std::string code;  // stable, e.g. "ERROR_LIST_CHANGED"
    std::string target;
    std::string kind;
    std::string text;         // for people, with what to do
    std::uint64_t count = 1;  // entities concerned
    std::vector<std::string> first_ids;
};

// One listing of one kind at one target.
struct ListReport {
    std::string target;
    std::string account;  // of its rows
    std::string kind;
    std::string module;
    std::string api;  // that served it: "v4.3", "v3"
    std::uint64_t server_total = 0;
    std::uint64_t received = 0;  // = unique + repeated
    std::uint64_t unique = 0;    // = emitted + filtered + skipped + lost
    std::uint64_t repeated = 0;
    std::uint64_t emitted = 0;
    std::uint64_t filtered = 0;
    std::uint64_t skipped = 0;
    std::uint64_t lost = 0;
    bool is_complete = false;
};

// What a target's API was read by, since it is known to this process.
struct ApiReport {
    std::string target;
    std::string api_namespace;
    std::string version;  // "v4.3", "v4.0.b1", "v3"
    std::string reason;   // why no general release of v4; empty when it is one
};

struct RunReport {
    std::vector<ListReport> lists;
    std::vector<Reason> missing;  // why the run is partial; one FAILURE row each
    std::vector<Reason> notes;    // worth telling, nothing is missing
    std::vector<ApiReport> apis;
    std::uint64_t rows = 0;  // handed to the sink, all kinds of rows
    std::uint64_t failure_rows = 0;
    std::uint64_t prism_calls = 0;
    std::uint64_t prism_retries = 0;
    std::uint64_t prism_wait_ms = 0;
    std::uint64_t receiver_wait_ms = 0;
    std::uint64_t elapsed_ms = 0;
    Status end;  // not OK: the run was cut

    bool is_complete() const { return end.ok() && missing.empty(); }
    // Sums over lists, in the fields of ListReport.
    ListReport total() const;
    // One line: {"server_total":..,"received":..,"unique":..,"repeated":..,"emitted":..,
    // "filtered":..,"skipped":..,"lost":..,"rows":..,"calls":..,"retries":..,"prism_wait_ms":..,
    // "receiver_wait_ms":..,"elapsed_ms":..,"complete":bool,"reasons":[text..],"notes":[text..],
    // "apis":{target:{namespace:[version..]}},"lists":[..]}
    std::string to_json() const;
};

}  // namespace pf::host::runtime
