#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "host/app/activity.hpp"
#include "host/app/secret_fetch.hpp"
#include "host/app/watcher.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"
#include "host/cli/run_setup.hpp"
#include "host/cloudforet/grpc_log.hpp"
#include "host/state/file_lock.hpp"

namespace pf::host::cli {
namespace {

struct WatchFlags {
    ScopeFlags scope;
    bool is_once = false;
    bool is_rehearsal = false;
    bool accepts_shrink = false;
};

int code_of(Session& session, const app::WatchRound& round) {
    for (const std::string& remark : round.remarks) {
        session.warn(remark);
    }
    if (!round.failure.ok()) {
        return session.fail(round.failure);
    }
    session.say(round.outcome + ": " + std::to_string(round.created) + " created, " +
                std::to_string(round.changed) + " changed, " + std::to_string(round.deleted) +
                " deleted; " + std::to_string(round.letters) + " notifications");
    if (round.dropped > 0) {
        session.warn(std::to_string(round.dropped) +
                     " notifications were dropped, as the outbox is full");
    }
    return round.outcome == "complete" && round.dropped == 0 ? exit_ok : exit_partial;
}

// Asked again when CloudForet does not accept the token: its file may have a newer one.
app::GetAccess access_of(Session& session, RunSetup& run, bool is_server) {
    return [&session, &run, is_server](app::TokenOf whose) -> Result<cloudforet::ServiceAccess> {
        const app::CloudforetConfig& known = run.loaded.config.cloudforet;
        if (known.identity.empty() && known.endpoints.empty()) {
            return Status(Code::failed_precondition, "ERROR_CLOUDFORET_ENDPOINT",
                          "it is not known where CloudForet is; give cloudforet.identity");
        }
        std::vector<app::Override> none;
        auto now = session.load(std::move(none), is_server);
        const app::CloudforetConfig& newest = now ? now->config.cloudforet : known;
        const bool is_workspace = whose == app::TokenOf::workspace;
        const Secret& first = is_workspace ? newest.workspace_token : newest.token;
        const Secret& other = is_workspace ? newest.token : newest.workspace_token;
        return app::service_access(known, first.empty() ? other : first);
    };
}

app::WatchSources sources_of(Session& session, RunSetup& run, bool is_server) {
    return {[&session, &run]() -> Result<std::vector<runtime::TargetRequest>> {
                auto request = run.request_again(session);
                return request ? Result<std::vector<runtime::TargetRequest>>(
                                     std::move(request->targets))
                               : request.status();
            },
            access_of(session, run, is_server)};
}

Result<std::unique_ptr<observe::StatusServer>> open_status(const app::Config& config,
                                                           app::Activity& activity, RunSetup& run,
                                                           app::Watcher& watcher,
                                                           std::atomic<bool>& is_draining) {
    if (config.serve.status.empty()) {
        return std::unique_ptr<observe::StatusServer>();
    }
    return observe::StatusServer::start(
        config.serve.status,
        app::status_pages({activity, run.application.modules(), "watch", "",
                           [] { return std::size_t{0}; }, is_draining, watcher.sections()}));
}

// The lock on the state: a second watcher takes over when the first is gone, but one round does not
// wait for that. Fails as `stop` says when a signal comes first.
Result<state::FileLock> lock_state(Session& session, const std::string& path, bool is_once,
                                   const Stop& stop) {
    auto lock = state::FileLock::try_take(path);
    if (!lock) {
        return lock.status();
    }
    if (*lock) {
        return std::move(**lock);
    }
    if (is_once) {
        return Status(Code::failed_precondition, "ERROR_STATE_LOCK",
                      "another watch works on " + path + "; stop it, or let it do the round");
    }
    session.say("another watch works on " + path + "; waiting for its end");
    return state::FileLock::take(path, stop);
}

// One round; with a rehearsal, what it would send is printed.
int watch_once(Session& session, RunSetup& run, const WatchFlags& flags) {
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    app::WatchWish wish;
    wish.accept_shrink = flags.accepts_shrink;
    if (flags.is_rehearsal) {
        wish.rehearse = [&output](const state::Letter& letter) {
            (*output)->write(letter.content + "\n");
        };
    }
    auto watcher = app::Watcher::open(run.application, run.loaded.config, run.request,
                                      sources_of(session, run, false), std::move(wish));
    if (!watcher) {
        return session.fail(watcher.status());
    }
    const app::WatchRound round = (*watcher)->once(run.signals.stop());
    const Status written = (*output)->commit();
    if (run.signals.received() != 0) {
        return exit_code_of_signal(run.signals.received());
    }
    return written.ok() ? code_of(session, round) : session.fail(written);
}

int watch_on(Session& session, RunSetup& run, const WatchFlags& flags) {
    // It logs as a server does.
    if (auto as_server = session.load({}, true); !as_server) {
        return session.fail(as_server.status());
    }
    app::WatchWish wish;
    wish.accept_shrink = flags.accepts_shrink;
    auto watcher = app::Watcher::open(run.application, run.loaded.config, run.request,
                                      sources_of(session, run, true), std::move(wish));
    if (!watcher) {
        return session.fail(watcher.status());
    }
    app::Activity activity;
    std::atomic<bool> is_draining = false;
    auto status = open_status(run.loaded.config, activity, run, **watcher, is_draining);
    if (!status) {
        return session.fail(status.status());
    }
    if (*status) {
        session.say("status on " + (*status)->address());
    }
    const Status end = (*watcher)->run(run.signals.stop());
    return end.ok() ? exit_ok : session.fail(end);
}

int watch(Session& session, const WatchFlags& flags) {
    auto setup = RunSetup::make(session, flags.scope, collect_request);
    if (!setup) {
        return session.fail(setup.status());
    }
    RunSetup& run = **setup;
    const std::string& path = run.loaded.config.watch.state;
    if (path.empty()) {
        return session.fail(usage_error("watch.state is not given; it is the path of its file"));
    }
    cloudforet::quiet_grpc();
    const bool is_once = flags.is_once || flags.is_rehearsal;
    const auto lock = lock_state(session, path, is_once, run.signals.stop());
    if (!lock) {
        return run.signals.received() != 0 ? exit_ok : session.fail(lock.status());
    }
    return is_once ? watch_once(session, run, flags) : watch_on(session, run, flags);
}

}  // namespace

void add_watch(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "watch", "Tell CloudForet of changes and alerts, on a schedule, until a signal");
    auto flags = std::make_shared<WatchFlags>();
    add_scope_flags(*command, flags->scope);
    command->add_flag("--once", flags->is_once, "One round, then end");
    command->add_flag("--dry-run", flags->is_rehearsal,
                      "One round that prints what would be sent, and keeps nothing");
    command->add_flag("--accept-shrink", flags->accepts_shrink,
                      "Believe that most of a kind is gone");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return watch(session, *flags); };
    });
}

}  // namespace pf::host::cli
