#include "host/prism/login.hpp"

#include <catch2/catch.hpp>
#include <future>

#include "host/prism/rejected.hpp"
#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;

namespace {

Credential reader() {
    Credential credential;
    credential.username = "reader";
    credential.password = Secret("s3cret!");
    return credential;
}

Login::Pass pass(Login& login) { return std::move(login.begin(Stop())).value(); }

}  // namespace

TEST_CASE("the credential goes once, then the cookies it earned") {
    Login login(reader(), testing::fresh_key());
    CHECK(login.authorization() == "Basic cmVhZGVyOnMzY3JldCE=");
    auto first = pass(login);
    CHECK(first.carries_credential());
    login.answered(std::move(first), {"s=1; Path=/"});
    const auto second = pass(login);
    CHECK_FALSE(second.carries_credential());
    CHECK(second.cookie() == "s=1");
}

TEST_CASE("others wait for the one that logs in, and take over when it fails") {
    Login login(reader(), testing::fresh_key());
    {
        const auto leader = pass(login);
        const auto late = login.begin(Stop().until(Clock::now()));
        CHECK(late.status().code() == Code::deadline_exceeded);
    }
    auto next = pass(login);
    auto waiter = std::async(std::launch::async, [&] { return pass(login).cookie(); });
    login.answered(std::move(next), {"s=2"});
    CHECK(waiter.get() == "s=2");
}

TEST_CASE("without cookies the credential goes each time") {
    Login login(reader(), testing::fresh_key());
    login.answered(pass(login), {});
    const auto one = pass(login);
    const auto two = pass(login);  // nobody waits
    CHECK(one.carries_credential());
    CHECK(two.carries_credential());
}

TEST_CASE("an expired cookie leads to one login for all") {
    Login login(reader(), testing::fresh_key());
    login.answered(pass(login), {"s=1"});
    login.answered(pass(login), {});
    auto a = pass(login);
    auto b = pass(login);
    CHECK(login.refused(std::move(a), "").ok());
    auto again = pass(login);
    CHECK(again.carries_credential());
    login.answered(std::move(again), {"s=2"});
    CHECK(login.refused(std::move(b), "").ok());  // an old cookie: no reason for another login
    CHECK(pass(login).cookie() == "s=2");
}

TEST_CASE("cookies that are refused while fresh are not used again") {
    Login login(reader(), testing::fresh_key());
    login.answered(pass(login), {"s=1"});
    CHECK(login.refused(pass(login), "").ok());
    login.answered(pass(login), {"s=2"});
    CHECK(pass(login).carries_credential());
}

TEST_CASE("a credential that never worked is refused at once, for the whole process") {
    const auto key = testing::fresh_key();
    Login login(reader(), key);
    const Status why = login.refused(pass(login), "bad password");
    CHECK(why.code() == Code::unauthenticated);
    CHECK(why.reason() == "ERROR_INVALID_CREDENTIALS");
    CHECK_THAT(why.message(), Catch::Contains("user reader (bad password)"));
    CHECK(why.message().find("s3cret") == std::string::npos);
    Login other(reader(), key);
    CHECK(other.begin(Stop()).status().message() == why.message());
}

TEST_CASE("a credential that worked gets a second chance, one request tries it") {
    Login login(reader(), testing::fresh_key());
    login.answered(pass(login), {});
    auto a = pass(login);
    auto b = pass(login);
    CHECK(login.refused(std::move(a), "").ok());
    CHECK(login.refused(std::move(b), "").ok());
    CHECK_FALSE(login.refused(pass(login), "").ok());
    CHECK_FALSE(login.begin(Stop()).ok());
}

TEST_CASE("the memory of refused credentials fades after ten minutes") {
    RejectedCredentials memory;
    const Clock::time_point now{};
    memory.add(1, Status(Code::unauthenticated, "ERROR_X", "x"), now);
    using namespace std::chrono_literals;
    CHECK_FALSE(memory.check(1, now + 9min).ok());
    CHECK(memory.check(2, now + 9min).ok());
    CHECK(memory.check(1, now + 10min).ok());
}

TEST_CASE("an API key may be given as such or as the password of a special user") {
    Credential plain;
    plain.api_key = Secret("key1");
    Credential special;
    special.username = "X-ntnx-api-key";
    special.password = Secret("key1");
    for (const Credential& credential : {plain, special}) {
        Login login(credential, testing::fresh_key());
        CHECK(login.api_key() == "key1");
        CHECK(login.authorization().empty());
        login.answered(pass(login), {"s=1"});
        CHECK(pass(login).carries_credential());
    }
}
