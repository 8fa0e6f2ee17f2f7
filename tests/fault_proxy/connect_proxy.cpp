#include "tests/fault_proxy/connect_proxy.hpp"

#include <charconv>
#include <utility>

namespace pf::test {
namespace {

constexpr std::size_t head_limit = 64 * 1024;

std::string base64(std::string_view text) {
    static constexpr char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        unsigned word = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            word = word << 8 | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += i + k > text.size() ? '=' : digits[word >> (18 - 6 * k) & 63];
        }
    }
    return out;
}

// Up to the empty line; what the client does not finish is empty.
std::string read_head(const Socket& client, int stop) {
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos && head.size() < head_limit) {
        if (wait_for(client, Socket(), stop) != Ready::first) {
            return {};
        }
        // Byte by byte at the end would be needed if clients talked before they were answered.
        const std::string more = receive_some(client);
        if (more.empty()) {
            return {};
        }
        head += more;
    }
    return head;
}

// "host:port" of a CONNECT.
std::string authority_of(const std::string& head) {
    constexpr std::string_view method = "CONNECT ";
    if (!head.starts_with(method)) {
        return {};
    }
    return head.substr(method.size(), head.find(' ', method.size()) - method.size());
}

Socket open_tunnel(const std::string& authority) {
    const std::size_t colon = authority.rfind(':');
    std::uint16_t port = 0;
    const char* end = authority.data() + authority.size();
    if (colon == std::string::npos ||
        std::from_chars(authority.data() + colon + 1, end, port).ptr != end) {
        return Socket();
    }
    const std::string host = authority.substr(0, colon);
    return connect_to(host == "localhost" ? "127.0.0.1" : host, port);
}

void relay(const Socket& client, const Socket& server, int stop) {
    while (true) {
        const Ready ready = wait_for(client, server, stop);
        if (ready == Ready::stop) {
            return;
        }
        const bool is_answer = ready == Ready::second;
        const std::string bytes = receive_some(is_answer ? server : client);
        if (bytes.empty() || !send_all(is_answer ? client : server, bytes)) {
            return;
        }
    }
}

}  // namespace

ConnectProxy::ConnectProxy(ConnectPolicy policy, std::uint16_t port)
    : policy_(std::move(policy)),
      acceptor_([this](Socket client, int stop) { serve(client, stop); }, port) {}

ConnectProxy::~ConnectProxy() { stop(); }

std::vector<std::string> ConnectProxy::asked_for() const {
    const std::lock_guard lock(mutex_);
    return asked_for_;
}

std::vector<std::string> ConnectProxy::heads() const {
    const std::lock_guard lock(mutex_);
    return heads_;
}

std::string ConnectProxy::judge(const std::string& head) const {
    if (authority_of(head).empty()) {
        return "405 Method Not Allowed\r\nAllow: CONNECT";
    }
    if (!policy_.credential.empty() &&
        head.find("\r\nProxy-Authorization: Basic " + base64(policy_.credential) + "\r\n") ==
            std::string::npos) {
        return "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"";
    }
    if (policy_.refuses_with != 0) {
        return std::to_string(policy_.refuses_with) + " Refused";
    }
    return {};
}

void ConnectProxy::serve(const Socket& client, int stop) {
    const std::string head = read_head(client, stop);
    if (head.empty()) {
        return;
    }
    const std::string authority = authority_of(head);
    {
        const std::lock_guard lock(mutex_);
        heads_.push_back(head);
        asked_for_.push_back(authority);
    }
    std::string verdict = judge(head);
    Socket server;
    if (verdict.empty()) {
        server = open_tunnel(authority);
        verdict = server.fd() >= 0 ? "200 Connection established" : "502 Bad Gateway";
    }
    const bool is_open = server.fd() >= 0;
    const std::string end =
        is_open ? "\r\n\r\n" : "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    if (send_all(client, "HTTP/1.1 " + verdict + end) && is_open) {
        relay(client, server, stop);
    }
}

}  // namespace pf::test
