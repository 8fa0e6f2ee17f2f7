// What is asked of a run: targets, options, scope. Parsed from the JSON that CloudForet, the
// configuration file or the command line give; everything that forms produce is accepted, what
// cannot be meant is one clear error.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/prism/target.hpp"

namespace pf::host::runtime {

// Less than the two hours CloudForet gives a job.
inline constexpr std::chrono::minutes usual_budget{100};

// Where a cluster stands, for CloudForet's map. Texts, as its regions have them; empty = not said.
struct Site {
    std::string latitude;   // -90 to 90
    std::string longitude;  // -180 to 180
    std::string continent;  // asia_pacific, europe, north_america, ...
};

// Whether the tasks of a job are divided by cluster.
enum class Split {
    automatic,  // where a task is worth its own calls
    always,     // where Prism filters by cluster
    never,
};

// Options of a collector. `json` is the whole object, as the modules get it: categories and
// power_state are lists of texts there, detail a boolean, whatever a form made of them.
struct Options {
    std::vector<std::string> kinds;  // empty = all
    std::vector<std::string> exclude_kinds;
    std::vector<std::string> clusters;  // names or UUIDs; empty = all
    std::map<std::string, Site> sites;  // by name or UUID of a cluster, or prism-central
    bool external_link = true;
    bool struct_encoding = false;  // option encoding: "json" (default) or "struct"
    std::uint32_t page_size = 0;   // 0 = the API's largest
    std::uint32_t sessions = 8;    // 1..64
    std::uint32_t replicas = 1;    // sessions and requests_per_second are divided by it
    double requests_per_second = 20.0;
    prism::ApiWish api_version = prism::ApiWish::automatic;
    Split split = Split::automatic;  // option split_tasks
    // How long a collection may take, without the time it waits for its receiver; 0 = no limit,
    // absent = usual_budget.
    std::optional<std::chrono::milliseconds> budget;
    std::string account_id;  // from the options; the secret's wins
    std::string log_level;
    std::string json = "{}";
};

// One Prism Central of a secret. `refusal` says why it cannot be asked; the run reports it and
// goes on with the others.
struct TargetRequest {
    std::string name;   // "host:port"
    std::string label;  // what an operator calls it; empty when it has no other name
    prism::TargetSpec spec;
    std::string account_id;  // replaces the Prism Central UUID in rows
    Status refusal;
};

// A part of a run, as get_tasks hands it out and collect gets it back.
struct Task {
    enum class Scope { types, target };  // types: rows that need no Prism
    Scope scope = Scope::target;
    std::string target;   // "host:port"
    std::string kind;     // empty = every kind the options want
    std::string cluster;  // UUID, of a task with a kind; empty = all; "rest" = of no listed cluster
    std::vector<std::string> listed;  // clusters that have tasks of their own, for "rest"
};

struct Request {
    std::vector<TargetRequest> targets;
    Options options;
    std::optional<Task> task;  // absent = everything
};

// `json` is an object or empty text. Unknown option names are INVALID_ARGUMENT with the nearest.
Result<Options> parse_options(std::string_view json);
// The limits of each target: this replica's share of what the options allow, but no less than one
// request per second and two at once unless the options themselves say less.
prism::Limits limits_of(const Options& options);
// The targets of secret_data; fails only when nothing in it can be used as a target.
Result<std::vector<TargetRequest>> parse_secret(std::string_view json, const Options& options);
// nullopt for an empty object.
Result<std::optional<Task>> parse_task(std::string_view json);
// The task_options object, JSON text.
std::string to_json(const Task& task);
// A kind as the console's form offers it.
struct KindChoice {
    std::string kind;
    bool is_default = true;
};
// JSON Schema of the options, for the console's form. With `kinds` the form offers them, and what
// it saves names those of now: kinds of a later version stay off until somebody adds them.
std::string options_schema(const std::vector<KindChoice>& kinds = {});

}  // namespace pf::host::runtime
