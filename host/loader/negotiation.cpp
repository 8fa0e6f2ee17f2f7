#include "host/loader/negotiation.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "host/loader/refusal.hpp"

namespace pf::host::loader {
namespace {

// The members that 0.0 to 0.9 all have.
constexpr std::size_t oldest_size = offsetof(pf_module, destroy) + sizeof(pf_module::destroy);

std::string version_text(unsigned major, unsigned minor) {
    return "ABI " + std::to_string(major) + "." + std::to_string(minor);
}

const std::string& own_version() {
    static const std::string text = version_text(PF_ABI_MAJOR, PF_ABI_MINOR);
    return text;
}

constexpr std::string_view rebuild = "rebuild the module with this host's SDK";

Status check_version(const pf_module& module) {
    // Frozen with the struct's first members, so readable whatever the struct is.
    if (module.struct_size < offsetof(pf_module, descriptor)) {
        return refuse(reason::abi,
                      "its pf_module is " + std::to_string(module.struct_size) +
                          " bytes, too short to hold a version; this host speaks " + own_version(),
                      "set struct_size to sizeof(pf_module)");
    }
    const std::string theirs = version_text(module.abi_major, module.abi_minor);
    if (module.abi_major != PF_ABI_MAJOR) {
        return refuse(reason::abi, "speaks " + theirs + ", this host speaks " + own_version(),
                      rebuild);
    }
    if (module.abi_minor > PF_ABI_MINOR) {
        return refuse(reason::abi,
                      "is built for " + theirs + ", this host speaks " + own_version() +
                          " and may lack what the module uses",
                      "upgrade the host, or rebuild the module with this host's SDK");
    }
    if (module.struct_size < oldest_size) {
        return refuse(reason::abi,
                      "speaks " + theirs + " but its pf_module is " +
                          std::to_string(module.struct_size) + " bytes, at least " +
                          std::to_string(oldest_size) + " are needed by " + own_version(),
                      "set struct_size to sizeof(pf_module)");
    }
    if (module.create == nullptr || module.destroy == nullptr) {
        return refuse(reason::abi,
                      std::string("has no ") + (module.create == nullptr ? "create" : "destroy") +
                          " function, which " + own_version() + " needs",
                      "set both in its pf_module");
    }
    return {};
}

Status check_descriptor(const pf_str& embedded, std::string_view sidecar) {
    const std::string fix = "build library and descriptor together and install both files";
    if (embedded.ptr == nullptr || embedded.len != sidecar.size()) {
        return refuse(reason::descriptor_differs,
                      "the descriptor inside the library has " +
                          std::to_string(embedded.ptr == nullptr ? 0 : embedded.len) +
                          " bytes, the file beside it " + std::to_string(sidecar.size()),
                      fix);
    }
    const std::string_view text(embedded.ptr, static_cast<std::size_t>(embedded.len));
    const auto difference = std::mismatch(text.begin(), text.end(), sidecar.begin());
    if (difference.first != text.end()) {
        return refuse(reason::descriptor_differs,
                      "the descriptor inside the library differs from the file beside it at byte " +
                          std::to_string(difference.first - text.begin()),
                      fix);
    }
    return {};
}

}  // namespace

Result<const pf_module*> negotiate(EntryFunction entry, std::string_view sidecar) {
    const pf_module* module = nullptr;
    try {
        module = entry();
    } catch (...) {
        return refuse(reason::abi, "its entry function threw an exception",
                      "no exception may leave a module");
    }
    if (module == nullptr) {
        return refuse(reason::abi, "its entry function returned nothing",
                      "return a pf_module in static storage");
    }
    if (Status status = check_version(*module); !status.ok()) {
        return status;
    }
    if (Status status = check_descriptor(module->descriptor, sidecar); !status.ok()) {
        return status;
    }
    return module;
}

}  // namespace pf::host::loader
