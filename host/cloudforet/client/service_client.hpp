// ServiceClient: calls the services of a CloudForet installation (identity, repository, secret ...)
// as their own clients do: a token in the metadata, the API learned by reflection.
//
//     ServiceClient client({.identity = "grpc://identity:50051", .token = token});
//     auto answer = client.call({.service = "spaceone.api.identity.v2.Provider",
//                                .method = "list", .request = R"({"provider": "nutanix"})"});
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::cloudforet {

// Where CloudForet is, and who asks.
struct ServiceAccess {
    std::string identity;  // address of the identity service, which knows the others
    // Addresses by service ("repository", "cost_analysis") instead of what identity says.
    std::map<std::string, std::string> endpoints;
    Secret token;  // may be empty for the few methods that need none
    std::chrono::milliseconds timeout = std::chrono::seconds(30);  // of one attempt
    unsigned tries = 4;                                            // of one call
    std::chrono::milliseconds pause{250};  // before the second attempt; doubles each time
    bool is_outside = false;               // use the public addresses, not those of the cluster
};

// One call.
struct ServiceCall {
    std::string service;  // full name, "spaceone.api.identity.v2.Provider"
    std::string method;   // "create"
    std::string request;  // JSON text of an object; empty = an empty one
    std::string needs;    // whose token it takes, for people: "a domain administrator's token"
    std::chrono::milliseconds timeout{0};  // of one attempt; 0: that of the access
};

// Not safe for several threads.
class ServiceClient {
  public:
    explicit ServiceClient(ServiceAccess access);
    ~ServiceClient();
    ServiceClient(const ServiceClient&) = delete;
    ServiceClient& operator=(const ServiceClient&) = delete;

    // The answer as JSON text. A connection that fails is tried again, as are methods that only
    // read; others are sent once, as nobody knows what became of the first. Every failure names the
    // method, the address and what to do, under one of these reasons:
    //   ERROR_CLOUDFORET_UNAVAILABLE  no connection, no answer in time, or service down
    //   ERROR_CLOUDFORET_ENDPOINT     identity does not know where the service is
    //   ERROR_CLOUDFORET_TOKEN        the token is not accepted, e.g. expired
    //   ERROR_CLOUDFORET_PERMISSION   the token's role or scope does not allow it
    //   ERROR_CLOUDFORET_NAME_TAKEN   something has this name or id already
    //   ERROR_CLOUDFORET_NOT_FOUND    what the request refers to is not there
    //   ERROR_CLOUDFORET_VERSION      this CloudForet's API has no such method or field
    //   ERROR_CLOUDFORET_REFUSED      anything else, with the service's own words
    Result<std::string> call(const ServiceCall& call, const Stop& stop = {});

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::cloudforet
