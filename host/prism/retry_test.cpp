#include "host/prism/retry.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using namespace pf::host::prism;
using namespace std::chrono_literals;

namespace {

const char* const some_day = "Sun, 06 Nov 1994 08:49:37 GMT";

}  // namespace

TEST_CASE("the backoff doubles up to its cap and is spread over the whole span") {
    CHECK(backoff(1, 500ms, 30s, 1.0) == 500ms);
    CHECK(backoff(2, 500ms, 30s, 1.0) == 1000ms);
    CHECK(backoff(4, 500ms, 30s, 1.0) == 4000ms);
    CHECK(backoff(9, 500ms, 30s, 1.0) == 30s);
    CHECK(backoff(4, 500ms, 30s, 0.0) == 0ms);
    CHECK(backoff(4, 500ms, 30s, 0.5) == 2000ms);
}

TEST_CASE("no attempt number makes a backoff negative or longer than its cap") {
    std::mt19937 engine(1);
    std::uniform_real_distribution<double> share(-0.5, 1.5);
    std::uniform_int_distribution<std::uint32_t> attempt;
    for (int i = 0; i < 5000; ++i) {
        const auto wait = backoff(attempt(engine), 500ms, 30s, share(engine));
        CHECK(wait >= 0ms);
        CHECK(wait <= 30s);
    }
}

TEST_CASE("Retry-After is obeyed within reason") {
    CHECK(retry_after("7", some_day) == 7s);
    CHECK(retry_after(" 0 ", some_day) == 0s);
    CHECK(retry_after("1.5", some_day) == 1500ms);
    CHECK(retry_after("0.0001", some_day) == 1ms);
    CHECK(retry_after("1000000000", some_day) == 60s);
    CHECK(retry_after("1000000000.25", some_day) == 60s);
    CHECK(retry_after(std::string(400, '9'), some_day) == 60s);
    CHECK(retry_after("99999999999999999999999999", some_day) == 60s);
    CHECK(retry_after("Sun, 06 Nov 1994 08:49:47 GMT", some_day) == 10s);
    CHECK(retry_after("Sun, 06 Nov 1994 08:49:30 GMT", some_day) == 0s);
    CHECK(retry_after("Sun, 06 Nov 2094 08:49:47 GMT", some_day) == 60s);
    CHECK(retry_after("Fri, 31 Dec 9999 23:59:59 GMT", some_day) == 60s);
    CHECK(retry_after("Sunday, 06-Nov-94 08:49:47 GMT", some_day) == 10s);
    CHECK(retry_after("Sun Nov  6 08:49:47 1994", some_day) == 10s);
}

TEST_CASE("a Retry-After date is meant by the server's clock, else by ours") {
    CHECK(retry_after("Sun, 06 Nov 2094 08:50:07 GMT", "Sun, 06 Nov 2094 08:49:37 GMT") == 30s);
    CHECK(retry_after("Sun, 06 Nov 2094 08:50:07 GMT", "") == 60s);
    CHECK(retry_after("Sun, 06 Nov 2094 08:50:07 GMT", "yesterday") == 60s);
    CHECK(retry_after("Sun, 06 Nov 1994 08:50:07 GMT", "") == 0s);
}

TEST_CASE("those who were told the same do not come back at the same time") {
    CHECK(with_jitter(10s, 0.0) == 10s);
    CHECK(with_jitter(10s, 1.0) == 11s);
    CHECK(with_jitter(0s, 1.0) == 100ms);
    CHECK(with_jitter(60s, 1.0) == 65s);
    CHECK(with_jitter(60s, 7.0) == 65s);
}

TEST_CASE("a Retry-After that makes no sense is ignored") {
    for (const char* header : {"", " ", "-5", "-0.5", "1.", ".5", "1.5.5", "1e3", "+5", "soon",
                               "5 s", "0x10", "Sun, 06 Foo 1994 08:49:37 GMT",
                               "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 99:49:37 GMT",
                               "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:3"}) {
        INFO(header);
        CHECK_FALSE(retry_after(header, some_day).has_value());
    }
}

TEST_CASE("any Retry-After gives nothing or a wait between 0 and 60 s") {
    std::mt19937 engine(3);
    const std::string alphabet = "0123456789 ,:-GMTSunNov";
    std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
    for (int i = 0; i < 5000; ++i) {
        std::string header(static_cast<std::size_t>(i % 31), ' ');
        for (char& c : header) {
            c = alphabet[pick(engine)];
        }
        const auto wait = retry_after(header, some_day);
        CHECK((!wait || (*wait >= 0ms && *wait <= 60s)));
    }
}

TEST_CASE("only what may pass by itself is tried again") {
    for (const int http : {408, 429, 500, 502, 503, 504}) {
        CHECK(transient_status(http));
    }
    for (const int http : {200, 302, 400, 401, 403, 404, 405, 409, 501, 505}) {
        CHECK_FALSE(transient_status(http));
    }
    CHECK(rate_limit_group("RATE_LIMIT_EXCEEDED"));
    CHECK_FALSE(rate_limit_group("RATE"));
    CHECK(attempts_allowed(Trouble::unreachable, 5) == 2);
    CHECK(attempts_allowed(Trouble::unreachable, 1) == 1);
    CHECK(attempts_allowed(Trouble::timeout, 5) == 5);
    CHECK(attempts_allowed(Trouble::cut_short, 5) == 5);
    CHECK(attempts_allowed(Trouble::tls, 5) == 1);
    CHECK(attempts_allowed(Trouble::too_large, 5) == 1);
}
