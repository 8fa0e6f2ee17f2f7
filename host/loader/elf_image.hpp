// ElfImage: what a shared library says about itself, read without loading it.
//
// Reads what the dynamic linker will read (program headers and the dynamic section), so stripped
// libraries are seen whole, and checks every offset, so damaged files are refused and not mapped.
// boost::dll::library_info reads the debug symbol table instead: it sees nothing in a stripped
// library, and follows offsets of a truncated one out of its memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::loader {

struct ElfImage {
    std::vector<std::string> exported;  // symbols others could bind to
    std::vector<std::string> needed;    // libraries it brings along
};

// Reads a whole file. Fails with ERROR_MODULE_NOT_ELF (not a shared library, or damaged) and
// ERROR_MODULE_ARCHITECTURE (another processor, word size or byte order than this program's).
Result<ElfImage> read_elf_image(std::string_view file);

// OK when the image exports the entry symbol and nothing else. Fails with ERROR_MODULE_SYMBOLS, or
// ERROR_MODULE_ABI when it has an entry of another major. Entries of other majors beside ours are
// fine: a module may serve two.
Status check_exports(const ElfImage& image);

// OK when the image needs libc, libm, libstdc++, libgcc_s and the dynamic linker only, and
// sanitizer runtimes when this program has them too. Fails with ERROR_MODULE_NEEDED.
Status check_needed(const ElfImage& image);

}  // namespace pf::host::loader
