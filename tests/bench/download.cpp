#include "tests/bench/download.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <vector>

namespace pf::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t page_size = 100;

double thread_cpu() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string page_target(std::uint32_t page) {
    return "/api/vmm/v4.3/ahv/config/vms?%24page=" + std::to_string(page) +
           "&%24limit=100&%24orderby=extId";
}

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

Context make_context(const std::string& ca_file) {
    Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    SSL_CTX_load_verify_file(context.get(), ca_file.c_str());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_read_ahead(context.get(), 1);
    return context;
}

// One TLS connection to the simulator.
class Session {
  public:
    Session(SSL_CTX* context, std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("download: cannot connect");
        }
        ssl_.reset(SSL_new(context));
        SSL_set_fd(ssl_.get(), socket_);
        if (SSL_connect(ssl_.get()) != 1) {
            throw std::runtime_error("download: TLS failed");
        }
    }
    ~Session() { ::close(socket_); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Reads the answer into `body`, which is reused; tells where its text is.
    std::string_view get(const std::string& target, std::vector<char>& body) {
        const std::string request = "GET " + target +
                                    " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
                                    "Authorization: Basic YWRtaW46bnV0YW5peC80dQ==\r\n\r\n";
        if (SSL_write(ssl_.get(), request.data(), static_cast<int>(request.size())) <= 0) {
            throw std::runtime_error("download: cannot send");
        }
        std::size_t have = 0;
        std::size_t head = 0;
        while (head == 0) {
            have += read(body, have);
            const std::string_view text(body.data(), have);
            const auto end = text.find("\r\n\r\n");
            head = end == std::string_view::npos ? 0 : end + 4;
        }
        const std::size_t length = length_of({body.data(), head});
        if (body.size() < head + length) {
            body.resize(head + length);
        }
        while (have < head + length) {
            have += read(body, have);
        }
        return {body.data() + head, length};
    }

  private:
    std::size_t read(std::vector<char>& body, std::size_t at) {
        if (body.size() - at < 16384) {
            body.resize(body.size() + 65536);
        }
        const int got = SSL_read(ssl_.get(), body.data() + at, static_cast<int>(body.size() - at));
        if (got <= 0) {
            throw std::runtime_error("download: the connection was closed");
        }
        return static_cast<std::size_t>(got);
    }
    static std::size_t length_of(std::string_view head) {
        constexpr std::string_view name = "Content-Length: ";
        const auto at = head.find(name);
        std::size_t length = 0;
        if (!head.starts_with("HTTP/1.1 200") || at == std::string_view::npos) {
            throw std::runtime_error("download: " + std::string(head.substr(0, head.find('\r'))));
        }
        std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
        return length;
    }

    int socket_;
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
};

}  // namespace

Downloaded download(const DownloadOrder& order) {
    const Context context = make_context(order.ca_file);
    Downloaded sum;
    sum.pages = (order.vms + page_size - 1) / page_size;
    std::atomic<std::uint32_t> next{0};
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<std::int64_t> cpu_ns{0};
    std::exception_ptr failure;
    std::atomic_flag has_failed;
    const Clock::time_point begun = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::uint32_t i = 0; i < std::min<std::uint64_t>(order.sessions, sum.pages); ++i) {
            threads.emplace_back([&] {
                try {
                    Session session(context.get(), order.prism_port);
                    std::vector<char> body(1 << 19);
                    for (std::uint32_t page = next++; page < sum.pages; page = next++) {
                        bytes += session.get(page_target(page), body).size();
                        if (page == 0) {
                            sum.first_page =
                                std::chrono::duration<double>(Clock::now() - begun).count();
                        }
                    }
                } catch (...) {
                    if (!has_failed.test_and_set()) {
                        failure = std::current_exception();
                    }
                }
                cpu_ns += static_cast<std::int64_t>(thread_cpu() * 1e9);
            });
        }
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    sum.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    sum.bytes = bytes;
    sum.cpu_seconds = static_cast<double>(cpu_ns) * 1e-9;
    return sum;
}

std::string fetch_text(const DownloadOrder& order, const std::string& target) {
    const Context context = make_context(order.ca_file);
    Session session(context.get(), order.prism_port);
    std::vector<char> body(1 << 16);
    return std::string(session.get(target, body));
}

}  // namespace pf::bench
