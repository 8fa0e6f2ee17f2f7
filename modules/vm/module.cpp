// The vm module: what runs on hypervisors and what machines are made of and restored from.
#include <prismforet/module.hpp>

#include "kinds.hpp"

namespace {

class VirtualMachines final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value options,
                 std::string_view cluster) const override {
        const vm::Order order{output, options, cluster};
        switch (static_cast<vm::Output>(output)) {
            case vm::Output::vm:
                return vm::collect_vms(call, order);
            case vm::Output::esxi_vm:
                return vm::collect_esxi_vms(call, order);
            case vm::Output::image:
                return vm::collect_images(call, order);
            case vm::Output::recovery_point:
                return vm::collect_recovery_points(call, order);
            case vm::Output::template_:
                return vm::collect_templates(call, order);
        }
        throw pf::Failure(PF_INVALID_ARGUMENT, "the module vm has no such output");
    }
};

}  // namespace

PF_MODULE(VirtualMachines)
