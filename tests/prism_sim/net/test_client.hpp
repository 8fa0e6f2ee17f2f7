#pragma once
// An HTTPS client that shares nothing with the simulator but the CA: whole answers, or raw bytes.

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/StreamCopier.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/prism_sim/server.hpp"

namespace pf::sim {

inline constexpr char kVmPages[] = "/api/vmm/v4.3/ahv/config/vms?$limit=100&$page=";

/// A context that trusts this CA and nobody else.
inline Poco::Net::Context::Ptr trusting(const std::string& ca_pem) {
    Poco::Net::Context::Ptr context(new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "",
                                                           Poco::Net::Context::VERIFY_STRICT));
    BIO* memory = BIO_new_mem_buf(ca_pem.data(), static_cast<int>(ca_pem.size()));
    X509* ca = PEM_read_bio_X509(memory, nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context->sslContext()), ca);
    X509_free(ca);
    BIO_free(memory);
    context->enableExtendedCertificateVerification(true);
    return context;
}

/// Asks as admin and keeps the cookie.
struct Client {
    explicit Client(const Simulator& sim)
        : session("127.0.0.1", sim.port(), trusting(sim.ca_pem())) {
        session.setKeepAlive(true);
        session.setTimeout(Poco::Timespan(20, 0));
    }
    int get(const std::string& target) {
        Poco::Net::HTTPRequest request("GET", target, "HTTP/1.1");
        add_credential(request);
        return ask(request);
    }
    int post(const std::string& target, const std::string& text) {
        Poco::Net::HTTPRequest request("POST", target, "HTTP/1.1");
        add_credential(request);
        return ask(request, text);
    }
    /// With this header in place of the credential.
    int get_with(const std::string& target, const std::string& name, const std::string& value) {
        Poco::Net::HTTPRequest request("GET", target, "HTTP/1.1");
        request.set(name, value);
        return ask(request);
    }
    void add_credential(Poco::Net::HTTPRequest& request) const {
        if (cookie.empty())
            request.set("Authorization", "Basic YWRtaW46bnV0YW5peC80dQ==");
        else
            request.set("Cookie", cookie);
    }
    int ask(Poco::Net::HTTPRequest& request, const std::string& text = {}) {
        request.setKeepAlive(true);
        if (!text.empty()) request.setContentLength(static_cast<std::streamsize>(text.size()));
        session.sendRequest(request) << text;
        response.clear();
        std::istream& stream = session.receiveResponse(response);
        body.clear();
        Poco::StreamCopier::copyToString(stream, body);
        length = response.getContentLength64();
        if (response.has("Set-Cookie"))
            cookie = response.get("Set-Cookie").substr(0, response.get("Set-Cookie").find(';'));
        return response.getStatus();
    }

    Poco::Net::HTTPSClientSession session;
    Poco::Net::HTTPResponse response;  ///< The last answer's head.
    std::string cookie, body;
    std::int64_t length = 0;
};

/// The bytes that come back for one request, up to the end of the connection or `most` of them.
struct RawAnswer {
    RawAnswer(const Simulator& sim, const std::string& target, std::size_t most = SIZE_MAX) {
        Poco::Net::SecureStreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", sim.port()),
                                             "localhost", trusting(sim.ca_pem()));
        socket.setReceiveTimeout(Poco::Timespan(0, 500'000));
        const std::string request = "GET " + target +
                                    " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                    "Basic YWRtaW46bnV0YW5peC80dQ==\r\n\r\n";
        socket.sendBytes(request.data(), static_cast<int>(request.size()));
        char block[16384];
        try {
            int got = 1;
            while (got > 0 && text.size() < most) {
                got = socket.receiveBytes(block, sizeof block);
                text.append(block, static_cast<std::size_t>(std::max(got, 0)));
            }
            has_ended = got == 0;
        } catch (const Poco::TimeoutException&) {
            is_silent = true;
        } catch (const Poco::Exception&) {
            is_broken = true;
        }
        const std::size_t end = text.find("\r\n\r\n");
        head = text.substr(0, end);
        if (end != std::string::npos) body = text.substr(end + 4);
    }
    [[nodiscard]] bool has(std::string_view line) const {
        return head.find("\r\n" + std::string(line)) != std::string::npos;
    }

    std::string text, head, body;
    bool has_ended = false;  ///< An orderly end.
    bool is_silent = false;  ///< Nothing more came, and the connection stayed.
    bool is_broken = false;  ///< Reset or torn.
};

}  // namespace pf::sim
