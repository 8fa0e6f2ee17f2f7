#include "host/runtime/modules.hpp"

#include <algorithm>

namespace pf::host::runtime {

std::vector<std::string> Modules::Entry::kinds() const {
    if (!descriptor) {
        return {name};
    }
    std::vector<std::string> kinds;
    for (const services::Output& output : descriptor->outputs) {
        kinds.push_back(output.kind);
    }
    return kinds;
}

void Modules::add(std::string path, std::string sha256, Module module) {
    std::lock_guard lock(mutex_);
    Slot slot;
    slot.entry = {module.descriptor->name, std::move(path), std::move(sha256), Status(),
                  module.descriptor};
    slot.module = std::make_shared<const Module>(std::move(module));
    slots_.push_back(std::move(slot));
    std::sort(slots_.begin(), slots_.end(),
              [](const Slot& a, const Slot& b) { return a.entry.name < b.entry.name; });
}

void Modules::add_refused(std::string name, std::string path, Status refusal,
                          std::shared_ptr<const services::Descriptor> descriptor) {
    std::lock_guard lock(mutex_);
    slots_.push_back(
        {{std::move(name), std::move(path), "", std::move(refusal), std::move(descriptor)},
         nullptr});
    std::sort(slots_.begin(), slots_.end(),
              [](const Slot& a, const Slot& b) { return a.entry.name < b.entry.name; });
}

void Modules::fault(std::string_view module, Status reason) {
    std::lock_guard lock(mutex_);
    for (Slot& slot : slots_) {
        if (slot.entry.name == module && slot.entry.refusal.ok()) {
            slot.entry.refusal = reason;
        }
    }
}

std::vector<Modules::Entry> Modules::entries() const {
    std::lock_guard lock(mutex_);
    std::vector<Entry> entries;
    for (const Slot& slot : slots_) {
        entries.push_back(slot.entry);
    }
    return entries;
}

std::vector<Modules::Kind> Modules::kinds() const {
    std::lock_guard lock(mutex_);
    std::vector<Kind> kinds;
    for (const Slot& slot : slots_) {
        if (!slot.module || !slot.entry.refusal.ok() ||
            !slot.module->concerns.has(PF_INVENTORY_ID)) {
            continue;
        }
        for (std::uint32_t i = 0; i < slot.module->descriptor->outputs.size(); ++i) {
            kinds.push_back({slot.module, i});
        }
    }
    return kinds;
}

Result<std::shared_ptr<const Module>> Modules::serving(const Duty& duty) const {
    std::lock_guard lock(mutex_);
    std::shared_ptr<const Module> found;
    std::string why = "no module that " + std::string(duty.does) +
                      " is installed; install the module " + std::string(duty.module);
    for (const Slot& slot : slots_) {
        const auto& descriptor = slot.entry.descriptor;
        const bool is_ours =
            descriptor ? std::find(descriptor->concerns.begin(), descriptor->concerns.end(),
                                   duty.concern) != descriptor->concerns.end()
                       : slot.entry.name == duty.module;
        if (!is_ours) {
            continue;
        }
        if (!slot.module || !slot.entry.refusal.ok()) {
            why = "module " + slot.entry.name + " is not in service: " + slot.entry.refusal.text();
            continue;
        }
        if (found) {
            return Status(Code::failed_precondition, "ERROR_MODULE_DUPLICATE",
                          "each of the modules " + found->descriptor->name + " and " +
                              slot.entry.name + " " + std::string(duty.does) +
                              "; name only one of them in modules.enable");
        }
        found = slot.module;
    }
    if (!found) {
        return Status(Code::failed_precondition, "ERROR_MODULE_UNAVAILABLE", why);
    }
    return found;
}

Status Modules::refusal_of_module(std::string_view module) const {
    std::lock_guard lock(mutex_);
    for (const Slot& slot : slots_) {
        if (slot.entry.name == module) {
            return slot.entry.refusal;
        }
    }
    return Status(Code::not_found, "ERROR_MODULE_UNAVAILABLE",
                  "module " + std::string(module) + " is not installed");
}

}  // namespace pf::host::runtime
