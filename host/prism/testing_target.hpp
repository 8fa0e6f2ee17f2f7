// A target that talks to a TestingServer, with limits that keep tests quick.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "host/prism/target.hpp"
#include "host/prism/testing_server.hpp"

namespace pf::host::prism::testing {

// A different key for each call, so that tests do not share the memory of refused credentials.
std::uint64_t fresh_key();

// Answers by "METHOD /path" without the query; 404 for the rest.
Script answer_table(const std::map<std::string, std::string>& answers);

// host 127.0.0.1, the CA trusted, user "reader", no rate limit, backoff of at most 2 ms.
TargetSpec quick_spec(const TestCa& ca, std::uint16_t port);

// A CA, a server with a certificate from it, and a target that reaches it.
struct Stage {
    explicit Stage(
        Script script, const std::function<void(TargetSpec&)>& change = [](TargetSpec&) {})
        : server(ca.issue(), std::move(script)), target(make(change)) {}

    Result<Response> get(const std::string& path = "/api/x", const Stop& stop = Stop()) {
        return target->send({Method::get, path, {}}, stop, meter);
    }

    TestCa ca;
    TestingServer server;
    std::shared_ptr<Target> target;
    Meter meter;

  private:
    std::shared_ptr<Target> make(const std::function<void(TargetSpec&)>& change) const {
        TargetSpec spec = quick_spec(ca, server.port());
        change(spec);
        return std::make_shared<Target>(std::move(spec), fresh_key());
    }
};

}  // namespace pf::host::prism::testing
