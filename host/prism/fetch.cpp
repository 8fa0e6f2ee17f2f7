// One read from first try to last: place, login, rate, connection, answer, and what to do next.

#include <Poco/Exception.h>

#include <algorithm>
#include <condition_variable>
#include <new>
#include <optional>
#include <random>

#include "host/base/call_trace.hpp"
#include "host/prism/exchange.hpp"
#include "host/prism/failure.hpp"
#include "host/prism/printable.hpp"
#include "host/prism/redirect.hpp"
#include "host/prism/retry.hpp"
#include "host/prism/target_state.hpp"
#include "host/prism/woken.hpp"

namespace pf::host::prism {
namespace {

using std::chrono::milliseconds;

constexpr unsigned most_logins_per_request = 3;
// How often, for each try, a request may be told to come later while others are served.
constexpr std::uint32_t patience_per_try = 8;

double random_share() {
    thread_local std::mt19937 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

Clock::time_point after(Clock::time_point now, milliseconds span) {
    constexpr std::chrono::hours most(24 * 365);
    return now + std::clamp<milliseconds>(span, milliseconds(0), most);
}

// Sleeps; the reason of `stop` when it wakes first.
Status rest(milliseconds span, const Stop& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, stop.token(), std::min(after(Clock::now(), span), stop.deadline()),
                     [] { return false; });
    return stop.requested() ? stop.why() : Status();
}

bool proper_path(const std::string& path) {
    return !path.empty() && path.front() == '/' &&
           std::all_of(path.begin(), path.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

// The number of tries goes before the advice, which ends a message.
Status with_tries(const Status& status, std::uint32_t tries) {
    std::string text = status.message();
    text.insert(std::min(text.rfind("; "), text.size()),
                " (tried " + std::to_string(tries) + " times)");
    return Status(status.code(), status.reason(), std::move(text));
}

Status interrupted(const Status& why, const Status& after) {
    return Status(why.code(), why.reason(),
                  why.message() + "; it was waiting to try again after: " + after.message());
}

// One attempt's result: an answer (any HTTP status), or the trouble that kept it away.
struct Tried {
    Trouble trouble = Trouble::none;
    Status status;
    RawAnswer answer;
};

}  // namespace

// One call of Target::State::fetch.
class Fetch {
  public:
    Fetch(Target::State& target, const Request& request, const Stop& stop, Meter& meter,
          Body memory, const Limits& limits)
        : target_(target),
          limits_(limits),
          request_(request),
          stop_(stop),
          meter_(meter),
          memory_(std::move(memory)) {}

    Answer run();

  private:
    enum class Next { finished, again, once_more };

    Tried attempt();
    Tried observed(Outgoing& outgoing);
    Tried transmit(const Outgoing& outgoing);
    RawAnswer over(std::unique_ptr<Connection>& connection, const Outgoing& outgoing, Watch& watch);
    Next judge(const Tried& tried);
    Next judge_answer(const RawAnswer& answer);
    bool is_followed(const RawAnswer& answer);
    void settle_login(const RawAnswer& answer, bool served);
    Next judge_unauthorized(const RawAnswer& answer);
    Next judge_throttled(Status status, milliseconds pause);
    // Another attempt after a pause, when `allowed` attempts in all are not used up.
    Next retry(Status status, std::uint32_t allowed, milliseconds at_least);
    Next give_up(Status status);

    Target::State& target_;
    const Limits& limits_;
    const Request& request_;
    const Stop& stop_;
    Meter& meter_;
    Body memory_;
    std::uint32_t attempt_ = 0;
    unsigned logins_ = 0;
    std::uint32_t patience_used_ = 0;
    std::uint64_t served_before_ = 0;
    bool repeat_ = false;
    struct Redirect {
        std::string path;
        std::string token;
    };
    std::optional<Redirect> redirect_;  // where the next attempt goes instead
    std::optional<Login::Pass> pass_;
    Answer result_;
};

Answer Fetch::run() {
    if (!proper_path(request_.path)) {
        give_up(Status(Code::invalid_argument, "ERROR_PRISM_REQUEST",
                       "the path of a request must begin with / and be percent-encoded"));
        return std::move(result_);
    }
    for (Next next = Next::again; next != Next::finished; next = judge(attempt())) {
        attempt_ += next == Next::again ? 1 : 0;
    }
    if (!result_.status.ok()) {
        result_.body = std::move(memory_);
    }
    return std::move(result_);
}

Tried Fetch::attempt() {
    served_before_ = target_.budget->served();
    auto place = target_.budget->gate().enter(&meter_, stop_);
    if (!place) {
        return {Trouble::stopped, place.status(), {}};
    }
    if (!redirect_) {
        auto pass = target_.login.begin(stop_);
        if (!pass) {
            return {Trouble::stopped, pass.status(), {}};
        }
        pass_.emplace(std::move(pass).value());
    }
    if (Status late = target_.budget->rate().pass(stop_); !late.ok()) {
        pass_.reset();
        return {Trouble::stopped, std::move(late), {}};
    }
    Outgoing outgoing;
    outgoing.method = request_.method;
    outgoing.path = redirect_ ? redirect_->path : request_.path;
    outgoing.body = request_.body;
    outgoing.host = target_.name;
    if (redirect_) {
        outgoing.cookie = redirect_->token;  // and nothing else that proves who we are
    } else if (pass_->carries_credential()) {
        outgoing.authorization = target_.login.authorization();
        outgoing.api_key = target_.login.api_key();
        meter_.logins.fetch_add(1, std::memory_order_relaxed);
    } else {
        outgoing.cookie = pass_->cookie();
    }
    if (const auto trace = CallTrace::here()) {
        outgoing.traceparent = trace->child();
        outgoing.tracestate = trace->state;
    }
    meter_.requests.fetch_add(1, std::memory_order_relaxed);
    meter_.retries.fetch_add(repeat_ ? 1 : 0, std::memory_order_relaxed);
    repeat_ = true;
    Tried tried = observed(outgoing);
    if (tried.trouble != Trouble::none) {
        pass_.reset();
    }
    return tried;
}

Tried Fetch::observed(Outgoing& outgoing) {
    ExchangeObserver* const observer = target_.spec.observer.get();
    if (observer == nullptr) {
        return transmit(outgoing);
    }
    outgoing.is_observed = true;
    const auto sent = std::chrono::system_clock::now();
    const auto began = Clock::now();
    Tried tried = transmit(outgoing);
    const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - began);
    const bool has_answer = tried.trouble == Trouble::none;
    observer->observe({request_, tried.answer.http, tried.status, tried.answer.headers,
                       tried.answer.set_cookies, has_answer ? memory_.text() : std::string_view(),
                       outgoing.cookie.empty(), sent, took});
    return tried;
}

Tried Fetch::transmit(const Outgoing& outgoing) {
    std::unique_ptr<Connection> connection;  // dies after the watch
    Watch watch(target_.watchdog, stop_, after(Clock::now(), limits_.total));
    std::string broken;
    try {
        connection = target_.pool.take();
        RawAnswer answer = over(connection, outgoing, watch);
        meter_.bytes.fetch_add(memory_.size(), std::memory_order_relaxed);
        target_.pool.give(std::move(connection), limits_.sessions);
        return {Trouble::none, Status(), std::move(answer)};
    } catch (const Failed& failed) {
        const bool is_own_word = failed.trouble() == Trouble::unreachable ||
                                 failed.trouble() == Trouble::proxy ||
                                 watch.fired() == Watch::Cause::none;
        if (failed.trouble() != Trouble::network && is_own_word && !stop_.requested()) {
            return {failed.trouble(), failed.status(), {}};
        }
        broken = failed.status().message();
    } catch (const Poco::Exception& error) {
        broken = printable(error.displayText(), 200);
    } catch (const std::bad_alloc&) {
        return {Trouble::too_large,
                Status(Code::resource_exhausted, "ERROR_MEMORY", "no memory for an answer"),
                {}};
    } catch (const std::exception& error) {
        broken = printable(error.what(), 200);
    }
    const Failed failed = why_woken(watch, stop_, limits_, broken);
    return {failed.trouble(), failed.status(), {}};
}

RawAnswer Fetch::over(std::unique_ptr<Connection>& connection, const Outgoing& outgoing,
                      Watch& watch) {
    if (connection) {
        try {
            return connection->exchange(outgoing, limits_, watch, memory_);
        } catch (const std::exception&) {
            // The server closed an idle connection at the moment we used it: it has not seen the
            // request, so this is no failed attempt.
            if (!connection->lost_while_idle() || watch.fired() != Watch::Cause::none) {
                throw;
            }
        }
    }
    connection = target_.pool.open(limits_, stop_, watch);
    return connection->exchange(outgoing, limits_, watch, memory_);
}

Fetch::Next Fetch::judge(const Tried& tried) {
    if (tried.trouble == Trouble::none) {
        return judge_answer(tried.answer);
    }
    redirect_.reset();
    if (tried.trouble == Trouble::stopped) {
        return give_up(tried.status);
    }
    const std::uint32_t allowed = attempts_allowed(tried.trouble, limits_.tries);
    return retry(tried.status.within(resource_of(request_.path)), allowed, milliseconds(0));
}

// Prism's own redirects carry a token that takes the place of the login; one is followed, and only
// when it stays where the credential is meant for.
bool Fetch::is_followed(const RawAnswer& answer) {
    if (answer.http != 302 || !is_sendable_token(answer.redirect_token)) {
        return false;
    }
    auto path = path_at_same_place(answer.location, target_.spec.host, target_.spec.port);
    if (!path) {
        return false;
    }
    redirect_ = Redirect{std::move(*path), answer.redirect_token};
    return true;
}

Fetch::Next Fetch::judge_answer(const RawAnswer& answer) {
    result_.http = answer.http;
    const bool was_redirected = std::exchange(redirect_, std::nullopt).has_value();
    if (!was_redirected && is_followed(answer)) {
        return Next::once_more;
    }
    target_.note_origin(answer);
    const std::string_view text = memory_.text();
    // Neither says anything about the credential, which was not sent, nor whether what was asked
    // for exists.
    if (was_redirected && (answer.http == 401 || answer.http == 404)) {
        pass_.reset();
        return give_up(Status(
            Code::data_loss, "ERROR_PRISM_ANSWER",
            resource_of(request_.path) + " was redirected within Prism Central, which then " +
                (answer.http == 401 ? "refused its own token" : "did not find that place") +
                "; look at the health of Prism Central"));
    }
    if (answer.http == 401) {
        return judge_unauthorized(answer);
    }
    const bool good = answer.http >= 200 && answer.http < 300;
    if (const int within = good ? status_within(request_.path, text) : 0; within != 0) {
        RawAnswer meant = answer;
        meant.http = within;
        return judge_answer(meant);
    }
    const Status odd = good ? check_json(answer.content_type, text) : Status();
    settle_login(answer, good && odd.ok());
    if (good) {
        if (!odd.ok()) {
            return give_up(odd.within(resource_of(request_.path)));
        }
        ++target_.budget->served();
        result_.body = std::move(memory_);
        result_.status = Status();
        return Next::finished;
    }
    const PrismError error = parse_error(answer.content_type, text);
    const bool throttled = answer.http == 429 || rate_limit_group(error.group);
    Status status = failure_of(answer, error, request_.path);
    if (!throttled && !transient_status(answer.http)) {
        return give_up(std::move(status));
    }
    const auto ordered = retry_after(answer.retry_after, answer.date);
    const milliseconds pause = ordered ? with_jitter(*ordered, random_share()) : milliseconds(0);
    if (throttled) {
        return judge_throttled(std::move(status), pause);
    }
    if (ordered) {
        target_.budget->rate().hold(pause);
    }
    return retry(std::move(status), limits_.tries, pause);
}

// As long as somebody is served, "too many" means to wait for one's turn; it only becomes a failed
// attempt when nobody was served since the last one.
Fetch::Next Fetch::judge_throttled(Status status, milliseconds pause) {
    meter_.throttled.fetch_add(1, std::memory_order_relaxed);
    target_.budget->rate().slow_down(pause);
    const bool is_progress = target_.budget->served() != served_before_;
    if (!is_progress || ++patience_used_ > patience_per_try * limits_.tries) {
        return retry(std::move(status), limits_.tries, pause);
    }
    if (const Status why = rest(
            std::max(pause, backoff(1, limits_.backoff_base, limits_.backoff_cap, random_share())),
            stop_);
        !why.ok()) {
        return give_up(interrupted(why, status));
    }
    return Next::once_more;
}

// Only an answer of Prism itself shows that the credential was accepted: a gateway before it says
// 503, 302 or shows a page to anybody.
void Fetch::settle_login(const RawAnswer& answer, bool served) {
    const bool client_error = answer.http >= 400 && answer.http < 500 && answer.http != 429;
    if (served || answer.http == 403 || (client_error && !answer.set_cookies.empty())) {
        target_.login.answered(std::move(*pass_), answer.set_cookies);
    }
    pass_.reset();
}

Fetch::Next Fetch::judge_unauthorized(const RawAnswer& answer) {
    const PrismError error = parse_error(answer.content_type, memory_.text());
    Status verdict = target_.login.refused(std::move(*pass_), error.message);
    pass_.reset();
    if (!verdict.ok()) {
        return give_up(std::move(verdict));
    }
    if (++logins_ > most_logins_per_request) {
        return give_up(Status(Code::unauthenticated, "ERROR_INVALID_CREDENTIALS",
                              resource_of(request_.path) +
                                  " answers 401 although the login works; look at the health of "
                                  "Prism Central and its directory service"));
    }
    return Next::once_more;
}

Fetch::Next Fetch::retry(Status status, std::uint32_t allowed, milliseconds at_least) {
    if (attempt_ >= allowed) {
        return give_up(attempt_ > 1 ? with_tries(status, attempt_) : std::move(status));
    }
    const milliseconds pause = std::max(
        at_least, backoff(attempt_, limits_.backoff_base, limits_.backoff_cap, random_share()));
    if (const Status why = rest(pause, stop_); !why.ok()) {
        return give_up(interrupted(why, status));
    }
    return Next::again;
}

Fetch::Next Fetch::give_up(Status status) {
    result_.status = std::move(status);
    return Next::finished;
}

Answer Target::State::fetch(const Request& request, const Stop& stop, Meter& meter, Body memory,
                            const Limits& limits) {
    try {
        return Fetch(*this, request, stop, meter, std::move(memory), limits).run();
    } catch (const std::exception& error) {
        Answer answer;
        answer.status = Status(Code::internal, "ERROR_INTERNAL", printable(error.what(), 200));
        return answer;
    }
}

}  // namespace pf::host::prism
