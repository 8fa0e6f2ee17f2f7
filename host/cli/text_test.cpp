#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "host/cli/csv.hpp"
#include "host/cli/doctor_text.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/human.hpp"
#include "host/cli/progress.hpp"
#include "host/cli/table.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/text.hpp"

namespace cli = pf::host::cli;
using pf::host::Code;
using pf::host::Status;
using std::chrono::milliseconds;

namespace {

cli::Table sample() {
    cli::Table table({{"Name"}, {"State"}, {"vCPU", true}, {"Memory", true}, {"Cluster"}, {"OS"}});
    table.add({{"web-01"},
               {"Running", cli::Tint::green},
               {"4"},
               {"16 GiB"},
               {"cluster-east"},
               {"Debian 12"}});
    table.add({{"데이터베이스-서버-001"},
               {"Stopped", cli::Tint::red},
               {"64"},
               {"1.5 TiB"},
               {"cluster-west-with-a-long-name"},
               {"-"}});
    table.add({{cli::clean("bad\x1b[31m\nname")}, {"Pending"}, {"1"}, {"512 MiB"}});
    return table;
}

}  // namespace

TEST_CASE("a table is as wide as it needs to be when nothing limits it") {
    CHECK(
        sample().text({}) ==
        "Name                   State    vCPU   Memory  Cluster                        OS\n"
        "web-01                 Running     4   16 GiB  cluster-east                   Debian 12\n"
        "데이터베이스-서버-001  Stopped    64  1.5 TiB  cluster-west-with-a-long-name  -\n"
        "bad?[31m name          Pending     1  512 MiB\n");
    CHECK(sample().text({200, false, true}) == sample().text({}));
}

TEST_CASE("at 80 columns text is cut, numbers are not") {
    CHECK(sample().text({80, false, true}) ==
          "Name                   State    vCPU   Memory  Cluster                 OS\n"
          "web-01                 Running     4   16 GiB  cluster-east            Debian 12\n"
          "데이터베이스-서버-001  Stopped    64  1.5 TiB  cluster-west-with-a-l…  -\n"
          "bad?[31m name          Pending     1  512 MiB\n");
}

TEST_CASE("at 40 columns the last columns are left out, and it is known which") {
    const cli::TableLook look{40, false, true};
    CHECK(sample().text(look) ==
          "Name                   State    vCPU\n"
          "web-01                 Running     4\n"
          "데이터베이스-서버-001  Stopped    64\n"
          "bad?[31m name          Pending     1\n");
    CHECK(sample().hidden(look) == std::vector<std::string>{"Memory", "Cluster", "OS"});
    CHECK(sample().text({24, false, false}) == "web-01\n데이터베이스-서버-001\nbad?[31m name\n");
}

TEST_CASE("no line is wider than the terminal, whatever its width") {
    for (std::size_t width = 1; width < 120; ++width) {
        const std::string text = sample().text({width, false, true});
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            CHECK(cli::display_width(text.substr(at, end - at)) <= width);
            at = end + 1;
        }
    }
}

TEST_CASE("colours surround the word and change no width") {
    const std::string text = sample().text({0, true, false});
    CHECK(text.find("\x1b[32mRunning\x1b[0m     4") != std::string::npos);
    CHECK(text.find("\x1b[31m\n") == std::string::npos);
    CHECK(text.find("Name") == std::string::npos);
}

TEST_CASE("text is measured in columns of a terminal") {
    CHECK(cli::display_width("abc") == 3);
    CHECK(cli::display_width("한글") == 4);
    CHECK(cli::display_width("e\xcc\x81") == 1);
    CHECK(cli::clip("한글문서", 5) == "한글…");
    CHECK(cli::clip("한글문서", 4) == "한…");
    CHECK(cli::clip("abc", 3) == "abc");
    CHECK(cli::clip("abc", 0).empty());
    CHECK(cli::clean("a\tb\x7f\xff") == "a b?\xef\xbf\xbd");
}

