#include "host/doctor/watcher.hpp"

#include <catch2/catch.hpp>

#include "host/prism/target.hpp"

using namespace pf::host;
using namespace pf::host::doctor;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::system_clock;

namespace {

const system_clock::time_point quarter_past = system_clock::from_time_t(1795421700);
const char* const quarter_past_text = "Mon, 23 Nov 2026 08:15:00 GMT";

void show(Watcher& watcher, int http, const std::string& date, milliseconds took,
          system_clock::time_point sent, bool by_credential = true, std::string_view body = "{}") {
    const prism::Request request;
    const std::vector<prism::HeaderField> headers = {{"Date", date}};
    const std::vector<std::string> cookies;
    watcher.observe({request, http, Status(), headers, cookies, body, by_credential, sent, took});
}

}  // namespace

TEST_CASE("a date of HTTP is read, anything else is not") {
    CHECK(parse_http_date(quarter_past_text) == quarter_past);
    for (const char* no : {"", "now", "2026-11-23T08:15:00Z", "Mon, 23 Nov 2026 08:15:00",
                           "Mon, 23 Nov 2026 08:15:00 GMT+1", "Mon, 99 Nov 2026 08:15:00 GMT"}) {
        CHECK_FALSE(parse_http_date(no));
    }
}

TEST_CASE("the clock's offset is told with its doubt, and the least doubtful reading counts") {
    Watcher watcher;
    CHECK_FALSE(watcher.seen().clock);
    show(watcher, 200, "nonsense", milliseconds(1), quarter_past);
    CHECK_FALSE(watcher.seen().clock);
    // Sent an hour late by our clock, and ten seconds under way.
    show(watcher, 200, quarter_past_text, seconds(10), quarter_past - seconds(3600));
    CHECK(watcher.seen().clock->doubt == milliseconds(5500));
    show(watcher, 401, quarter_past_text, milliseconds(20), quarter_past - seconds(3600));
    const ClockReading clock = *watcher.seen().clock;
    CHECK(clock.doubt == milliseconds(510));
    CHECK(clock.offset == milliseconds(3600490));
    show(watcher, 200, quarter_past_text, seconds(10), quarter_past);
    CHECK(watcher.seen().clock->offset == clock.offset);
}

TEST_CASE("logins, cookies and refusals are counted") {
    Watcher watcher;
    show(watcher, 401, "", milliseconds(1), quarter_past);
    show(watcher, 200, "", milliseconds(1), quarter_past);
    show(watcher, 200, "", milliseconds(1), quarter_past, false);
    show(watcher, 401, "", milliseconds(1), quarter_past, false);
    show(watcher, 429, "", milliseconds(1), quarter_past, false);
    show(watcher, 400, "", milliseconds(1), quarter_past, false,
         R"({"errorGroup":"RATE_LIMIT_EXCEEDED"})");
    show(watcher, 0, "", milliseconds(1), quarter_past, false);
    const Seen seen = watcher.seen();
    CHECK(seen.requests == 7);
    CHECK(seen.answers == 6);
    CHECK(seen.logins == 2);
    CHECK(seen.by_cookie == 3);
    CHECK(seen.throttled == 2);
}
