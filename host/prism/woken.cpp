#include "host/prism/woken.hpp"

namespace pf::host::prism {

using std::chrono::milliseconds;

Failed why_woken(const Watch& watch, const Stop& stop, const Limits& limits,
                 const std::string& otherwise) {
    const auto late = [](const std::string& what, milliseconds limit) {
        return Failed(Trouble::timeout,
                      Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE",
                             what + " within " + std::to_string(limit.count()) +
                                 " ms; Prism Central may be overloaded, or the network slow"));
    };
    switch (watch.fired()) {
        case Watch::Cause::stop:
            return Failed(Trouble::stopped, stop.why());
        case Watch::Cause::connect:
            return Failed(
                Trouble::unreachable,
                Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE",
                       "no TLS connection within " + std::to_string(limits.connect.count()) +
                           " ms; check that the port speaks TLS and the network between"));
        case Watch::Cause::first_byte:
            return late("no answer began", limits.first_byte);
        case Watch::Cause::idle:
            return late("the answer stalled: nothing more came", limits.idle);
        case Watch::Cause::total:
            return late("the answer was not complete", limits.total);
        case Watch::Cause::none:
            break;
    }
    return Failed(Trouble::network, Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE",
                                           "the connection broke: " + otherwise));
}

}  // namespace pf::host::prism
