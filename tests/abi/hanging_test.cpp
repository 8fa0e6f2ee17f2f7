// Handlers that ignore a cancel: the run ends without them, their module is out of service from
// then on, and nothing they do later reaches anybody.
#include <catch2/catch.hpp>
#include <string>
#include <thread>

#include "host/services/handling.hpp"
#include "tests/abi/log_watch.hpp"
#include "tests/abi/stage.hpp"

using namespace pf::test;
using pf::host::Code;
using pf::host::Status;
using pf::host::StopSource;

TEST_CASE("a handler that ignores a cancel is left behind and its module is out of service") {
    const std::string module = GENERATE("never_returns", "endless_rows");
    INFO(module);
    LogWatch log;
    Stage stage(30);
    install_module("vm", shipped(), stage.modules());
    install_module(module, running_badly(), stage.modules());
    (void)stage.application();

    StopSource source;
    Collected cut;
    std::jthread collect([&] { cut = stage.collect({module, "vm"}, source.stop()); });
    log.wait_for({"module=" + module, "never ends"});
    source.request(Status(Code::cancelled, "ERROR_CANCELLED", "the test wants it"));
    collect.join();
    CHECK(cut.end.code() == Code::aborted);
    CHECK(cut.end.reason() == "ERROR_COLLECT_INTERRUPTED");
    REQUIRE(cut.missing(module, "ERROR_MODULE_HUNG") != nullptr);
    CHECK_THAT(cut.missing(module, "ERROR_MODULE_HUNG")->text,
               Catch::Contains("module " + module + " ignored a cancel for 3 s while collecting"));
    CHECK(log.seen({"event=module.hung", "module=" + module}) == 1);

    // It still runs, and writes: nothing of it may be met by later runs.
    for (int again = 0; again < 2; ++again) {
        const Collected later = stage.collect({module, "vm"});
        INFO(later.report.to_json());
        CHECK(later.end.text() == "OK");
        CHECK(later.report.missing.size() == 1);
        REQUIRE(later.missing(module, "ERROR_MODULE_UNAVAILABLE") != nullptr);
        CHECK_THAT(later.missing(module, "ERROR_MODULE_UNAVAILABLE")->text,
                   Catch::Contains("module " + module + " is not in service: ERROR_MODULE_HUNG"));
        CHECK(later.list("vm").is_complete);
        CHECK(later.rows.unique_services() == 30);
        CHECK(describe(later.rows.finish()) == "");
    }
    CHECK(pf::host::services::Handling::count() == 1);
    stage.release();
}
