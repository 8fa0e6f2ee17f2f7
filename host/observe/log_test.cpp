#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "host/base/call_trace.hpp"
#include "host/base/utf8.hpp"
#include "host/observe/log.hpp"
#include "host/observe/log_line.hpp"
#include "host/observe/redact.hpp"

namespace observe = pf::host::observe;
using observe::Field;
using observe::Format;
using observe::Level;

namespace {

std::string line(Format format, std::string_view event, std::vector<Field> fields) {
    const std::chrono::system_clock::time_point when{std::chrono::milliseconds(1700000000123)};
    return observe::format_line(format, when, Level::warn, event, fields);
}

// Puts the default log back when a test ends.
struct Restore {
    ~Restore() { observe::set_log({}); }
};

}  // namespace

TEST_CASE("a line is key=value, quoted where it must be") {
    CHECK(line(Format::logfmt, "collect.end",
               {{"rows", "12"}, {"target", "pc1 main"}, {"empty", ""}, {"q", "a\"b\\c"}}) ==
          "time=2023-11-14T22:13:20.123Z level=warn event=collect.end rows=12 "
          "target=\"pc1 main\" empty=\"\" q=\"a\\\"b\\\\c\"");
}

TEST_CASE("a JSON line is one object") {
    CHECK(line(Format::json, "x", {{"a", "1\n2"}}) ==
          R"({"time":"2023-11-14T22:13:20.123Z","level":"warn","event":"x","a":"1\n2"})");
}

TEST_CASE("nothing a terminal obeys gets through, nor a second line") {
    for (const Format format : {Format::logfmt, Format::json}) {
        const std::string text = line(format, "x",
                                      {{"name",
                                        "\x1b[31mred\x07\r\n\xc2\x9b"
                                        "2J\xe2\x80\xae"}});
        for (std::size_t at = 0; at < text.size();) {
            const auto point = pf::host::decode_utf8(text, at);
            CHECK_FALSE(pf::host::is_control(point.value));
            at += point.size;
        }
        CHECK(text.find("\\u001b[31mred") != std::string::npos);
    }
    CHECK(line(Format::logfmt, "x", {{"a b=c", "1"}}).find("a_b_c=1") != std::string::npos);
}

TEST_CASE("broken UTF-8 becomes the replacement character") {
    CHECK(line(Format::logfmt, "x", {{"v", "a\xff\xc3"}}).find("v=\"a\xef\xbf\xbd\xef\xbf\xbd\"") !=
          std::string::npos);
}

TEST_CASE("a line is never longer than 4 KiB and says that it was cut") {
    const std::string huge(100000, 'x');
    const std::string wide = [] {
        std::string text;
        for (int i = 0; i < 9000; ++i) {
            text += "\xed\x95\x9c";
        }
        return text;
    }();
    for (const Format format : {Format::logfmt, Format::json}) {
        for (const std::string& value : {huge, wide, std::string(9000, '\n')}) {
            const std::string text = line(format, "x", {{"v", value}, {"after", "1"}});
            CHECK(text.size() <= observe::longest_line);
            CHECK(text.find("truncated") != std::string::npos);
            CHECK(text.find("after") == std::string::npos);
        }
    }
    std::vector<Field> many(2000, Field{"key", "value"});
    CHECK(line(Format::json, "x", many).size() <= observe::longest_line);
}

TEST_CASE("levels have words") {
    CHECK(observe::parse_level("DEBUG") == Level::debug);
    CHECK(observe::parse_level("Warning") == Level::warn);
    CHECK(observe::parse_level("off") == Level::off);
    CHECK_FALSE(observe::parse_level("loud").has_value());
    CHECK_FALSE(observe::parse_level("").has_value());
}

TEST_CASE("only what is asked for is written, from any thread") {
    const Restore restore;
    std::vector<std::string> lines;
    observe::set_log({Level::info, Format::logfmt,
                      [&lines](std::string_view text) { lines.emplace_back(text); }});
    observe::log(Level::debug, "quiet");
    CHECK_FALSE(observe::is_logged(Level::debug));
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([] {
                for (int i = 0; i < 50; ++i) {
                    observe::log(Level::info, "loud", {{"i", std::to_string(i)}});
                }
            });
        }
    }
    CHECK(lines.size() == 200);
    observe::set_log({Level::off, Format::logfmt, {}});
    CHECK_FALSE(observe::is_logged(Level::error));
}

TEST_CASE("a line of a call carries the call's ids, and the caller's trace if it has one") {
    std::vector<std::string> lines;
    const Restore restore;
    observe::set_log({.level = Level::info,
                      .format = Format::json,
                      .writer = [&](std::string_view text) { lines.emplace_back(text); }});
    const std::string trace_id = "0af7651916cd43dd8448eb211c80319c";
    auto call = std::make_shared<pf::host::CallTrace>();
    call->request_id = "req-1";
    observe::log(Level::info, "before");
    {
        const pf::host::CallTrace::Scope scope(call);
        observe::log(Level::info, "untraced", {{"a", "1"}});
    }
    call->parent = pf::host::TraceParent{trace_id, true};
    {
        const pf::host::CallTrace::Scope scope(call);
        observe::log(Level::info, "traced", {{"a", std::string(9000, 'x')}});
    }
    observe::log(Level::info, "after");
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].find("request_id") == std::string::npos);
    CHECK(lines[1].find(R"("event":"untraced","request_id":"req-1","a":"1")") != std::string::npos);
    // What does not fit is cut, and never the ids.
    CHECK(lines[2].find(R"("request_id":"req-1","trace_id":")" + trace_id) != std::string::npos);
    CHECK(lines[3].find("request_id") == std::string::npos);
}
