#include "host/prism/pool.hpp"

#include <algorithm>

namespace pf::host::prism {

std::unique_ptr<Connection> Pool::take() {
    std::vector<std::unique_ptr<Connection>> dead;  // closed outside the lock
    std::lock_guard lock(mutex_);
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        if (connection->usable(Clock::now())) {
            return connection;
        }
        dead.push_back(std::move(connection));
    }
    return nullptr;
}

std::unique_ptr<Connection> Pool::open(const Limits& limits, const Stop& stop, Watch& watch) {
    const std::shared_ptr<TlsContext> tls = this->tls();
    Poco::Net::Session::Ptr resume;
    {
        std::lock_guard lock(mutex_);
        resume = resume_;
        if (refusal_ && Clock::now() < refused_until_) {
            throw Failed(*refusal_);
        }
    }
    try {
        return Connection::open(spec_, proxy_, limits.connect, *tls, resume, stop, watch);
    } catch (const Failed& failed) {
        remember_refusal(failed);
        throw;
    }
}

void Pool::remember_refusal(const Failed& failed) {
    if (failed.trouble() == Trouble::proxy && !proxy_.user_info.empty()) {
        std::lock_guard lock(mutex_);
        refusal_ = failed;
        refused_until_ = Clock::now() + refusal_remembered;
    }
}

void Pool::give(std::unique_ptr<Connection> connection, std::size_t most) {
    if (!connection->usable(Clock::now())) {
        return;
    }
    // Only now: with TLS 1.3 the server sends what resumes a session after the handshake.
    Poco::Net::Session::Ptr session = connection->session();
    std::unique_ptr<Connection> oldest;
    std::lock_guard lock(mutex_);
    resume_ = std::move(session);
    idle_.push_back(std::move(connection));
    if (idle_.size() > std::max<std::size_t>(most, 1)) {
        oldest = std::move(idle_.front());
        idle_.erase(idle_.begin());
    }
}

std::shared_ptr<TlsContext> Pool::tls() {
    std::lock_guard lock(mutex_);
    if (!tls_) {
        auto made = TlsContext::make(spec_.host, spec_.tls);
        if (!made) {
            throw Failed(Trouble::tls, made.status());
        }
        tls_ = std::move(made).value();
    }
    return tls_;
}

}  // namespace pf::host::prism
