#include "tests/prism_sim/net/live_connections.hpp"

#include <sys/socket.h>

namespace pf::sim {

LiveConnections::Served::Served(LiveConnections& owner, int socket)
    : owner_(owner), socket_(socket) {
    const std::lock_guard lock(owner_.mutex_);
    owner_.sockets_.insert(socket_);
    if (owner_.is_stopping_) ::shutdown(socket_, SHUT_RDWR);
}

LiveConnections::Served::~Served() {
    const std::lock_guard lock(owner_.mutex_);
    owner_.sockets_.erase(owner_.sockets_.find(socket_));
}

bool LiveConnections::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return !stopped_.wait_for(lock, time, [this] { return is_stopping_; });
}

void LiveConnections::wait_for_stop() {
    std::unique_lock lock(mutex_);
    stopped_.wait(lock, [this] { return is_stopping_; });
}

void LiveConnections::stop() {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    stopped_.notify_all();
}

}  // namespace pf::sim
