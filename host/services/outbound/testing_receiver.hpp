// A receiver of HTTP posts for tests: keeps what arrives, and answers the bytes a test gives.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "host/prism/testing_tcp.hpp"

namespace pf::host::services::testing {

// One request, as it came.
struct Posted {
    std::string head;
    std::string body;
};

class Receiver {
  public:
    // The bytes of the answer to request `number`, counted from 1; empty: says nothing until the
    // client goes away. Called on connection threads.
    using Answer = std::function<std::string(unsigned number, const Posted& posted)>;

    explicit Receiver(Answer answer)
        : answer_(std::move(answer)),
          server_([this](prism::testing::Wire& wire) { serve(wire); }) {}

    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port()) + path;
    }
    std::uint16_t port() const { return server_.port(); }
    std::vector<Posted> posted() const {
        std::lock_guard lock(mutex_);
        return posted_;
    }

  private:
    void serve(prism::testing::Wire& wire) {
        Posted one;
        one.head = wire.receive_head();
        const std::string mark = "Content-Length: ";
        const auto at = one.head.find(mark);
        const std::size_t size =
            at == std::string::npos ? 0 : std::stoul(one.head.substr(at + mark.size()));
        while (one.body.size() < size) {
            const std::string more = wire.receive(size - one.body.size());
            if (more.empty()) {
                return;
            }
            one.body += more;
        }
        unsigned number = 0;
        {
            std::lock_guard lock(mutex_);
            posted_.push_back(one);
            number = static_cast<unsigned>(posted_.size());
        }
        const std::string answer = answer_(number, one);
        wire.send(answer);
        while (answer.empty() && !wire.receive().empty()) {
        }
    }

    Answer answer_;
    mutable std::mutex mutex_;
    std::vector<Posted> posted_;
    prism::testing::TcpServer server_;  // last: its threads use the above
};

// A whole answer of this status. `headers` are lines with CR LF.
inline std::string answer(int status, const std::string& headers = {},
                          const std::string& body = "ok") {
    return "HTTP/1.1 " + std::to_string(status) + " Said\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace pf::host::services::testing
