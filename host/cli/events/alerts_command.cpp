#include <CLI/CLI.hpp>
#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

#include "host/app/units.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/events/occurrence_rows.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/row_flags.hpp"
#include "host/cli/run_setup.hpp"

namespace pf::host::cli {
namespace {

struct AlertsFlags {
    ScopeFlags scope;
    std::vector<std::string> states;
    std::string last;
    std::string every = "30s";
    std::string cursor = ":memory:";
    std::string form = "table";
    bool follows = false;
};

constexpr std::chrono::seconds cursor_wait{30};

OccurrenceForm form_of(const std::string& form) {
    return form == "json"     ? OccurrenceForm::json
           : form == "ndjson" ? OccurrenceForm::ndjson
                              : OccurrenceForm::table;
}

// Which alerts are shown.
class Choice {
  public:
    Choice(std::vector<std::string> states, runtime::EventClusters clusters)
        : states_(std::move(states)), clusters_(std::move(clusters)) {}

    bool holds(const runtime::Occurrence& one) {
        if (!has_state(one)) {
            return false;
        }
        const auto place = clusters_.place(one);
        placeless_ += place == runtime::EventClusters::Place::unknown ? 1 : 0;
        return place == runtime::EventClusters::Place::inside;
    }
    // Warns of those that could not be told apart since it was called last.
    void tell(Session& session) { tell_placeless(session, std::exchange(placeless_, 0)); }

  private:
    bool has_state(const runtime::Occurrence& one) const {
        return states_.empty() ||
               std::any_of(
                   one.additional_info.begin(), one.additional_info.end(), [&](const auto& fact) {
                       return fact.first == "state" && std::find(states_.begin(), states_.end(),
                                                                 fact.second) != states_.end();
                   });
    }

    const std::vector<std::string> states_;
    const runtime::EventClusters clusters_;
    std::size_t placeless_ = 0;
};

// False when a signal came first.
bool rest(std::chrono::milliseconds span, const Stop& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, stop.token(), Clock::now() + span, [] { return false; });
    return !stop.requested();
}

// One poll after the other until a signal or a failure that does not pass by itself.
int follow(Session& session, const AlertsFlags& flags, std::chrono::milliseconds every,
           RunSetup& run, runtime::EventsSource& source, Choice& choice, OccurrenceRows& rows,
           Output& output) {
    auto cursor = state::AlertCursor::open(flags.cursor, cursor_wait);
    if (!cursor) {
        return session.fail(cursor.status());
    }
    const Stop stop = run.signals.stop();
    do {
        const Status polled = source.poll(
            run.request, **cursor,
            [&](const runtime::Occurrence& one) {
                return choice.holds(one) ? rows.put(one) : Status();
            },
            stop);
        rows.finish(polled.ok());
        choice.tell(session);
        const Status written = output.commit();
        if (output.is_reader_gone()) {
            return exit_ok;
        }
        if (!written.ok()) {
            return session.fail(written);
        }
        if (!polled.ok() && !stop.requested()) {
            if (polled.code() != Code::unavailable && polled.code() != Code::resource_exhausted &&
                polled.code() != Code::deadline_exceeded) {
                return session.fail(polled);
            }
            session.warn(polled.text() + "; nothing is lost, it is asked again");
        }
    } while (rest(every, stop));
    return exit_code_of_signal(run.signals.received());
}

int alerts(Session& session, const AlertsFlags& flags) {
    const auto every = app::parse_duration(flags.every);
    if (!every || every->count() < 1000) {
        return session.fail(usage_error("--every must be a time of a second or more, e.g. 30s"));
    }
    std::optional<std::int64_t> since;
    if (!flags.last.empty()) {
        const auto last = app::parse_duration(flags.last);
        if (!last) {
            return session.fail(usage_error("--last must be a time, e.g. 24h"));
        }
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        since = std::chrono::duration_cast<std::chrono::milliseconds>(now - *last).count();
    }
    if (flags.follows && (since || flags.form == "json")) {
        return session.fail(
            usage_error("--follow goes with neither --last nor -o json; take -o ndjson"));
    }
    auto setup = RunSetup::make(session, flags.scope, collect_request);
    if (!setup) {
        return session.fail(setup.status());
    }
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    RunSetup& run = **setup;
    prism::Targets targets(run.application.proxies());
    runtime::EventsSource source(run.application.modules(), targets);
    auto clusters = runtime::EventClusters::find(targets, run.request, run.signals.stop());
    if (!clusters) {
        return session.fail(clusters.status());
    }
    Choice choice(flags.states, std::move(*clusters));
    OccurrenceRows rows(form_of(flags.form), look_of(session, ""), **output);
    if (flags.follows) {
        return follow(session, flags, *every, run, source, choice, rows, **output);
    }
    const Status read = source.alerts(
        run.request, since,
        [&](const runtime::Occurrence& one) {
            return choice.holds(one) ? rows.put(one) : Status();
        },
        run.signals.stop());
    if (rows.count() > 0 || read.ok()) {
        rows.finish(read.ok());
    }
    if (const Status written = (*output)->commit(); !written.ok()) {
        return session.fail(written);
    }
    choice.tell(session);
    if (read.ok() || (*output)->is_reader_gone()) {
        return exit_ok;
    }
    const int code = session.fail(read);
    return rows.count() > 0 ? exit_partial : code;
}

}  // namespace

void add_alerts(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "alerts", "Show the alerts of Prism Central, or watch them come and go");
    auto flags = std::make_shared<AlertsFlags>();
    add_scope_flags(*command, flags->scope);
    command
        ->add_option("--state", flags->states,
                     "Only alerts in these states: open, acknowledged, resolved")
        ->check(CLI::IsMember({"open", "acknowledged", "resolved"}).description(""))
        ->delimiter(',')
        ->type_name("STATE");
    command->add_option("--last", flags->last, "Only what changed in this time, e.g. 24h")
        ->type_name("SPAN");
    command->add_flag("--follow", flags->follows, "Go on and show each change once, until Ctrl-C");
    command->add_option("--every", flags->every, "How often --follow asks (default: 30s)")
        ->type_name("SPAN");
    command
        ->add_option("--cursor", flags->cursor,
                     "Where --follow keeps what it has shown, so that it goes on there next time")
        ->type_name("FILE");
    command->add_option("-o,--output", flags->form, "table, json or ndjson")
        ->check(CLI::IsMember({"table", "json", "ndjson"}).description(""))
        ->type_name("FORM");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return alerts(session, *flags); };
    });
}

}  // namespace pf::host::cli
