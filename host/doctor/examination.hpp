// Examination: one target under examination: what it is asked with, and what earlier checks found
// that later ones need.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/stop.hpp"
#include "host/doctor/endpoint_answer.hpp"
#include "host/doctor/watcher.hpp"
#include "host/prism/meter.hpp"
#include "host/prism/target.hpp"
#include "host/runtime/request.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::doctor {

// Descriptors of the modules in service.
using Descriptors = std::vector<std::shared_ptr<const services::Descriptor>>;

struct Examination {
    const runtime::TargetRequest& request;
    const runtime::Options& options;
    const Descriptors& modules;
    Stop stop;

    prism::TargetSpec spec{};  // with limits for somebody who waits at a terminal
    std::shared_ptr<Watcher> watcher{};
    std::shared_ptr<prism::Target> target{};
    prism::Meter meter{};

    // Who has to be reached first: the target, or the proxy on the way.
    bool has_proxy() const { return spec.proxy && !spec.proxy->host.empty(); }
    const std::string& first_host() const { return has_proxy() ? spec.proxy->host : spec.host; }
    std::uint16_t first_port() const { return has_proxy() ? spec.proxy->port : spec.port; }

    std::vector<std::string> addresses{};          // by check_dns
    std::optional<prism::PrismCentral> central{};  // by check_login, when Prism said who it is
    Status identity{};                             // why it did not
    std::vector<EndpointAnswer> endpoints{};       // by check_api
};

}  // namespace pf::host::doctor
