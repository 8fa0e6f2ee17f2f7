#include "vm_oddities.hpp"

#include "vm_power.hpp"

namespace vm {

void note_oddities(pf::Call& call, const Facts& facts, std::string_view id, std::string& text) {
    if (facts.cluster.uuid.empty()) {
        call.note("vm.no_cluster", id, "the VM names no cluster: no region");
    }
    for (const UnknownWord& each : facts.unknown_words) {
        text.assign(each.what).append(" is '").append(each.word).append("'");
        call.note("vm.unknown_word", id, text);
    }
    if (!facts.has_resources) {
        text.assign(
            "Prism shows the VM without its resources, in a state of error; what it tells goes "
            "out");
        if (!facts.trouble.empty()) (text += ". Prism says: ") += facts.trouble;
        call.note("vm.no_resources", id, text);
    } else if (instance_state(facts.power_state).empty()) {
        text.assign("power state '").append(facts.power_state).append("' is shown as PENDING");
        call.note("vm.power_state", id, text);
    }
}

}  // namespace vm
