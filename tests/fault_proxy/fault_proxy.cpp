#include "tests/fault_proxy/fault_proxy.hpp"

#include <algorithm>

namespace pf::test {
namespace {

using Kind = Mischief::Kind;

// Reads and forgets until the client leaves or the proxy stops.
void swallow(const Socket& client, int stop) {
    while (wait_for(client, Socket(), stop) == Ready::first && !receive_some(client).empty()) {
    }
}

}  // namespace

FaultProxy::FaultProxy(std::uint16_t upstream, const Mischief& mischief, std::uint16_t port)
    : upstream_(upstream),
      mischief_(mischief),
      acceptor_([this](Socket client, int stop) { serve(client, stop); }, port) {}

FaultProxy::~FaultProxy() { stop(); }

void FaultProxy::serve(const Socket& client, int stop) {
    if (mischief_.kind == Kind::mute && strikes(0)) {
        return swallow(client, stop);
    }
    const Socket server = connect_to("127.0.0.1", upstream_);
    if (server.fd() >= 0) {
        relay(client, server, stop);
    }
}

void FaultProxy::relay(const Socket& client, const Socket& server, int stop) {
    bool is_struck = false;
    while (true) {
        const Ready ready = wait_for(client, server, stop);
        if (ready == Ready::stop) {
            return;
        }
        const bool is_answer = ready == Ready::second;
        const std::string bytes = receive_some(is_answer ? server : client);
        if (bytes.empty()) {
            return;
        }
        if (!is_answer) {
            if (!send_all(server, bytes)) {
                return;
            }
            continue;
        }
        is_struck = is_struck || strikes(bytes.size());
        if (!is_struck) {
            relayed_ += bytes.size();
        }
        if (!(is_struck ? forward_struck(client, bytes, stop) : send_all(client, bytes))) {
            return;
        }
    }
}

bool FaultProxy::strikes(std::uint64_t coming) {
    if (mischief_.kind == Kind::none || relayed_ + coming < mischief_.after) {
        return false;
    }
    const std::lock_guard lock(mutex_);
    if (mischief_.first != 0 && struck_ >= mischief_.first) {
        return false;
    }
    ++struck_;
    return true;
}

bool FaultProxy::forward_struck(const Socket& client, std::string_view bytes, int stop) {
    // Part of what came passes, so that it ends in the middle of something.
    const std::string_view part = bytes.substr(0, bytes.size() / 2);
    switch (mischief_.kind) {
        case Kind::vanish:
            send_all(client, part);
            swallow(client, stop);
            return false;
        case Kind::cut:
            send_all(client, part);
            return false;
        case Kind::reset:
            send_all(client, part);
            reset_on_close(client);
            return false;
        default:
            break;
    }
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, mischief_.bytes);
        if (!send_all(client, piece)) {
            return false;
        }
        relayed_ += piece.size();
        bytes.remove_prefix(piece.size());
        const auto pause = static_cast<int>(mischief_.pause.count());
        if (wait_for(Socket(), Socket(), stop, pause) == Ready::stop) {
            return false;
        }
    }
    return true;
}

}  // namespace pf::test
