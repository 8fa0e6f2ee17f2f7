// One page of a status port, as a probe or Prometheus reads it.
#pragma once

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>

#include <string>
#include <utility>

namespace pf::test {

// HTTP status and body of a path at "host:port".
inline std::pair<int, std::string> status_page(const std::string& address,
                                               const std::string& path) {
    const std::size_t colon = address.rfind(':');
    Poco::Net::HTTPClientSession session(
        address.substr(0, colon), static_cast<Poco::UInt16>(std::stoul(address.substr(colon + 1))));
    Poco::Net::HTTPRequest request("GET", path, "HTTP/1.1");
    session.sendRequest(request);
    Poco::Net::HTTPResponse response;
    std::string body;
    Poco::StreamCopier::copyToString(session.receiveResponse(response), body);
    return {response.getStatus(), body};
}

}  // namespace pf::test
