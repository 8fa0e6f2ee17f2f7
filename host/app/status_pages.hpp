// What the status port answers: /healthz, /readyz, /metrics and /api/v1/status.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "host/observe/metrics.hpp"
#include "host/observe/status_server.hpp"

namespace pf::host::runtime {
class Modules;
}

namespace pf::host::app {

class Activity;

// What a role tells of itself. Called from the threads of the status port.
struct StatusSection {
    std::string name;                                // member of /api/v1/status
    std::function<std::string()> json;               // its value, JSON text without secrets
    std::function<void(observe::Metrics&)> figures;  // brings its gauges up to date
};

// What the pages tell of. All outlive the server of the pages.
struct StatusSources {
    Activity& activity;
    const runtime::Modules& modules;
    std::string role;
    std::string address;                        // of the gRPC listener
    std::function<std::size_t()> active_calls;  // from any thread
    const std::atomic<bool>& is_draining;
    std::vector<StatusSection> sections = {};
};

// By path. A server is ready while it takes calls and each of its modules is in service.
std::map<std::string, observe::StatusPage> status_pages(const StatusSources& sources);

}  // namespace pf::host::app
