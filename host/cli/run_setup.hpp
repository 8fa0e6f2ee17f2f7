// RunSetup: all a command needs before it can ask Prism Centrals: the configuration, the request,
// who hears signals, the modules. And the flags that say what a run is about.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/app/application.hpp"
#include "host/app/process.hpp"
#include "host/base/stop.hpp"
#include "host/cli/collect_request.hpp"

namespace CLI {
class App;
}

namespace pf::host::cli {

// What to collect, and where from.
struct ScopeFlags {
    TargetFlags target;
    std::vector<std::string> kinds;
    std::vector<std::string> clusters;
    std::vector<std::string> options;
};

// Adds --target and its like, --cluster and --option to `command`; `flags` outlives it. KIND is an
// argument, and so the command's own.
void add_scope_flags(CLI::App& command, ScopeFlags& flags);

// Stops a run at SIGINT or SIGTERM. Make it before any other thread is started.
class SignalStop {
  public:
    SignalStop();
    // Ends when a signal arrives.
    Stop stop() const { return source_.stop(); }
    // The first signal's number; 0 while there was none.
    int received() const noexcept { return watch_.received(); }

  private:
    StopSource source_;
    app::SignalWatch watch_;
};

class RunSetup {
  public:
    // Makes a request of the configuration and the flags: collect_request, or what stands for it.
    using MakeRequest = Result<runtime::Request> (*)(Session&, const app::Config&,
                                                     const TargetFlags&);

    // Loads the configuration with `scope` on top, makes the request, watches signals and loads the
    // modules. Memory is protected, as it holds passwords.
    static Result<std::unique_ptr<RunSetup>> make(Session& session, const ScopeFlags& scope,
                                                  MakeRequest make_request);
    // The same for a collection: fails as well when there is nothing to collect, or no such kind.
    static Result<std::unique_ptr<RunSetup>> make(Session& session, const ScopeFlags& scope);
    RunSetup(const RunSetup&) = delete;
    RunSetup& operator=(const RunSetup&) = delete;

    // The request made once more, as a password or token may have changed. Nothing is asked of the
    // person at the terminal: what was typed stays as it is.
    Result<runtime::Request> request_again(Session& session) const;
    // The kinds in service that the request is about.
    std::vector<runtime::Modules::Kind> wanted_kinds();

    app::LoadedConfig loaded;
    runtime::Request request;
    SignalStop signals;
    app::Application application;

  private:
    RunSetup(app::LoadedConfig config, runtime::Request what, ScopeFlags scope,
             MakeRequest make_request)
        : loaded(std::move(config)),
          request(std::move(what)),
          application(loaded.config),
          scope_(std::move(scope)),
          make_request_(make_request) {}

    const ScopeFlags scope_;
    const MakeRequest make_request_;
};

}  // namespace pf::host::cli