TEST_CASE("numbers, sizes, times and spans as people read them") {
    CHECK(cli::count_text(0) == "0");
    CHECK(cli::count_text(1234567) == "1,234,567");
    CHECK(cli::number_text(8) == "8");
    CHECK(cli::number_text(0.25) == "0.25");
    CHECK(cli::size_text(512) == "512 B");
    CHECK(cli::size_text(8589934592.0) == "8 GiB");
    CHECK(cli::size_text(1649267441664.0) == "1.5 TiB");
    CHECK(cli::size_text(1073741823.0) == "1 GiB");
    CHECK(cli::unit_factor("GB") == 1073741824.0);
    CHECK(cli::span_text(milliseconds(850)) == "850 ms");
    CHECK(cli::span_text(milliseconds(1250)) == "1.2 s");
    CHECK(cli::span_text(std::chrono::seconds(312)) == "5m12s");
    CHECK(cli::span_text(std::chrono::hours(76)) == "3d4h");
    CHECK(cli::counted(1, "call") == "1 call");
    CHECK(cli::counted(2000, "call") == "2,000 calls");
    const auto when = cli::parse_time("2026-11-23T08:15:00.123+02:00");
    REQUIRE(when.has_value());
    CHECK(cli::rfc3339(*when) == "2026-11-23T06:15:00Z");
    CHECK(cli::time_text(*when, true) == "2026-11-23 06:15Z");
    for (const char* wrong :
         {"", "yesterday", "2026-13-01T00:00:00Z", "2026-11-23", "2026-11-23T08:15:00X"}) {
        CHECK_FALSE(cli::parse_time(wrong).has_value());
    }
}

TEST_CASE("a progress line says how much, how fast, how long") {
    CHECK(cli::progress_line({"VMs", 3400, 10000, milliseconds(1838), 2}, 0) ==
          "VMs 3,400/10,000 ▕██████              ▏ 1,849/s 3 s left · 2 retries");
    CHECK(cli::progress_line({"rows", 500, 0, milliseconds(2000), 0}, 0) == "rows 500 250/s 2 s");
    CHECK(cli::progress_line({"rows", 0, 0, milliseconds(0), 1}, 0) == "rows 0 0/s 0 s · 1 retry");
    CHECK(cli::display_width(cli::progress_line({"VMs", 3400, 10000, milliseconds(1), 2}, 20)) <=
          20);
}

TEST_CASE("progress is shown late, not too often, and cleaned away") {
    std::string shown;
    cli::Progress progress(cli::Progress::Style::redraw, "rows", 80,
                           [&shown](std::string_view text) { shown += text; });
    const auto begun = pf::host::Clock::now();
    progress.update(1, begun);
    CHECK(shown.empty());
    progress.clear();
    CHECK(shown.empty());
    progress.update(10, begun + milliseconds(1500));
    progress.update(20, begun + milliseconds(1550));
    CHECK(shown.find("rows 10") != std::string::npos);
    CHECK(shown.find("rows 20") == std::string::npos);
    progress.clear();
    CHECK(shown.ends_with("\r\x1b[K"));
}

TEST_CASE("CSV is quoted, and no cell is a formula") {
    CHECK(cli::csv_field("plain", false) == "plain");
    CHECK(cli::csv_field("a,\"b\"\nc", false) == "\"a,\"\"b\"\"\nc\"");
    for (const char* risky : {"=1+1", "+1", "-1", "@x", "\tx", "\rx"}) {
        CHECK(cli::csv_field(risky, false).find('\'') != std::string::npos);
    }
    CHECK(cli::csv_field("-5", true) == "-5");
    CHECK(cli::csv_line({"a", "", "c"}) == "a,,c\n");
}

TEST_CASE("every failure has its exit code") {
    const auto code = [](Code grpc, const char* reason) {
        return cli::exit_code(Status(grpc, reason, "x"));
    };
    CHECK(cli::exit_code(Status()) == 0);
    CHECK(code(Code::internal, "ERROR_INTERNAL") == 1);
    CHECK(code(Code::invalid_argument, "ERROR_USAGE") == 2);
    CHECK(code(Code::unauthenticated, "ERROR_INVALID_CREDENTIALS") == 5);
    CHECK(code(Code::failed_precondition, "ERROR_PRISM_PERMISSION") == 5);
    CHECK(code(Code::failed_precondition, "ERROR_TLS") == 6);
    CHECK(code(Code::failed_precondition, "ERROR_PRISM_UNREACHABLE") == 6);
    CHECK(code(Code::deadline_exceeded, "ERROR_X") == 6);
    CHECK(code(Code::failed_precondition, "ERROR_MODULE_ABI") == 7);
    CHECK(code(Code::invalid_argument, "ERROR_CONFIG") == 78);
    CHECK(cli::exit_code_of_signal(2) == 130);
    CHECK(cli::exit_code_of_signal(15) == 143);
}

