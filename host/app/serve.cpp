#include "host/app/serve.hpp"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "host/app/activity.hpp"
#include "host/app/application.hpp"
#include "host/app/installation.hpp"
#include "host/app/process.hpp"
#include "host/app/served_role.hpp"
#include "host/app/status_pages.hpp"
#include "host/cloudforet/grpc_log.hpp"
#include "host/cloudforet/server.hpp"
#include "host/observe/log.hpp"

namespace pf::host::app {
namespace {

namespace fs = std::filesystem;

// One signal, waited for by the thread that serves.
class Gate {
  public:
    void open(int signal) {
        {
            const std::lock_guard lock(mutex_);
            signal_ = signal;
        }
        changed_.notify_all();
    }
    int wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return signal_ != 0; });
        return signal_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int signal_ = 0;
};

// Written whole and then renamed, so that whoever waits for it never reads half of it.
Status write_ready_file(const std::string& path, const Listening& listening) {
    const std::string draft = path + ".new";
    {
        std::ofstream file(draft, std::ios::trunc);
        file << listening.role << ' ' << listening.address << " grpc://" << listening.address
             << '\n';
        file.flush();
        if (!file) {
            return Status(Code::failed_precondition, "ERROR_READY_FILE",
                          "cannot write " + draft + "; is its directory there and writable?");
        }
    }
    std::error_code error;
    fs::rename(draft, path, error);
    if (error) {
        return Status(Code::failed_precondition, "ERROR_READY_FILE",
                      "cannot write " + path + ": " + error.message());
    }
    return Status();
}

void log_call(const cloudforet::CallRecord& call) {
    const observe::Level level = call.status.ok() ? observe::Level::debug : observe::Level::warn;
    observe::log(level, "call.end",
                 {{"method", call.method},
                  {"peer", call.peer},
                  {"status", code_name(call.status.code())},
                  {"code", call.status.reason()},
                  {"text", call.status.message()},
                  {"elapsed_ms", std::to_string(call.elapsed.count())}});
}

// Null when no port is asked for.
Result<std::unique_ptr<observe::StatusServer>> start_status_port(const std::string& address,
                                                                 const StatusSources& sources) {
    if (address.empty()) {
        return std::unique_ptr<observe::StatusServer>();
    }
    return observe::StatusServer::start(address, status_pages(sources));
}

}  // namespace

Status serve(const Config& config, const ServeOptions& options) {
    protect_memory();
    cloudforet::quiet_grpc();
    Gate gate;
    const SignalWatch signals([&gate](int signal) { gate.open(signal); });
    Application application(config);

    Activity activity;
    cloudforet::ServerOptions listen;
    listen.address = config.serve.grpc;
    listen.version = std::string(version());
    listen.on_call = [&activity](const cloudforet::CallRecord& call) {
        log_call(call);
        activity.note(call);
    };
    ServedRole served = make_role(config.serve.role, application, config);
    auto server = cloudforet::Server::start(std::move(listen), std::move(served.role));
    if (!server) {
        return server.status();
    }
    std::atomic<bool> is_draining = false;
    auto status = start_status_port(
        config.serve.status,
        {activity, application.modules(), config.serve.role, (*server)->address(),
         [&server] { return (*server)->active_calls(); }, is_draining, std::move(served.sections)});
    if (!status) {
        return status.status();
    }
    const Listening listening{config.serve.role, (*server)->address(),
                              *status ? (*status)->address() : ""};
    if (!options.ready_file.empty()) {
        if (const Status written = write_ready_file(options.ready_file, listening); !written.ok()) {
            return written;
        }
    }
    std::size_t in_service = 0;
    for (const auto& entry : application.modules().entries()) {
        in_service += entry.refusal.ok() ? 1 : 0;
    }
    observe::log(observe::Level::info, "serve.ready",
                 {{"role", listening.role},
                  {"address", listening.address},
                  {"status", listening.status},
                  {"version", version()},
                  {"modules", std::to_string(in_service)}});
    if (options.on_ready) {
        options.on_ready(listening);
    }
    const int signal = gate.wait();
    is_draining = true;
    observe::log(observe::Level::info, "serve.drain",
                 {{"signal", std::to_string(signal)},
                  {"calls", std::to_string((*server)->active_calls())},
                  {"grace_ms", std::to_string(config.serve.drain.count())}});
    (*server)->shutdown(config.serve.drain);
    observe::log(observe::Level::info, "serve.end");
    return Status();
}

}  // namespace pf::host::app
