#include <catch2/catch.hpp>
#include <condition_variable>
#include <thread>

#include "host/base/base64.hpp"
#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"

using namespace pf::host;

TEST_CASE("a status keeps its code when context is added") {
    const Status inner(Code::unavailable, "ERROR_NET", "connection refused");
    const Status outer = inner.within("target pc1:9440");
    CHECK(outer.code() == Code::unavailable);
    CHECK(outer.text() == "ERROR_NET: target pc1:9440: connection refused");
    CHECK(Status().within("nothing").ok());
    CHECK(Status().text() == "OK");
    CHECK(code_name(Code::unauthenticated) == "UNAUTHENTICATED");
}

TEST_CASE("a message can be shown, logged and sent whatever it quotes") {
    const auto message = [](const std::string& text) {
        return Status(Code::internal, "ERROR_X", text).message();
    };
    CHECK(message("käse 日本 😀") == "käse 日本 😀");
    CHECK(message("a\nb\tc\r") == "a b c ");
    CHECK(message("\x1b[31m\x7f\xC2\x85\xE2\x80\xAE") == "?[31m???");
    CHECK(message("\xff|\xC3|\xED\xA0\x80") == "\uFFFD|\uFFFD|\uFFFD\uFFFD\uFFFD");
    CHECK(message(std::string("a\0b", 3)) == "a?b");
    const std::string whole(Status::longest_message, 'x');
    CHECK(message(whole) == whole);
    for (const std::string part : {"x", "é", "😀", "\xff"}) {
        std::string longer;
        while (longer.size() <= Status::longest_message) {
            longer += part;
        }
        const std::string cut = message(longer);
        CHECK(cut.size() <= Status::longest_message);
        CHECK(cut.ends_with("..."));
        CHECK(message(cut) == cut);
    }
    CHECK(Status(Code::internal, "ERROR_X", "x").within("a\nb").message() == "a b: x");
}

TEST_CASE("base 64 as the standard's own examples") {
    for (const auto& [text, expected] : {std::pair<std::string, std::string>{"", ""},
                                         {"f", "Zg=="},
                                         {"fo", "Zm8="},
                                         {"foo", "Zm9v"},
                                         {"foob", "Zm9vYg=="},
                                         {"foobar", "Zm9vYmFy"},
                                         {"\xff\xfe", "//4="}}) {
        CHECK(base64(text) == expected);
    }
}

TEST_CASE("a result is a value or a failure") {
    const Result<int> good = 3;
    const Result<int> bad = Status(Code::internal, "ERROR_X", "x");
    CHECK(good.ok());
    CHECK(good.status().ok());
    CHECK_FALSE(bad.ok());
    CHECK(bad.status().reason() == "ERROR_X");
}

TEST_CASE("a stop wakes a waiter and the first reason wins") {
    StopSource source;
    const Stop stop = source.stop();
    std::mutex mutex;
    std::condition_variable_any changed;
    bool is_first = false;
    bool is_second = true;
    {
        std::jthread other([&] {
            is_first = source.request(Status(Code::aborted, "ERROR_DRAIN", "draining"));
            is_second = source.request(Status(Code::cancelled, "ERROR_CANCELLED", "late"));
        });
        std::unique_lock lock(mutex);
        CHECK_FALSE(changed.wait(lock, stop.token(), [] { return false; }));
    }
    CHECK(is_first);
    CHECK_FALSE(is_second);
    CHECK(stop.why().reason() == "ERROR_DRAIN");
}

TEST_CASE("a deadline that has passed is a reason, and only earlier deadlines count") {
    StopSource source;
    const Stop past = source.stop().until(Clock::now());
    CHECK(past.requested());
    CHECK(past.why().code() == Code::deadline_exceeded);
    CHECK(past.until(Clock::time_point::max()).requested());
    CHECK_FALSE(source.stop().requested());
    CHECK(source.stop().why().ok());
}

TEST_CASE("a secret moves without leaving a copy behind") {
    Secret first("hunter2");
    const Secret second = std::move(first);
    CHECK(first.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the point
    CHECK(second.reveal() == "hunter2");
}