TEST_CASE("a run's exit code says whether anything arrived") {
    pf::host::runtime::RunReport report;
    CHECK(cli::exit_code(report) == 0);
    report.missing.push_back({"ERROR_INVALID_CREDENTIALS", "pc1:9440", "vm", "refused", 1, {}});
    CHECK(cli::exit_code(report) == 5);
    report.lists.emplace_back();
    report.lists.back().emitted = 3;
    CHECK(cli::exit_code(report) == 3);
    report.lists.clear();
    report.missing.front().code = "ERROR_MODULE_UNAVAILABLE";
    CHECK(cli::exit_code(report) == 7);
    report.missing.clear();
    report.end = Status(Code::aborted, "ERROR_COLLECT_INTERRUPTED", "cut");
    CHECK(cli::exit_code(report) == 1);
}

TEST_CASE("colours and width follow the environment") {
    using cli::ColourWish;
    constexpr int no_terminal = -1;
    CHECK_FALSE(cli::has_colour(no_terminal, ColourWish::automatic, {{"TERM", "xterm"}}));
    CHECK(cli::has_colour(no_terminal, ColourWish::automatic, {{"CLICOLOR_FORCE", "1"}}));
    CHECK_FALSE(cli::has_colour(no_terminal, ColourWish::automatic,
                                {{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}));
    CHECK(cli::has_colour(no_terminal, ColourWish::always, {{"NO_COLOR", "1"}}));
    CHECK_FALSE(cli::has_colour(no_terminal, ColourWish::never, {{"CLICOLOR_FORCE", "1"}}));
    CHECK(cli::output_width(no_terminal, {{"COLUMNS", "72"}}) == 72);
    CHECK(cli::output_width(no_terminal, {{"COLUMNS", "x"}}) == 0);
    CHECK(cli::output_width(no_terminal, {}) == 0);
}

TEST_CASE("a report of doctor says each verdict as a word, and ends with what to do") {
    using namespace pf::host::doctor;
    Report report;
    TargetReport target{"pc1", "10.0.0.1:9440", {found_good("dns", "10.0.0.1 is an address")}};
    Finding refused = found_failure(
        "tls", Status(Code::unavailable, "ERROR_TLS", "refused\x1b[31m; give the CA"));
    refused.details = {"0: subject CN=pc1"};
    target.findings.push_back(refused);
    target.findings.push_back(not_tried("login", "nothing is sent"));
    report.targets.push_back(target);
    report.installation.push_back(found_warning(
        "port", "taken", Status(Code::failed_precondition, "ERROR_LISTEN", "taken"), "stop it"));
    const std::string plain =
        "pc1 (10.0.0.1:9440)\n"
        "  ok      dns       10.0.0.1 is an address\n"
        "  fail    tls       refused?[31m\n"
        "                    0: subject CN=pc1\n"
        "                    code: ERROR_TLS\n"
        "                    try: give the CA\n"
        "  skipped login     not tried: nothing is sent\n"
        "this installation\n"
        "  warn    port      taken\n"
        "                    try: stop it\n"
        "result: 1 failure, 1 warning, 1 ok, 1 not tried\n"
        "next: tls of pc1: give the CA\n";
    CHECK(cli::doctor_text(report, false) == plain);
    std::string coloured = cli::doctor_text(report, true);
    CHECK(coloured.find("\x1b[1;31mfail") != coloured.npos);
    for (std::size_t at = coloured.find('\x1b'); at != coloured.npos; at = coloured.find('\x1b')) {
        coloured.erase(at, coloured.find('m', at) - at + 1);
    }
    CHECK(coloured == plain);
    CHECK(cli::exit_code(report.first_failure()) == cli::exit_network);
}
