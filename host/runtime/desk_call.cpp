#include "host/runtime/desk_call.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "host/base/call_trace.hpp"
#include "host/base/signal_stack.hpp"
#include "host/base/thread_name.hpp"
#include "host/observe/log.hpp"
#include "host/services/handling.hpp"

namespace pf::host::runtime {
namespace {

// A handler that ignores a stop this long is left behind (ARCHITECTURE, the module ABI).
constexpr std::chrono::seconds patience{3};

// Shared by who waits and by the handler's thread, which may be left behind.
struct Running {
    explicit Running(DeskCall the_call) : asked(std::move(the_call)), call(asked.setup) {}

    const DeskCall asked;
    services::Call call;
    pf_status returned = PF_OK;
    std::mutex mutex;
    std::condition_variable_any changed;
    bool is_done = false;  // guarded by mutex
};

pf_status call_module(Running& running, pf_call* handle) {
    try {
        return running.asked.handle(running.call, handle);
    } catch (const std::exception& error) {
        return running.call.fail(PF_INTERNAL,
                                 std::string("the handler let an exception out: ") + error.what());
    } catch (...) {
        return running.call.fail(PF_INTERNAL, "the handler let an exception out");
    }
}

void run_handler(Running& running) noexcept {
    const SignalStack stack;
    {
        const services::Handling handling(running.call);
        running.returned = call_module(running, handling.handle());
        running.call.finish(running.returned);
    }
    const std::lock_guard lock(running.mutex);
    running.is_done = true;
    running.changed.notify_all();
}

// True when the handler returned.
bool wait_for(Running& running, const Stop& stop) {
    std::unique_lock lock(running.mutex);
    const auto is_done = [&] { return running.is_done; };
    if (running.changed.wait_until(lock, stop.token(), stop.deadline(), is_done)) {
        return true;
    }
    return running.changed.wait_for(lock, patience, is_done);
}

DeskEnd end_of(const Running& running, const Stop& stop) {
    const services::Call& call = running.call;
    DeskEnd outcome;
    outcome.returned = running.returned;
    outcome.missing = call.findings().all_missing();
    outcome.notes = call.findings().all_notes();
    if (!call.desk_failure().ok()) {
        outcome.end = call.desk_failure();
        outcome.is_cut_short = true;
    } else if (stop.requested()) {
        outcome.end = stop.why();
        outcome.is_cut_short = true;
    } else if (!outcome.missing.empty()) {
        const bool is_refusal =
            running.returned == PF_INVALID_ARGUMENT || running.returned == PF_FAILED_PRECONDITION;
        outcome.end = Status(is_refusal ? static_cast<Code>(running.returned) : Code::internal,
                             outcome.missing.front().code, outcome.missing.front().text);
    }
    return outcome;
}

}  // namespace

DeskEnd run_at_desk(Modules& modules, DeskCall call, const Stop& stop) {
    call.setup.descriptor = call.module->descriptor;
    call.setup.stop = stop;
    const auto running = std::make_shared<Running>(std::move(call));
    std::thread handler([running, trace = CallTrace::here()] {
        const CallTrace::Scope scope(trace);
        name_thread(running->asked.thread_name);
        run_handler(*running);
    });
    if (!wait_for(*running, stop)) {
        handler.detach();
        DeskEnd outcome;
        outcome.is_cut_short = true;
        const std::string& name = running->asked.module->descriptor->name;
        outcome.end =
            Status(Code::internal, std::string(hung_module),
                   "module " + name + " ignored a cancel for 3 s while it " + running->asked.doing +
                       "; it is out of service until the process is restarted");
        modules.fault(name, outcome.end);
        observe::log(observe::Level::error, "module.hung",
                     {{"module", name}, {"kind", running->asked.thread_name}});
        return outcome;
    }
    handler.join();
    return end_of(*running, stop);
}

}  // namespace pf::host::runtime
