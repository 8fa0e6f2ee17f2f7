#include "tests/abi/proxy/proxy.hpp"

#include "tests/abi/proxy/host_side.hpp"
#include "tests/abi/proxy/module_side.hpp"

namespace pf::test {

struct Proxy::Parts {
    explicit Parts(const pf_module* behind) : module_side(wire, behind), host_side(wire) {}

    Wire wire;
    ModuleSide module_side;
    HostSide host_side;
};

Proxy::Proxy(const pf_module* behind) : parts_(std::make_unique<Parts>(behind)) {}
Proxy::~Proxy() = default;

const pf_module* Proxy::module() const noexcept { return parts_->host_side.module(); }

std::uint64_t Proxy::frames() const noexcept {
    return parts_->wire.to_host.frames() + parts_->wire.to_module.frames();
}

}  // namespace pf::test
