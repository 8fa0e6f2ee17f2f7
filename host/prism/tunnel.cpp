#include "host/prism/tunnel.hpp"

#include <sys/socket.h>

#include <cerrno>

#include "host/base/base64.hpp"
#include "host/prism/address.hpp"
#include "host/prism/failure.hpp"
#include "host/prism/head.hpp"
#include "host/prism/printable.hpp"

namespace pf::host::prism {
namespace {

constexpr std::size_t header_limit = 64 * 1024;

Failed unreachable(const std::string& where, const std::string& what) {
    return Failed(Trouble::unreachable,
                  Status(Code::unavailable, "ERROR_PROXY", "the proxy " + where + " " + what));
}

Failed refused(const std::string& where, const std::string& what) {
    return Failed(Trouble::proxy, Status(Code::failed_precondition, "ERROR_PROXY",
                                         "the proxy " + where + " " + what));
}

// Byte by byte: what follows the header belongs to TLS.
class SocketBytes final : public ByteSource {
  public:
    explicit SocketBytes(int fd) : fd_(fd) {}
    std::size_t read_some(char* data, std::size_t size) override {
        while (true) {
            const auto got = ::recv(fd_, data, size, 0);
            if (got >= 0 || errno != EINTR) {
                return got > 0 ? static_cast<std::size_t>(got) : 0;
            }
        }
    }
    int get() override {
        char byte = 0;
        return read_some(&byte, 1) == 1 ? static_cast<unsigned char>(byte) : -1;
    }

  private:
    int fd_;
};

bool send_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const auto sent = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

Secret request_for(const Proxy& proxy, const std::string& target) {
    std::string text =
        "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nUser-Agent: prismforet\r\n";
    if (const std::string_view plain = proxy.user_info.reveal(); !plain.empty()) {
        const Secret digits(base64(plain));
        text += "Proxy-Authorization: Basic " + std::string(digits.reveal()) + "\r\n";
    }
    return Secret(text + "\r\n");
}

void judge(const Head& head, const std::string& where, const std::string& target,
           bool has_credential) {
    if (head.http >= 200 && head.http < 300) {
        return;
    }
    const std::string number = std::to_string(head.http);
    if (head.http == 407 && has_credential) {
        throw refused(where,
                      "refused the user or password given for it (407); correct them. They "
                      "are not tried again for 10 minutes");
    }
    if (head.http == 407) {
        throw refused(where, "wants a user and a password (407); " +
                                 std::string("give it as http://user:password@host:port"));
    }
    if (head.http >= 500) {
        throw unreachable(where, "cannot reach " + target + " (" + number +
                                     "); check that Prism Central is running and that the proxy "
                                     "may reach it");
    }
    throw refused(where, "does not open a way to " + target + " (" + number +
                             "); allow CONNECT to this host and port in the proxy, or take the "
                             "target out with NO_PROXY or proxy: none");
}

}  // namespace

void open_tunnel(int fd, const Proxy& proxy, const std::string& target, const Watch& watch) {
    const std::string where = host_and_port(proxy.host, proxy.port);
    const Secret request = request_for(proxy, target);
    Head head;
    try {
        SocketBytes source(fd);
        if (!send_all(fd, request.reveal())) {
            throw unreachable(where, "broke the connection; is it an HTTP proxy?");
        }
        head = read_head(source, header_limit);
    } catch (const Failed& failed) {
        if (failed.status().reason() == "ERROR_PROXY") {
            throw;
        }
        if (watch.fired() != Watch::Cause::none) {
            throw unreachable(where, "did not answer in time; check that it is running");
        }
        throw unreachable(where, "did not answer as an HTTP proxy does (" +
                                     printable(failed.status().message(), 120) +
                                     "); check its address and port");
    }
    judge(head, where, target, !proxy.user_info.empty());
}

}  // namespace pf::host::prism
