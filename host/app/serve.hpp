// serve: a plugin server from start to drained.
#pragma once

#include <functional>
#include <string>

#include "host/app/config.hpp"
#include "host/base/status.hpp"

namespace pf::host::app {

// What is listening.
struct Listening {
    std::string role;
    std::string address;  // "127.0.0.1:50051"
    std::string status;   // "127.0.0.1:8080"; empty: no status port
};

// What a caller wants to know of a server.
struct ServeOptions {
    std::string
        ready_file;  // gets "ROLE ADDRESS grpc://ADDRESS" once it is listening; may be empty
    // Called once it is listening; may be empty.
    std::function<void(const Listening&)> on_ready;
};

// Serves until SIGTERM or SIGINT, then drains as the configuration says. A second signal ends the
// process at once. OK after a drain; else why it could not start. Call before any thread is
// started.
Status serve(const Config& config, const ServeOptions& options);

}  // namespace pf::host::app
