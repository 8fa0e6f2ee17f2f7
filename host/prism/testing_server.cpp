#include "host/prism/testing_server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <stdexcept>

namespace pf::host::prism::testing {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    return text;
}

// False when the client is gone.
bool read_some(SSL* ssl, std::string& into) {
    std::array<char, 4096> buffer{};
    const int got = SSL_read(ssl, buffer.data(), static_cast<int>(buffer.size()));
    if (got > 0) {
        into.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return got > 0;
}

void count_hello(int is_sent, int /*version*/, int content_type, const void* bytes, size_t size,
                 SSL* /*ssl*/, void* count) {
    if (is_sent == 0 && content_type == SSL3_RT_HANDSHAKE && size > 0 &&
        *static_cast<const unsigned char*>(bytes) == SSL3_MT_CLIENT_HELLO) {
        ++*static_cast<std::atomic<unsigned>*>(count);
    }
}

}  // namespace

std::string http(int status, std::string_view body, const std::vector<std::string>& headers) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " Said\r\n";
    bool typed = false;
    for (const std::string& header : headers) {
        typed |= lower(header).starts_with("content-type:");
        text += header + "\r\n";
    }
    if (!typed) {
        text += "Content-Type: application/json\r\n";
    }
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return text.append(body);
}

void Talk::send(std::string_view bytes) {
    if (!closed_ && !bytes.empty() &&
        SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) <= 0) {
        closed_ = true;
    }
}

void Talk::renegotiate() {
    SSL_renegotiate(ssl_);
    SSL_do_handshake(ssl_);
}

void Talk::close() {
    SSL_shutdown(ssl_);
    tear();
}

void Talk::tear() {
    closed_ = true;
    ::shutdown(SSL_get_fd(ssl_), SHUT_RDWR);
}

void Talk::wait_until_client_leaves() {
    std::string ignored;
    while (read_some(ssl_, ignored)) {
    }
    closed_ = true;
}

TestingServer::TestingServer(const ServerIdentity& identity, Script script, int newest)
    : script_(std::move(script)),
      context_(SSL_CTX_new(TLS_server_method())),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    std::signal(SIGPIPE, SIG_IGN);
    SSL_CTX_set_security_level(context_, 0);  // it may have to show what nobody should accept
    SSL_CTX_set_min_proto_version(context_, 0);
    SSL_CTX_set_max_proto_version(context_, newest);
    SSL_CTX_set_msg_callback(context_, &count_hello);
    SSL_CTX_set_msg_callback_arg(context_, &hellos_);
    SSL_CTX_use_certificate(context_, identity.certificate.get());
    SSL_CTX_use_PrivateKey(context_, identity.key.get());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, raw, length) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, raw, &length) != 0) {
        throw std::runtime_error("no port for a test");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

TestingServer::~TestingServer() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        for (const int fd : open_) {
            ::shutdown(fd, SHUT_RDWR);
        }
    }
    acceptor_.join();
    for (std::thread& thread : threads_) {
        thread.join();
    }
    ::close(listener_);
    SSL_CTX_free(context_);
}

std::vector<Seen> TestingServer::seen() const {
    std::lock_guard lock(mutex_);
    return seen_;
}

void TestingServer::accept_all() {
    while (true) {
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        std::lock_guard lock(mutex_);
        if (fd < 0 || stopping_) {
            if (fd >= 0) {
                ::close(fd);
            }
            return;
        }
        const int on = 1;  // or small answers wait for the client's delayed acknowledgement
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        open_.push_back(fd);
        threads_.emplace_back([this, fd, number = ++connections_] { serve(fd, number); });
    }
}

bool TestingServer::read_request(SSL* ssl, std::string& rest, Seen& seen) {
    std::size_t end = 0;
    while ((end = rest.find("\r\n\r\n")) == std::string::npos) {
        if (!read_some(ssl, rest)) {
            return false;
        }
    }
    const std::string head = rest.substr(0, end + 2);
    rest.erase(0, end + 4);
    const auto first = head.find("\r\n");
    const auto space = head.find(' ');
    seen.method = head.substr(0, space);
    seen.path = head.substr(space + 1, head.rfind(' ', first) - space - 1);
    for (std::size_t at = first + 2; at < head.size();) {
        const auto line_end = head.find("\r\n", at);
        const auto colon = head.find(':', at);
        seen.headers[lower(head.substr(at, colon - at))] =
            head.substr(colon + 2, line_end - colon - 2);
        at = line_end + 2;
    }
    const std::string length = seen.header("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (rest.size() < size) {
        if (!read_some(ssl, rest)) {
            return false;
        }
    }
    seen.body = rest.substr(0, size);
    rest.erase(0, size);
    return true;
}

void TestingServer::serve(int fd, unsigned connection) {
    SSL* ssl = SSL_new(context_);
    SSL_set_fd(ssl, fd);
    if (SSL_accept(ssl) == 1) {
        resumed_ += SSL_session_reused(ssl) == 1 ? 1 : 0;
        Talk talk(ssl);
        std::string rest;
        while (!talk.closed()) {
            Seen seen;
            seen.connection = connection;
            if (!read_request(ssl, rest, seen)) {
                break;
            }
            {
                std::lock_guard lock(mutex_);
                seen.number = static_cast<unsigned>(seen_.size()) + 1;
                seen_.push_back(seen);
            }
            script_(seen, talk);
        }
    }
    SSL_free(ssl);
    std::lock_guard lock(mutex_);
    std::erase(open_, fd);
    ::close(fd);
}

}  // namespace pf::host::prism::testing
