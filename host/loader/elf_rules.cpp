#include <algorithm>

#include "host/loader/elf_image.hpp"
#include "host/loader/refusal.hpp"
#include "prismforet/abi.h"

namespace pf::host::loader {
namespace {

constexpr std::string_view entry_prefix = "pf_module_entry_v";

bool is_entry_of_some_major(std::string_view symbol) {
    return symbol.size() > entry_prefix.size() &&
           symbol.substr(0, entry_prefix.size()) == entry_prefix &&
           symbol.find_first_not_of("0123456789", entry_prefix.size()) == symbol.npos;
}

bool begins(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

bool is_sanitizer(std::string_view library) {
    return begins(library, "libasan.so.") || begins(library, "libubsan.so.") ||
           begins(library, "libtsan.so.");
}

// Names as a message may hold them: a file can say anything.
std::string listed(std::vector<std::string> names) {
    constexpr std::size_t longest = 80;
    for (std::string& name : names) {
        if (name.size() > longest) {
            name.resize(longest);
            name += "...";
        }
        std::replace_if(
            name.begin(), name.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    }
    return enumerate(names);
}

// By soname with its version, as that is what the dynamic linker looks up.
bool is_allowed(std::string_view library) {
    constexpr std::string_view allowed[] = {"libc.so.6", "libm.so.6", "libstdc++.so.6",
                                            "libgcc_s.so.1"};
    if (std::find(std::begin(allowed), std::end(allowed), library) != std::end(allowed)) {
        return true;
    }
#ifdef PF_LOADER_ALLOWS_SANITIZERS
    if (is_sanitizer(library)) {
        return true;
    }
#endif
    return begins(library, "ld-linux-");
}

}  // namespace

Status check_exports(const ElfImage& image) {
    std::vector<std::string> entries;
    std::vector<std::string> others;
    for (const std::string& symbol : image.exported) {
        (is_entry_of_some_major(symbol) ? entries : others).push_back(symbol);
    }
    const bool is_ours =
        std::find(entries.begin(), entries.end(), PF_MODULE_ENTRY_NAME) != entries.end();
    const std::string ours = "ABI " + std::to_string(PF_ABI_MAJOR) + "." +
                             std::to_string(PF_ABI_MINOR) + " (" PF_MODULE_ENTRY_NAME ")";
    if (!is_ours && !entries.empty()) {
        return refuse(reason::abi, "speaks " + listed(entries) + ", this host speaks " + ours,
                      "rebuild the module with this host's SDK, or use the host it was built for");
    }
    if (!is_ours) {
        return refuse(reason::symbols,
                      "does not export " PF_MODULE_ENTRY_NAME " (" + ours + "), so it is no module",
                      "build it with prismforet_add_module, which exports the entry function");
    }
    if (!others.empty()) {
        std::sort(others.begin(), others.end());
        return refuse(reason::symbols,
                      "exports more than " PF_MODULE_ENTRY_NAME ": " + listed(others),
                      "link it with a version script, as prismforet_add_module does");
    }
    return {};
}

Status check_needed(const ElfImage& image) {
    std::vector<std::string> forbidden;
    for (const std::string& library : image.needed) {
        if (!is_allowed(library)) {
            forbidden.push_back(library);
        }
    }
    if (forbidden.empty()) {
        return {};
    }
    const bool are_sanitizers = std::all_of(forbidden.begin(), forbidden.end(), is_sanitizer);
    return refuse(reason::needed,
                  "needs " + listed(forbidden) +
                      ", but a module may need libc, libm, libstdc++ and libgcc_s only",
                  are_sanitizers ? "build it without sanitizers, as this host is"
                                 : "use the host's services instead of the library, or link the "
                                   "library statically and hidden");
}

}  // namespace pf::host::loader
