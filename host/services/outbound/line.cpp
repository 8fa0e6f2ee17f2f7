#include "host/services/outbound/line.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <fcntl.h>

#include "host/prism/failure.hpp"
#include "host/prism/tls.hpp"
#include "host/services/outbound/address_guard.hpp"

namespace pf::host::services {
namespace {

class AdoptedSocket : public Poco::Net::StreamSocket {
  public:
    explicit AdoptedSocket(int fd) : StreamSocket(new Poco::Net::StreamSocketImpl(fd)) {}
};

}  // namespace

Line::Line(const Destination& where, const AddressRules& rules, Clock::time_point deadline,
           const Stop& stop)
    : host_(where.host), stop_(stop), watch_(prism::Watchdog::shared(), stop, deadline) {
    const auto addresses = addresses_of(where.host, where.port, rules, deadline, stop);
    try {
        control_ = prism::dial(addresses, deadline, stop, watch_, "the receiver");
    } catch (const prism::Failed& failed) {
        if (failed.trouble() == prism::Trouble::stopped) {
            throw Ended({End::stopped, "", ""});
        }
        throw Ended({End::unreachable, failed.status().message(), ""});
    }
    const int fd = ::fcntl(control_.get(), F_DUPFD_CLOEXEC, 0);
    if (fd < 0) {
        throw Ended({End::unreachable, "no file descriptor is left for a connection",
                     "raise the limit of open files"});
    }
    socket_ = AdoptedSocket(fd);
    attached_.emplace(watch_, control_.get());
}

void Line::secure(const std::string& ca_file) {
    prism::TlsSettings settings;
    settings.ca_file = ca_file;
    const auto context = prism::TlsContext::make(host_, settings);
    if (!context) {
        throw Ended({End::faulty, context.status().message(), "check ca_file of the channel"});
    }
    try {
        socket_ = (*context)->handshake(socket_, nullptr);
    } catch (const prism::Failed& failed) {
        // Its last clause advises how to set up a Prism Central; ours takes the place.
        const std::string& message = failed.status().message();
        throw Ended({End::untrusted, message.substr(0, message.rfind("; ")),
                     "check host and port of the channel, and give the CA of its certificate as "
                     "ca_file"});
    } catch (const Poco::Exception&) {
        throw Ended(broken());
    }
}

void Line::hurry(std::chrono::milliseconds limit) {
    watch_.arm(prism::Watch::Cause::idle, Clock::now() + limit);
}

Attempt Line::broken() const {
    switch (watch_.fired()) {
        case prism::Watch::Cause::stop:
            return {End::stopped, "", ""};
        case prism::Watch::Cause::none:
            return {End::unreachable, "the connection broke before there was an answer",
                    "check that host and port are the receiver's, and what stands between"};
        default:
            return {End::unreachable, "no answer in time",
                    "the receiver may be overloaded, or a firewall between swallows what is sent"};
    }
}

}  // namespace pf::host::services
