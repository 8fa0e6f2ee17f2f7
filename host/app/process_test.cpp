#include "host/app/process.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>

using pf::host::app::protect_memory;

namespace {

// What a child process found out about itself before it ended by SIGABRT.
struct Found {
    rlim_t soft = 1;
    rlim_t hard = 1;
    int dumpable = -1;
    int status = 0;
};

template <class Before>
Found in_a_child(const Before& before) {
    int ends[2] = {-1, -1};
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        before();
        Found found;
        rlimit limit{1, 1};
        ::getrlimit(RLIMIT_CORE, &limit);
        found.soft = limit.rlim_cur;
        found.hard = limit.rlim_max;
        found.dumpable = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
        const bool is_told = ::write(ends[1], &found, sizeof found) == sizeof found;
        std::signal(SIGABRT, SIG_DFL);
        if (is_told) {
            ::raise(SIGABRT);
        }
        ::_exit(1);
    }
    Found found;
    REQUIRE(::read(ends[0], &found, sizeof found) == sizeof found);
    REQUIRE(::waitpid(child, &found.status, 0) == child);
    ::close(ends[0]);
    ::close(ends[1]);
    return found;
}

}  // namespace

TEST_CASE("a process that holds secrets leaves no core, and nobody may look into it") {
    const Found plain = in_a_child([] {});
    CHECK(plain.dumpable == 1);
    const Found found = in_a_child([] { protect_memory(); });
    CHECK(found.soft == 0);
    CHECK(found.hard == 0);
#ifdef __SANITIZE_ADDRESS__
    CHECK(found.dumpable == 1);  // its leak check has to look into the process
#else
    CHECK(found.dumpable == 0);
#endif
    REQUIRE(WIFSIGNALED(found.status));
    CHECK(WTERMSIG(found.status) == SIGABRT);
    CHECK_FALSE(WCOREDUMP(found.status));
}
